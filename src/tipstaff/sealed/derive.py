"""What a receipt is good for: a mailbox, the key that opens its replies, and the key that signs a claim.

Source: HKDF-SHA256 (RFC 5869) over the receipt's 16 bytes, without salt, 32 bytes out; the info says which
protocol, which version of it, and what for, so that no two uses and no two versions ever share a key.
"""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tipstaff.kernel import reference
from tipstaff.sealed.receipt import Receipt
from tipstaff.sealed.recipients import HybridIdentity

_PROTOCOL = b"tipstaff/v1/"


def mailbox_address(receipt: Receipt) -> bytes:
    """The mailbox's address: 32 bytes that tell nothing about the receipt."""
    return _derive(receipt, b"mailbox")


def reply_identity(receipt: Receipt) -> HybridIdentity:
    """The identity that opens what the desk writes to this source."""
    return HybridIdentity.from_seed(_derive(receipt, b"reply"))


def claim_key(receipt: Receipt) -> Ed25519PrivateKey:
    """The key with which the source signs messages and, one day, the claim of a reward."""
    return Ed25519PrivateKey.from_private_bytes(_derive(receipt, b"claim"))


def tip_reference(address: bytes) -> str:
    """The tip's number for people, like TIP-4KQ7-M2XC-9TRC: of its mailbox address, so both sites agree."""
    return reference.of("TIP", address)


def _derive(receipt: Receipt, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, None, _PROTOCOL + purpose).derive(receipt.entropy)
