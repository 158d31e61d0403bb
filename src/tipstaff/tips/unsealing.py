"""Opening an attached file as a stream: in constant memory, never on a disk, and cut to its real length. No
Django."""

from collections.abc import Iterator, Sequence
from itertools import chain

from tipstaff.sealed.age import Altered, Opener
from tipstaff.sealed.recipients import Identity

VIEWED_BYTES = 256 * 1024


def plain(pieces: Iterator[bytes], size: int, identities: Sequence[Identity]) -> Iterator[bytes]:
    """The first `size` bytes of the sealed file that `pieces` make up; what follows is padding.

    The first chunk is opened before this returns, so that a file nobody can open is known before an answer
    begins. Raises NotSealed, NotForThisKey or Altered, now or while it is read; then what was read is not to
    be used.
    """
    chunks = _cut(Opener.open_stream(_Reader(pieces).read, identities), size)
    return chain([next(chunks, b"")], chunks)


def beginning(pieces: Iterator[bytes], size: int, identities: Sequence[Identity]) -> tuple[bytes, bool]:
    """The file's first 256 KiB, and whether that is all. The whole file is opened all the same: only its last
    chunk proves that nothing was cut off. Raises as `plain` does."""
    head = bytearray()
    for chunk in plain(pieces, size, identities):
        head += chunk[: VIEWED_BYTES - len(head)]
    return bytes(head), size <= VIEWED_BYTES


def _cut(chunks: Iterator[bytes], size: int) -> Iterator[bytes]:
    left = size
    for chunk in chunks:
        if left:
            yield chunk[:left]
        left -= min(left, len(chunk))
    if left:
        raise Altered("the file is shorter than its sender said")


class _Reader:
    """`read(n)` over pieces of any length."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = memoryview(b"")

    def read(self, most: int) -> bytes:
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._held = memoryview(piece)
        taken, self._held = self._held[:most], self._held[most:]
        return bytes(taken)
