"""Padded sizes: what a sealed thing's length may tell.

An envelope's tar is filled with zeros, which `tar` skips; an attached file is too, and the envelope names its
real size, so padding needs no mark of its own.
"""

from collections.abc import Iterator

SMALLEST = 1 << 14
_PIECE = 1 << 16


def bucket(length: int) -> int:
    """The padded size for an envelope of `length` bytes: a power of two from 16 KiB on.

    Doubling, not rounding up to a block: with fixed blocks a long tip would stand out by its block count,
    and most tips are short. Raises ValueError for a negative length.
    """
    if length < 0:
        raise ValueError("a length is not negative")
    return max(SMALLEST, 1 << (length - 1).bit_length() if length > 1 else 1)


def padme(length: int) -> int:
    """The padded size for a file of `length` bytes: at most 12 % more, and few sizes to tell apart.

    Source: the Padmé rule (Nikitin and others, "Reducing Metadata Leakage from Encrypted Files and
    Communication with PURBs", 2019): a size keeps only as many leading bits as the length of its length.
    Raises ValueError for a negative length.
    """
    if length < 0:
        raise ValueError("a length is not negative")
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    free = exponent - exponent.bit_length()
    mask = (1 << free) - 1
    return length + mask & ~mask


def pad_to(data: bytes, size: int) -> bytes:
    """`data` and zeros up to `size` bytes. Raises ValueError when it is longer already."""
    if len(data) > size:
        raise ValueError(f"{len(data)} bytes do not fit into {size}")
    return data.ljust(size, b"\0")


def zeros(count: int) -> Iterator[bytes]:
    """`count` zero bytes in pieces of at most 64 KiB, for a file that streams."""
    whole, rest = divmod(count, _PIECE)
    piece = bytes(_PIECE)
    for _ in range(whole):
        yield piece
    if rest:
        yield bytes(rest)
