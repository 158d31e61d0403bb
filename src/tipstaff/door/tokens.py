"""Form tokens, and what the door derives from them.

A token is 16 random bytes, the hour it was made in, and a keyed check: no cookie, no account, no address. It may
be used once. There is no least age (a quick form is no crime) and a generous greatest one.
"""

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tipstaff.sealed.receipt import Receipt

GREATEST_AGE_HOURS = 24
_HOUR = 3600
_NONCE = 16
_CHECK = 16
_LONGEST = 100


class TokenWrong(Exception):
    """The form carries no token of ours, or one that is too old. What was typed is kept; the form gets a new one."""


@dataclass(frozen=True, slots=True)
class Token:
    """A genuine form token: its 16 random bytes."""

    nonce: bytes

    @property
    def digest(self) -> bytes:
        """What is kept of it once it is spent."""
        return sha256(b"tipstaff/token/v1" + self.nonce).digest()

    def receipt(self, secret: bytes) -> Receipt:
        """The receipt that this form gets under the ratchet's `secret`."""
        return Receipt(_keyed(secret, b"tipstaff/receipt/v1", self.nonce)[:16])

    def seal(self, secret: bytes, content: bytes) -> bytes:
        """Tells, while `secret` is kept, whether a form sent again says the same (`content`: its SHA-256)."""
        return _keyed(_keyed(secret, b"tipstaff/same/v1", self.nonce), b"", content)


def issue(key: bytes, seconds: float) -> str:
    """A new token as text for a hidden field."""
    body = secrets.token_bytes(_NONCE) + int(seconds // _HOUR).to_bytes(4, "big")
    return base64.urlsafe_b64encode(body + _keyed(key, b"tipstaff/form/v1", body)[:_CHECK]).decode()


def read(text: str, key: bytes, seconds: float) -> Token:
    """The token in a posted form. Raises TokenWrong."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii")) if len(text) <= _LONGEST else b""
    except (ValueError, binascii.Error):
        raw = b""
    body, check = raw[: _NONCE + 4], raw[_NONCE + 4 :]
    if len(raw) != _NONCE + 4 + _CHECK or not hmac.compare_digest(
        check, _keyed(key, b"tipstaff/form/v1", body)[:_CHECK]
    ):
        raise TokenWrong("no token of this door")
    age = int(seconds // _HOUR) - int.from_bytes(body[_NONCE:], "big")
    if not -1 <= age <= GREATEST_AGE_HOURS:
        raise TokenWrong("too old")
    return Token(body[:_NONCE])


def lend(receipt: Receipt, secret: bytes) -> str:
    """The receipt, locked for as long as `secret` is kept: so that a mailbox page can be answered from.

    A page that lies open in a browser thus gives nobody the words, and after some minutes nothing at all.
    """
    nonce = secrets.token_bytes(12)
    box = ChaCha20Poly1305(_keyed(secret, b"tipstaff/lent/v1", b""))
    return base64.urlsafe_b64encode(nonce + box.encrypt(nonce, receipt.entropy, None)).decode()


def lent(text: str, secrets_in_force: list[bytes]) -> Receipt | None:
    """The receipt that `lend` locked, or None when it was not or its time is over."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii")) if len(text) <= _LONGEST else b""
    except (ValueError, binascii.Error):
        return None
    if len(raw) != 12 + 16 + 16:
        return None
    for secret in secrets_in_force:
        box = ChaCha20Poly1305(_keyed(secret, b"tipstaff/lent/v1", b""))
        try:
            return Receipt(box.decrypt(raw[:12], raw[12:], None))
        except InvalidTag:
            continue
    return None


def _keyed(key: bytes, purpose: bytes, data: bytes) -> bytes:
    return hmac.digest(key, purpose + data, "sha256")
