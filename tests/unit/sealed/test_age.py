"""Whole files and streams: what is sealed opens, in constant memory, and not a bit of it can be changed."""

import hmac
import tracemalloc

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from tipstaff.sealed.age import (
    CHUNK,
    Altered,
    NotForThisKey,
    NotSealed,
    Opener,
    Sealer,
    SealError,
    open_sealed,
    seal,
    stanzas_of,
)
from tipstaff.sealed.header import LONGEST_HEADER, encode, write_header
from tipstaff.sealed.recipients import (
    HybridIdentity,
    ScryptIdentity,
    ScryptRecipient,
    Stanza,
    X25519Identity,
)

ANA, BEN, CLEO = HybridIdentity.generate(), X25519Identity.generate(), HybridIdentity.generate()
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 5 * CHUNK + 17)
LETTER = b"They load the boats behind the old cannery."
SEALED = seal(LETTER, [ANA.recipient(), BEN.recipient()])


def contents(size):
    return bytes(i * 7 % 251 for i in range(size))


def pieces(data, sizes):
    """`read(n)` over `data` that gives what it likes: `sizes` in turn, never more than asked for."""
    place, turn = 0, 0

    def read(most):
        nonlocal place, turn
        size = min(most, sizes[turn % len(sizes)])
        turn += 1
        part = data[place : place + size]
        place += len(part)
        return part

    return read


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_opens_for_each_recipient(size):
    data = contents(size)
    sealed = seal(data, [ANA.recipient(), BEN.recipient()])
    assert (
        open_sealed(sealed, [ANA]) == open_sealed(sealed, [BEN]) == open_sealed(sealed, [CLEO, BEN]) == data
    )


