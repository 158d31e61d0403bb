"""An attached file is opened as a stream, cut to its real length, and whole or not at all."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipstaff.sealed.age import Altered, NotForThisKey, NotSealed, seal
from tipstaff.sealed.padding import pad_to, padme
from tipstaff.sealed.recipients import HybridIdentity
from tipstaff.tips.unsealing import VIEWED_BYTES, beginning, plain

KEY = HybridIdentity.generate()


def pieces(data: bytes, size: int, width: int = 1000) -> Iterator[bytes]:
    sealed = seal(pad_to(data, padme(size)), [KEY.recipient()])
    return (sealed[at : at + width] for at in range(0, len(sealed), width))


@given(st.binary(max_size=200_000), st.integers(1, 300_000))
def test_what_was_sealed_comes_out(data: bytes, width: int) -> None:
    assert b"".join(plain(pieces(data, len(data), width), len(data), [KEY])) == data


def test_another_key_is_known_before_an_answer_begins() -> None:
    with pytest.raises(NotForThisKey):
        plain(pieces(b"boats", 5), 5, [HybridIdentity.generate()])


def test_bytes_that_are_no_sealed_file_are_known_too() -> None:
    with pytest.raises(NotSealed):
        plain(iter([b"not at all"]), 5, [KEY])


@pytest.mark.parametrize("spoil", ["cut", "flipped", "claimed"])
def test_a_spoilt_file_is_never_whole(spoil: str) -> None:
    data = bytes(150_000)
    sealed = b"".join(pieces(data, len(data)))
    size = len(data)
    if spoil == "cut":
        sealed = sealed[:-70_000]
    elif spoil == "flipped":
        sealed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    else:
        size = 10 * len(data)

    with pytest.raises(Altered):
        b"".join(plain(iter([sealed]), size, [KEY]))


def test_the_beginning_says_whether_it_is_all() -> None:
    long = b"x" * (VIEWED_BYTES + 1)

    assert beginning(pieces(b"boats", 5), 5, [KEY]) == (b"boats", True)
    assert beginning(pieces(long, len(long)), len(long), [KEY]) == (long[:VIEWED_BYTES], False)


def test_an_empty_file_is_a_file() -> None:
    assert b"".join(plain(pieces(b"", 0), 0, [KEY])) == b""
