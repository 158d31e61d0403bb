"""What derives from a receipt: always the same, never twice the same key, never the receipt."""

import hmac
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from tipstaff.kernel import reference
from tipstaff.sealed.age import open_sealed, seal
from tipstaff.sealed.derive import claim_key, mailbox_address, reply_identity, tip_reference
from tipstaff.sealed.receipt import Receipt
from tipstaff.sealed.recipients import HybridIdentity

receipts = st.binary(min_size=16, max_size=16).map(Receipt)


def hkdf(entropy, info):
    """RFC 5869 in two lines: extract without salt, expand to one block."""
    key = hmac.digest(bytes(32), entropy, sha256)
    return hmac.digest(key, info + b"\1", sha256)


@given(receipts)
def test_each_purpose_has_its_own_label_and_version(receipt):
    entropy = receipt.entropy
    assert mailbox_address(receipt) == hkdf(entropy, b"tipstaff/v1/mailbox")
    assert reply_identity(receipt) == HybridIdentity(hkdf(entropy, b"tipstaff/v1/reply"))
    assert claim_key(receipt).private_bytes_raw() == hkdf(entropy, b"tipstaff/v1/claim")


@given(receipts)
def test_the_purposes_share_nothing(receipt):
    secrets = {mailbox_address(receipt), claim_key(receipt).private_bytes_raw(), receipt.entropy}
    assert len(secrets) == 3
    assert receipt.entropy not in mailbox_address(receipt)


def test_two_receipts_that_differ_in_a_bit_share_nothing():
    ana, ben = Receipt(bytes(16)), Receipt(bytes(15) + b"\1")
    assert mailbox_address(ana) != mailbox_address(ben)
    assert reply_identity(ana) != reply_identity(ben)
    assert claim_key(ana).private_bytes_raw() != claim_key(ben).private_bytes_raw()


@given(receipts)
def test_the_reply_identity_opens_replies(receipt):
    identity = reply_identity(receipt)
    assert (
        open_sealed(seal(b"which colour?", [identity.recipient()]), [reply_identity(receipt)])
        == b"which colour?"
    )


@given(receipts)
def test_the_tips_number_is_a_readable_reference(receipt):
    number = tip_reference(mailbox_address(receipt))
    assert number.startswith("TIP-")
    assert reference.read(number.lower()) == number == reference.of("TIP", mailbox_address(receipt))
