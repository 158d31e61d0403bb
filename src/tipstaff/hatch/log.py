"""The log's tables: the leaf and its hashes are written in the transaction that accepts the tip.

Kept are every entry, every full tile of leaf hashes, the tiles above them as far as they go, and the right
edge. So an append reads one row and writes two, a new leaf's path is read off the edge, and an old leaf's proof
reads one tile a level.
"""

from collections import OrderedDict
from collections.abc import Sequence

from django.db import connections
from django.db.backends.utils import CursorWrapper

from tipstaff.tlog.proving import Prover
from tipstaff.tlog.tree import HASH, TILE_HEIGHT, TILE_WIDTH, Edge, leaf_hash

_MOST_CACHED = 256
_full_tiles: OrderedDict[tuple[int, int, str], bytes] = OrderedDict()


def locked_edge(cursor: CursorWrapper) -> Edge:
    """The right edge, locked until this transaction ends: leaves are numbered one after the other."""
    if connections["hatch"].vendor == "postgresql":
        cursor.execute("SELECT edge FROM hatch_loghead WHERE id = 1 FOR UPDATE")
    else:
        cursor.execute("SELECT edge FROM hatch_loghead WHERE id = 1")
    return _edge(cursor)


def edge() -> Edge:
    """The right edge as it is now, unlocked."""
    with connections["hatch"].cursor() as cursor:
        cursor.execute("SELECT edge FROM hatch_loghead WHERE id = 1")
        return _edge(cursor)


def append(cursor: CursorWrapper, edge: Edge, entries: Sequence[bytes]) -> Edge:
    """Write further leaves and the tiles that they complete. The caller saves the edge that this returns."""
    after, nodes = edge.extend([leaf_hash(entry) for entry in entries])
    rows = [(edge.size + place, entry) for place, entry in enumerate(entries)]
    cursor.executemany("INSERT INTO hatch_leaf (number, entry) VALUES (%s, %s)", rows)
    for number in range(edge.size // TILE_WIDTH, after.size // TILE_WIDTH):
        _write_full_tile(cursor, number)
    for node in nodes:
        if node.height:
            _extend_tile(cursor, node.height // TILE_HEIGHT, node.number, node.hash)
    return after


def save_edge(cursor: CursorWrapper, edge: Edge, checkpoint: str | None) -> None:
    """Keep the edge, and the checkpoint where the one who appends can sign one."""
    if checkpoint is None:
        cursor.execute(
            "UPDATE hatch_loghead SET size = %s, edge = %s WHERE id = 1", [edge.size, edge.to_bytes()]
        )
    else:
        cursor.execute(
            "UPDATE hatch_loghead SET size = %s, edge = %s, checkpoint = %s WHERE id = 1",
            [edge.size, edge.to_bytes(), checkpoint],
        )


def read_tile(level: int, number: int, width: int) -> bytes:
    """The first `width` hashes of a tile: the HashReader of `tlog.tree` over these tables."""
    full = width == TILE_WIDTH
    key = (level, number, str(connections["hatch"].settings_dict["NAME"]))
    if full and key in _full_tiles:
        return _full_tiles[key]
    with connections["hatch"].cursor() as cursor:
        if level == 0 and not full:
            return b"".join(leaf_hash(entry) for entry in _entries(cursor, number * TILE_WIDTH, width))
        cursor.execute("SELECT hashes FROM hatch_tile WHERE level = %s AND number = %s", [level, number])
        row = cursor.fetchone()
    hashes = bytes(row[0])[: width * HASH] if row else b""
    if full and len(hashes) == TILE_WIDTH * HASH:
        _full_tiles[key] = hashes
        while len(_full_tiles) > _MOST_CACHED:
            _full_tiles.popitem(last=False)
    return hashes


def entries(start: int, stop: int) -> list[bytes]:
    """The entries of the leaves from `start` up to, not including, `stop`."""
    with connections["hatch"].cursor() as cursor:
        return _entries(cursor, start, stop - start)


def inclusion(leaf: int, size: int) -> tuple[bytes, ...]:
    """The proof that `leaf` stands in the log's first `size` leaves."""
    return _prover.inclusion(leaf, size)


def forget_tiles() -> None:
    """Forget what is remembered of tiles. They never change; only where another log takes its place is this needed."""
    global _prover
    _full_tiles.clear()
    _prover = Prover(read_tile)


def _edge(cursor: CursorWrapper) -> Edge:
    row = cursor.fetchone()
    return Edge.from_bytes(bytes(row[0])) if row[0] else Edge()


def _entries(cursor: CursorWrapper, start: int, count: int) -> list[bytes]:
    cursor.execute(
        "SELECT entry FROM hatch_leaf WHERE number >= %s AND number < %s ORDER BY number",
        [start, start + count],
    )
    return [bytes(row[0]) for row in cursor.fetchall()]


def _write_full_tile(cursor: CursorWrapper, number: int) -> None:
    hashes = b"".join(leaf_hash(entry) for entry in _entries(cursor, number * TILE_WIDTH, TILE_WIDTH))
    cursor.execute("INSERT INTO hatch_tile (level, number, hashes) VALUES (0, %s, %s)", [number, hashes])


def _extend_tile(cursor: CursorWrapper, level: int, index: int, node: bytes) -> None:
    number, place = divmod(index, TILE_WIDTH)
    if place == 0:
        cursor.execute(
            "INSERT INTO hatch_tile (level, number, hashes) VALUES (%s, %s, %s)", [level, number, node]
        )
        return
    # Read and written back: SQLite's || makes text of two blobs. It happens once in 256 leaves.
    cursor.execute("SELECT hashes FROM hatch_tile WHERE level = %s AND number = %s", [level, number])
    hashes = bytes(cursor.fetchone()[0]) + node
    cursor.execute(
        "UPDATE hatch_tile SET hashes = %s WHERE level = %s AND number = %s", [hashes, level, number]
    )


_prover = Prover(read_tile)
