"""Making proofs from the tiles of a log: RFC 6962, sections 2.1.1 and 2.1.2."""

from collections.abc import Callable

from tipstaff.tlog.hashing import EMPTY_ROOT, HASH, TILE_HEIGHT, TILE_WIDTH, node_hash, subtree_hash
from tipstaff.tlog.wrong import Wrong

type HashReader = Callable[[int, int, int], bytes]
"""read(level, number, width): the first `width` hashes, 32 * width bytes, of one tile."""


class TileMissing(Wrong):
    """A tile that a proof needs was not there, or not as wide as it must be."""


type Known = dict[tuple[int, int], bytes]
"""Hashes of complete subtrees, by height and index. They never change while a log only grows."""

_MOST_KNOWN = 16_384


class Prover:
    """Makes proofs for one log and remembers the hashes of large subtrees, some 2 MB at the most.

    With them a proof costs one tile's hashes, not three. Use one for each log, and a new one when the log's
    storage has been replaced (restored from a copy): what it remembers would belong to another history.
    """

    def __init__(self, read: HashReader) -> None:
        self._read = read
        self._known: Known = {}

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """As the function `inclusion`."""
        return inclusion(self._read, index, size, self._known)

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """As the function `consistency`."""
        return consistency(self._read, old, new, self._known)


class _Reader:
    """Subtree hashes of a tree of `size` leaves, each needed tile read once."""

    def __init__(self, read: HashReader, size: int, known: Known | None = None) -> None:
        self._read = read
        self._size = size
        self._known: Known = {} if known is None else known
        self._tiles: dict[tuple[int, int], bytes] = {}

    def _tile(self, level: int, number: int) -> bytes:
        key = (level, number)
        if key not in self._tiles:
            width = min(TILE_WIDTH, (self._size >> TILE_HEIGHT * level) - TILE_WIDTH * number)
            tile = self._read(level, number, width)
            if len(tile) != HASH * width:
                raise TileMissing(f"tile {level}/{number} has {len(tile)} bytes, not {HASH * width}.")
            self._tiles[key] = tile
        return self._tiles[key]

    def complete(self, height: int, index: int) -> bytes:
        """The hash of one complete subtree."""
        if node := self._known.get((height, index)):
            return node
        level, rest = divmod(height, TILE_HEIGHT)
        number, first = divmod(index << rest, TILE_WIDTH)
        node = subtree_hash(self._tile(level, number)[first * HASH : (first + (1 << rest)) * HASH])
        if level:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[height, index] = node
        return node

    def range(self, start: int, stop: int) -> bytes:
        """The hash over the leaves `start` to `stop`, as it stands in RFC 6962: ragged only at the right."""
        width, parts = stop - start, list[bytes]()
        while width:
            height = width.bit_length() - 1
            parts.append(self.complete(height, start >> height))
            start, width = start + (1 << height), width - (1 << height)
        node = parts.pop()
        while parts:
            node = node_hash(parts.pop(), node)
        return node


def tree_root(read: HashReader, size: int) -> bytes:
    """The root of the first `size` leaves, from the tiles of a tree of that size."""
    return _Reader(read, size).range(0, size) if size else EMPTY_ROOT


def inclusion(read: HashReader, index: int, size: int, known: Known | None = None) -> tuple[bytes, ...]:
    """The proof that leaf `index` stands in the tree of `size` leaves (RFC 6962, 2.1.1), its sibling first.

    Tiles are asked for as they are in a tree of `size`. Raises ValueError when there is no such leaf,
    TileMissing when a tile has another width than it must.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} has no leaf {index}")
    reader, path, start, stop = _Reader(read, size, known), list[bytes](), 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(reader.range(middle, stop))
            stop = middle
        else:
            path.append(reader.range(start, middle))
            start = middle
    return tuple(reversed(path))


def consistency(read: HashReader, old: int, new: int, known: Known | None = None) -> tuple[bytes, ...]:
    """The proof that the tree of `old` leaves is the beginning of the tree of `new` (RFC 6962, 2.1.2).

    Empty when `old` is 0 or equals `new`. Raises ValueError when `old` is larger than `new`.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} is no beginning of a tree of {new}")
    if old in (0, new):
        return ()
    reader, path, start, stop = _Reader(read, new, known), list[bytes](), 0, new
    while stop != old:
        middle = start + _split(stop - start)
        if old <= middle:
            path.append(reader.range(middle, stop))
            stop = middle
        else:
            path.append(reader.range(start, middle))
            start = middle
    if start:
        path.append(reader.range(start, stop))
    return tuple(reversed(path))


def _split(width: int) -> int:
    """The largest power of two smaller than `width`."""
    return 1 << ((width - 1).bit_length() - 1)
