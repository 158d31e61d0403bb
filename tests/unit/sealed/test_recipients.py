"""Keys: written and read one way only, weak ones refused, secret ones never shown by accident."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from tipstaff.sealed import bech32
from tipstaff.sealed.header import NotSealed, Stanza, decode, encode
from tipstaff.sealed.recipients import (
    _LOW_ORDER,
    BadKey,
    HybridIdentity,
    HybridRecipient,
    ScryptIdentity,
    ScryptRecipient,
    X25519Identity,
    X25519Recipient,
    parse_identity,
    parse_recipient,
)

ANA, CARD = HybridIdentity.generate(), X25519Identity.generate()
FILE_KEY = bytes(range(16))


def test_the_specifications_own_keys_are_read():
    # age v1 specification, "The X25519 recipient type": its example identity and recipient.
    card = parse_identity("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
    assert str(card.recipient()) == "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    # "The MLKEM768-X25519 … recipient type": the example identity; its recipient of 1,959 characters by hash.
    hybrid = parse_identity("AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR")
    digest = hashlib.sha256(str(hybrid.recipient()).encode()).hexdigest()
    assert digest == "a091dd7e0ee9d62b75173dcc98441a0424baa941e66a8776e570a4ae60ff61ea"


@given(st.binary(min_size=32, max_size=32))
def test_keys_are_read_as_they_were_written(seed):
    for identity in (HybridIdentity(seed), X25519Identity(seed)):
        assert str(parse_identity(str(identity))) == str(identity)
        assert str(parse_recipient(str(identity.recipient()))) == str(identity.recipient())
    assert HybridIdentity.from_seed(seed) == HybridIdentity.parse(str(HybridIdentity(seed)))
    assert HybridRecipient.from_raw(HybridIdentity(seed).recipient().raw) == HybridIdentity(seed).recipient()


def test_a_recipient_that_was_read_before_is_not_read_again():
    text = str(ANA.recipient())
    assert HybridRecipient.parse(text) is HybridRecipient.parse(text)


def test_equal_keys_are_one_in_a_set():
    assert len({ANA, HybridIdentity.parse(str(ANA)), HybridIdentity.generate()}) == 2
    assert len({ANA.recipient(), HybridRecipient.parse(str(ANA.recipient()))}) == 1


@pytest.mark.parametrize(
    "parse, text",
    [
        (parse_recipient, ""),
        (parse_recipient, "age1"),
        (parse_recipient, str(CARD)),
        (parse_recipient, str(CARD.recipient()).upper()),
        (parse_recipient, str(ANA.recipient()).upper()),
        (parse_recipient, str(CARD.recipient()) + "\n"),
        (parse_recipient, " " + str(CARD.recipient())),
        (parse_recipient, bech32.encode("age", bytes([9] * 31))),
        (parse_recipient, bech32.encode("age1pq", bytes([9] * 32))),
        (parse_recipient, bech32.encode("age1pq", b"\xff" * 1216)),  # not reduced modulo 3329
        (parse_recipient, "age1tag1qt8lw0ual6avlwmwatk888yqnmdamm7xfd0wak53ut6elz5c4swx2yqdj4e"),
        (parse_identity, ""),
        (parse_identity, str(CARD).lower()),
        (parse_identity, str(ANA).lower()),
        (parse_identity, str(CARD.recipient())),
        (parse_identity, bech32.encode("age-secret-key-", bytes(33)).upper()),
        (parse_identity, bech32.encode("age-secret-key-pq-", bytes(31)).upper()),
    ],
)
def test_what_is_no_key_is_refused_without_repeating_it(parse, text):
    with pytest.raises(BadKey) as refused:
        parse(text)
    assert len(text) < 10 or text.strip() not in str(refused.value)


def test_the_low_order_points_are_just_those_with_which_every_exchange_fails():
    secret = X25519PrivateKey.generate()
    for point in _LOW_ORDER:
        with pytest.raises(ValueError):
            secret.exchange(X25519PublicKey.from_public_bytes(point.to_bytes(32, "little")))


@pytest.mark.parametrize("point", sorted(_LOW_ORDER))
@pytest.mark.parametrize("top", [0, 1 << 255])
def test_a_recipient_with_a_low_order_point_is_refused(point, top):
    share = (point | top).to_bytes(32, "little")
    with pytest.raises(BadKey, match="low-order"):
        X25519Recipient(share)
    with pytest.raises(BadKey, match="low-order"):
        HybridRecipient.from_raw(ANA.recipient().raw[:1184] + share)


@pytest.mark.parametrize("point", sorted(_LOW_ORDER))
def test_a_stanza_with_a_low_order_point_is_malformed(point):
    share = point.to_bytes(32, "little")
    with pytest.raises(NotSealed, match="low-order"):
        CARD.unwrap([Stanza("X25519", (encode(share).decode(),), bytes(32))])
    stanza = ANA.recipient().wrap(FILE_KEY)
    enc = decode(stanza.args[0].encode())[:1088] + share
    with pytest.raises(NotSealed, match="low-order"):
        ANA.unwrap([stanza._replace(args=(encode(enc).decode(),))])


@pytest.mark.parametrize("identity", [ANA, CARD, ScryptIdentity("words")], ids=["hybrid", "x25519", "scrypt"])
def test_a_malformed_stanza_of_ones_own_kind_is_refused(identity):
    recipient = (
        ScryptRecipient("words", log_n=2) if isinstance(identity, ScryptIdentity) else identity.recipient()
    )
    good = recipient.wrap(FILE_KEY)
    assert identity.unwrap([good]) == FILE_KEY
    first, *rest = good.args
    for bad in (
        good._replace(args=()),
        good._replace(args=(*good.args, "more")),
        good._replace(args=(first + "AAAA", *rest)),
        good._replace(args=(first[:-4], *rest)),
        good._replace(args=(first + "=", *rest)),
        good._replace(args=(first[:-1] + "*", *rest)),
        good._replace(body=good.body[:-1]),
        good._replace(body=good.body + b"\0"),
        good._replace(body=b""),
    ):
        with pytest.raises(NotSealed):
            identity.unwrap([bad])


def test_a_malformed_stanza_is_refused_even_behind_one_that_opens():
    for identity in (ANA, CARD):
        good = identity.recipient().wrap(FILE_KEY)
        with pytest.raises(NotSealed):
            identity.unwrap([good, good._replace(args=())])


def test_other_kinds_are_passed_over():
    grease = Stanza("example.org/grease", ("1", "2"), b"whatever")
    for identity in (ANA, CARD, ScryptIdentity("words")):
        assert identity.unwrap([grease]) is None


@pytest.mark.parametrize(
    "log_n", ["0", "01", "+1", "-1", "1 ", "0x4", "4a", "٤", "21", "99", "18446744073709551617", ""]
)
def test_a_work_factor_is_read_strictly_and_before_any_work(log_n):
    stanza = ScryptRecipient("words", log_n=1).wrap(FILE_KEY)
    with pytest.raises(NotSealed):
        ScryptIdentity("words").unwrap([stanza._replace(args=(stanza.args[0], log_n))])


@pytest.mark.parametrize("passphrase, log_n", [("", 10), ("words", 0), ("words", 31)])
def test_a_senseless_passphrase_recipient_is_refused(passphrase, log_n):
    with pytest.raises(BadKey):
        ScryptRecipient(passphrase, log_n)


def test_secrets_do_not_show_in_repr():
    for holder in (ANA, CARD, ScryptIdentity("six plain words"), ScryptRecipient("six plain words")):
        for secret in (str(ANA), str(CARD), "six plain"):
            assert secret not in repr(holder)
    assert repr(ANA.recipient()).startswith("<HybridRecipient age1pq1")
