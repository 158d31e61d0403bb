"""Every entry of a log hashed again, and every tile compared with what comes out.

This is what makes a log checkable by anyone: the tiles and the root are consequences of the entries, and a
log that changed, dropped or inserted one has to show it here.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from tipstaff.tlog.edge import Edge, Node
from tipstaff.tlog.hashing import HASH, TILE_HEIGHT, TILE_WIDTH, split_hashes
from tipstaff.tlog.sources import Source
from tipstaff.tlog.tiles import decode_bundle, entries_path, leaf_tile, tile_path, width_at
from tipstaff.tlog.wrong import Wrong

type Progress = Callable[[int, int], None]
"""progress(done, of): how many leaves have been checked, of how many."""


def silent(done: int, of: int) -> None:
    """Nobody watches."""


class LogWrong(Wrong):
    """The log's files contradict each other, its checkpoint, or a checkpoint that it gave out."""


@dataclass(slots=True)
class Rederived:
    """What the entries say: the root of the whole, the roots and the entries that were asked for."""

    edge: Edge = field(default_factory=Edge)
    roots: dict[int, bytes] = field(default_factory=dict)
    entries: dict[int, bytes] = field(default_factory=dict)


def rederive(
    source: Source,
    size: int,
    *,
    roots_at: Collection[int] = (),
    entries_at: Collection[int] = (),
    progress: Progress = silent,
) -> Rederived:
    """Hash the log's first `size` entries and compare every tile; give the roots at the sizes asked for.

    Raises LogWrong with the first file that is missing or does not match, and whatever `source` raises.
    """
    found, rows = Rederived(), dict[int, bytearray]()
    for number in range(-(-size // TILE_WIDTH)):
        width = width_at(size, 0, number)
        entries = _bundle(source, number, width)
        tile = leaf_tile(entries)
        _compare(tile, source, 0, number, width)
        before = found.edge
        if width == TILE_WIDTH:
            found.edge, nodes = before.append_tile(tile)
        else:
            found.edge, nodes = before.extend(split_hashes(tile))
        _collect(nodes, source, rows)
        for asked in roots_at:
            if before.size <= asked <= found.edge.size:
                found.roots[asked] = before.extend(split_hashes(tile)[: asked - before.size])[0].root()
        for asked in entries_at:
            if before.size <= asked < found.edge.size:
                found.entries[asked] = entries[asked - before.size]
        progress(found.edge.size, size)
    for level, row in sorted(rows.items()):
        if row:
            _compare(bytes(row), source, level, (size >> TILE_HEIGHT * level) // TILE_WIDTH, len(row) // HASH)
    return found


def _collect(nodes: list[Node], source: Source, rows: dict[int, bytearray]) -> None:
    """Gather the hashes of the higher tiles, and compare each tile when it is full."""
    for height, number, digest in nodes:
        if height:
            level = height // TILE_HEIGHT
            row = rows.setdefault(level, bytearray())
            row += digest
            if len(row) == TILE_WIDTH * HASH:
                _compare(bytes(row), source, level, number // TILE_WIDTH, TILE_WIDTH)
                row.clear()


def _bundle(source: Source, number: int, width: int) -> list[bytes]:
    """A bundle's entries. A partial bundle may give way to the full one, of which it is the beginning."""
    path = entries_path(number, width)
    data, cut = source(path), False
    if data is None and width < TILE_WIDTH:
        data, cut = source(entries_path(number)), True
    if data is None:
        raise LogWrong(f"the log does not show {path}, which its head says it has.")
    try:
        entries = decode_bundle(data)
    except Wrong as wrong:
        raise LogWrong(f"{path}: {wrong}") from None
    if cut:
        del entries[width:]
    if len(entries) != width:
        raise LogWrong(f"{path} holds {len(entries)} entries, not {width}: an entry was added or removed.")
    return entries


def _compare(expected: bytes, source: Source, level: int, number: int, width: int) -> None:
    path = tile_path(level, number, width)
    data = source(path)
    if data is None and width < TILE_WIDTH:
        data = (source(tile_path(level, number)) or b"")[: width * HASH] or None
    if data is None:
        raise LogWrong(f"the log does not show {path}, which its head says it has.")
    if data == expected:
        return
    if len(data) != len(expected):
        raise LogWrong(f"{path} has {len(data)} bytes, not {len(expected)}.")
    place = next(at for at in range(width) if data[at * HASH :][:HASH] != expected[at * HASH :][:HASH])
    which = number * TILE_WIDTH + place
    if level == 0:
        raise LogWrong(
            f"leaf {which}: its hash in {path} is not the hash of its entry. One of them was changed."
        )
    raise LogWrong(f"{path}: hash {place} is not what the tile below it, number {which}, comes to.")