@pytest.mark.parametrize("size", SIZES)
def test_the_sealed_length_follows_from_the_length_alone(size):
    chunks = max(1, -(-size // CHUNK))
    empty = len(seal(b"", [ANA.recipient()])) - 16
    assert len(seal(contents(size), [ANA.recipient()])) == empty + size + 16 * chunks


@settings(max_examples=30)
@given(
    st.lists(st.integers(0, 100_000), max_size=8), st.lists(st.integers(1, 90_000), min_size=1, max_size=5)
)
def test_a_stream_opens_however_it_was_cut(written, read):
    data = contents(sum(written))
    sealer, sealed, place = Sealer([BEN.recipient()]), b"", 0
    sealed += sealer.start()
    for size in written:
        sealed += sealer.update(data[place : place + size])
        place += size
    sealed += sealer.finish()
    assert b"".join(Opener.open_stream(pieces(sealed, read), [BEN])) == data


def test_a_stranger_opens_nothing():
    with pytest.raises(NotForThisKey):
        open_sealed(SEALED, [CLEO])
    with pytest.raises(NotForThisKey):
        open_sealed(SEALED, [X25519Identity.generate(), CLEO])
    with pytest.raises(NotForThisKey):
        open_sealed(SEALED, [])


@given(st.integers(0, len(SEALED) - 1), st.integers(0, 7))
def test_no_bit_can_be_changed(place, bit):
    changed = bytearray(SEALED)
    changed[place] ^= 1 << bit
    for identity in (ANA, BEN):
        with pytest.raises(SealError):
            open_sealed(bytes(changed), [identity])


@given(st.integers(0, len(SEALED) - 1))
def test_no_end_can_be_cut_off(length):
    with pytest.raises(SealError):
        open_sealed(SEALED[:length], [BEN])


@given(st.binary(min_size=1, max_size=CHUNK + 100))
def test_nothing_can_be_added(tail):
    with pytest.raises(Altered):
        open_sealed(SEALED + tail, [BEN])


@pytest.mark.parametrize("tail", [b"x", bytes(16), bytes(CHUNK + 16)], ids=["byte", "tag", "chunk"])
def test_nothing_can_be_added_behind_a_full_last_chunk(tail):
    full = seal(contents(2 * CHUNK), [BEN.recipient()])
    with pytest.raises(Altered, match="added behind"):
        open_sealed(full + tail, [BEN])


def test_chunks_cannot_be_exchanged_dropped_or_repeated():
    whole = seal(contents(4 * CHUNK), [BEN.recipient()])
    size = CHUNK + 16
    head, chunks = whole[: -4 * size], [whole[len(whole) - n * size :][:size] for n in (4, 3, 2, 1)]
    first, second, third, last = chunks
    for order in (
        [second, first, third, last],
        [first, third, last],
        [first, second, second, third, last],
        [last],
    ):
        with pytest.raises(Altered):
            open_sealed(head + b"".join(order), [BEN])


def test_one_file_cannot_wear_anothers_header():
    other = seal(LETTER, [BEN.recipient()])
    with pytest.raises(Altered):
        open_sealed(other[:-75] + SEALED[-75:], [BEN])


def test_a_recipient_cannot_be_added_or_removed():
    (first, second), extra = stanzas_of(SEALED), stanzas_of(seal(LETTER, [CLEO.recipient()]))[0]
    for stanzas in ((first,), (second,), (second, first), (first, second, extra)):
        with pytest.raises((Altered, NotForThisKey)):
            open_sealed(_with_stanzas(SEALED, stanzas), [BEN, ANA])


def _with_stanzas(sealed, stanzas):
    end = sealed.index(b"\n--- ") + 4
    return write_header(stanzas) + sealed[end:]


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_with_a_sentence(junk):
    for text in (junk, b"age-encryption.org/v1\n" + junk, b"age-encryption.org/v1\n-> X25519 " + junk):
        with pytest.raises(SealError):
            open_sealed(text, [ANA, BEN])
        with pytest.raises(NotSealed):
            stanzas_of(text)


def test_the_header_is_read_without_a_key():
    hybrid, classical = stanzas_of(SEALED[:3000])
    assert (hybrid.kind, classical.kind) == ("mlkem768x25519", "X25519")
    with pytest.raises(NotSealed):
        stanzas_of(SEALED[:300])


@pytest.mark.parametrize(
    "endless", [b"", b"age-encryption.org/v1\n", b"age-encryption.org/v1\n-> X25519 abc\n"]
)
def test_an_endless_header_is_refused_early(endless):
    given_out = 0

    def read(size):
        nonlocal given_out
        part = endless if given_out == 0 and endless else b"A" * size
        given_out += len(part)
        return part

    with pytest.raises(NotSealed):
        list(Opener.open_stream(read, [BEN]))
    assert given_out < LONGEST_HEADER + 2 * CHUNK


def test_a_header_of_a_thousand_lines_is_refused_early():
    stanza = b"-> grease a\n\n"
    with pytest.raises(NotSealed, match="longer than"):
        stanzas_of(b"age-encryption.org/v1\n" + stanza * (LONGEST_HEADER // len(stanza) + 1))


@pytest.mark.parametrize("armed", [True, False])
def test_a_passphrase_stands_alone(armed):
    recipients = [
        ScryptRecipient("horse", log_n=4),
        BEN.recipient() if armed else ScryptRecipient("cow", log_n=4),
    ]
    with pytest.raises(ValueError, match="passphrase"):
        Sealer(recipients)


def test_a_passphrase_seals_and_opens():
    sealed = seal(LETTER, [ScryptRecipient("correct horse", log_n=6)])
    assert open_sealed(sealed, [ScryptIdentity("correct horse")]) == LETTER
    with pytest.raises(NotForThisKey):
        open_sealed(sealed, [ScryptIdentity("wrong horse")])
    with pytest.raises(NotSealed, match="more work"):
        open_sealed(sealed, [ScryptIdentity("correct horse", max_log_n=5)])


def test_a_passphrase_among_others_is_refused_even_by_the_others():
    """Whoever adds a passphrase to a file for Ben could make it themselves: the header says so at once."""
    file_key, nonce = bytes(16), bytes(16)
    stanzas = (BEN.recipient().wrap(file_key), ScryptRecipient("horse", log_n=1).wrap(file_key))
    lines = [b"age-encryption.org/v1"]
    for kind, args, body in stanzas:
        lines += [" ".join(("->", kind, *args)).encode(), encode(body)]
    header = b"\n".join([*lines, b"---"])
    mac = hmac.digest(_hkdf(file_key, b"header"), header, "sha256")
    payload = ChaCha20Poly1305(_hkdf(file_key, b"payload", nonce)).encrypt(bytes(11) + b"\1", LETTER, None)
    file = header + b" " + encode(mac) + b"\n" + nonce + payload
    with pytest.raises(NotSealed, match="alone"):
        open_sealed(file, [BEN])

    alone = write_header(stanzas[:1])
    mac = hmac.digest(_hkdf(file_key, b"header"), alone, "sha256")
    assert open_sealed(alone + b" " + encode(mac) + b"\n" + nonce + payload, [BEN]) == LETTER


def _hkdf(key, info, salt=b""):
    return HKDF(hashes.SHA256(), 32, salt, info).derive(key)


def test_a_file_for_nobody_is_not_made():
    with pytest.raises(ValueError, match="at least one recipient"):
        seal(LETTER, [])


def test_a_sealer_keeps_its_order():
    sealer = Sealer([BEN.recipient()])
    with pytest.raises(RuntimeError):
        sealer.update(b"too early")
    sealer.start()
    with pytest.raises(RuntimeError):
        sealer.start()
    sealer.finish()
    for late in (lambda: sealer.update(b"too late"), sealer.finish):
        with pytest.raises(RuntimeError):
            late()


def test_an_identity_may_bring_its_own_file_key():
    """A foreign kind of recipient fits in: the file knows only stanzas."""

    class Locker:
        def wrap(self, file_key):
            return Stanza("example.org/locker", ("7",), file_key)

        def unwrap(self, stanzas):
            return next((s.body for s in stanzas if s.kind == "example.org/locker"), None)

    assert open_sealed(seal(LETTER, [Locker()]), [ANA, Locker()]) == LETTER


def test_sealing_and_opening_a_large_stream_takes_constant_memory():
    """96 MiB pass through both; what both hold together at the worst moment is counted."""
    piece, count = bytes(range(256)) * 4096, 96
    sealer = Sealer([ANA.recipient()])

    def sealed():
        yield sealer.start()
        for _ in range(count):
            yield sealer.update(piece)
        yield sealer.finish()

    parts, ahead, opened = sealed(), b"", 0

    def read(size):
        nonlocal ahead
        while len(ahead) < size and (part := next(parts, b"")):
            ahead += part
        taken, ahead = ahead[:size], ahead[size:]
        return taken

    tracemalloc.start()
    try:
        for part in Opener.open_stream(read, [ANA]):
            opened += len(part)
        worst = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert opened == count * len(piece)
    assert worst < 6 * len(piece), f"{worst:,} bytes were held for a stream of {opened:,}"
