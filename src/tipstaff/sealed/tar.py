"""A tar of one file, as the envelope holds it: written one way, and read only if written that way.

Source: POSIX ustar (IEEE Std 1003.1, pax, "ustar Interchange Format"). `tar t` lists it, so that an officer
with nothing but the key, `age` and `tar` can open a tip. Every byte follows from name and contents: no owner,
no time, nothing about the machine that packed it.
"""

from functools import lru_cache

BLOCK = 512
_SIZE = slice(124, 136)
_SUM = slice(148, 156)
_END = bytes(2 * BLOCK)


class NotOurTar(ValueError):
    """Not the one tar that we would have written."""


def pack(name: str, contents: bytes) -> bytes:
    """A tar with the one file `name`, and the two closing blocks of zeros."""
    return _header(name, len(contents)) + contents + bytes(-len(contents) % BLOCK) + _END


def unpack(tar: bytes, names: frozenset[str]) -> tuple[str, bytes]:
    """The name (one of `names`) and the contents of the only file; zeros may follow to the end.

    Raises NotOurTar for everything else, also for a tar that other programs would accept.
    """
    name = tar[: tar.find(b"\0", 0, 100)].decode("ascii", "replace")
    if name not in names:
        raise NotOurTar("the envelope does not begin with a file that we know")
    try:
        size = int(tar[_SIZE][:11], 8)
    except ValueError:
        raise NotOurTar("the file in the envelope has no size") from None
    if size < 0 or tar[:BLOCK] != _header(name, size):
        raise NotOurTar("the file in the envelope has another header than ours")
    contents, rest = tar[BLOCK : BLOCK + size], tar[BLOCK + size :]
    if len(rest) < -size % BLOCK + len(_END) or rest != bytes(len(rest)):
        raise NotOurTar("the envelope is cut short, or holds more than one file")
    return name, contents


def _header(name: str, size: int) -> bytes:
    header, total = _blank(name)
    digits = b"%011o" % size
    # The checksum is the sum of all bytes with its own field taken as eight spaces.
    total += sum(digits)
    return header % (digits, b"%06o\0 " % total)


@lru_cache(maxsize=8)
def _blank(name: str) -> tuple[bytes, int]:
    """The header of `name` with places for size and checksum, and the sum of all its other bytes."""
    fields = (
        name.encode("ascii").ljust(100, b"\0"),
        b"0000644\0",  # mode: the owner writes, all read
        b"0000000\0",  # user and group: nobody's
        b"0000000\0",
        b"%b\0",
        b"00000000000\0",  # time: never
        b"%b",
        b"0".ljust(101, b"\0"),  # an ordinary file, no link
        b"ustar\00000".ljust(72, b"\0"),
        b"0000000\0",  # device
        b"0000000\0",
        bytes(167),
    )
    header = b"".join(fields)
    return header, sum(header % (bytes(11), b" " * 8))
