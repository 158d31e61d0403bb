"""Where a log's files lie and what is in them: c2sp.org/tlog-tiles.

Three kinds of file under a log's prefix: `checkpoint`; `tile/<level>/<number>`, 256 hashes each; and
`tile/entries/<number>`, the entries themselves. The last of each row may be partial and then says its width:
`tile/0/x001/x234/067.p/12`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from tipstaff.tlog.hashing import TILE_HEIGHT, TILE_WIDTH
from tipstaff.tlog.wrong import Wrong

CHECKPOINT = "checkpoint"
TOP_LEVEL = 63
LONGEST_ENTRY = 0xFFFF
_NUMBER = re.compile(r"(?:x[0-9]{3}/){0,6}[0-9]{3}")
_PATH = re.compile(
    rf"tile/(?P<level>entries|[0-9]|[1-9][0-9])/(?P<number>{_NUMBER.pattern})(?:\.p/(?P<width>[1-9][0-9]{{0,2}}))?"
)


class PathWrong(Wrong):
    """No file of a log has this path."""


class BundleWrong(Wrong):
    """An entry bundle ends too early, or too late."""


class TilePath(NamedTuple):
    """What a path asks for: `level` is None for an entry bundle; `width` is 256 for a full tile."""

    level: int | None
    number: int
    width: int


def tile_path(level: int, number: int, width: int = TILE_WIDTH) -> str:
    """The path of a tile of hashes."""
    if not 0 <= level <= TOP_LEVEL:
        raise ValueError(f"tile levels run from 0 to {TOP_LEVEL}")
    return f"tile/{level}/{_number(number)}{_suffix(width)}"


def entries_path(number: int, width: int = TILE_WIDTH) -> str:
    """The path of an entry bundle."""
    return f"tile/entries/{_number(number)}{_suffix(width)}"


def _number(number: int) -> str:
    """Three digits a folder, each folder but the last marked: so that no file is also a folder's name."""
    if number < 0:
        raise ValueError("tile numbers start at 0")
    number, rest = divmod(number, 1000)
    parts = [f"{rest:03d}"]
    while number:
        number, rest = divmod(number, 1000)
        parts.append(f"x{rest:03d}")
    return "/".join(reversed(parts))


def _suffix(width: int) -> str:
    if not 1 <= width <= TILE_WIDTH:
        raise ValueError(f"a tile is 1 to {TILE_WIDTH} wide")
    return "" if width == TILE_WIDTH else f".p/{width}"


def parse_tile_path(path: str) -> TilePath:
    """Read `tile/…` as `tile_path` and `entries_path` write it; any other spelling raises PathWrong."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise PathWrong("no file of a log has this path.")
    number = int(re.sub("[x/]", "", match["number"]))
    level = None if match["level"] == "entries" else int(match["level"])
    width = int(match["width"] or TILE_WIDTH)
    partial = match["width"] is not None
    if width > TILE_WIDTH - partial or (level or 0) > TOP_LEVEL or _number(number) != match["number"]:
        raise PathWrong("no file of a log has this path.")
    return TilePath(level, number, width)


def width_at(size: int, level: int, number: int) -> int:
    """How many hashes a tile has in a log of `size` leaves: 0 when it is not there, 256 when it is full."""
    return max(0, min(TILE_WIDTH, (size >> TILE_HEIGHT * level) - TILE_WIDTH * number))


def is_public(path: TilePath, size: int) -> bool:
    """Whether a log whose public head has `size` leaves shows this file.

    Full tiles are shown when every leaf under them is public; a partial one only at the very width that the
    head needs, so that an address says nothing about leaves beyond it.
    """
    return path.width == width_at(size, path.level or 0, path.number)


def hash_tiles(size: int) -> Iterator[TilePath]:
    """Every tile of hashes that a log of `size` has, level by level."""
    level = 0
    while count := size >> TILE_HEIGHT * level:
        for number in range(-(-count // TILE_WIDTH)):
            yield TilePath(level, number, width_at(size, level, number))
        level += 1


def leaf_tile(entries: Iterable[bytes]) -> bytes:
    """The level-0 tile over these entries: their leaf hashes, joined."""
    return b"".join([sha256(b"\0" + entry).digest() for entry in entries])


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Entries as a bundle: each with its length in two bytes before it.

    ValueError for an entry above 65,535 bytes.
    """
    if any(len(entry) > LONGEST_ENTRY for entry in entries):
        raise ValueError(f"an entry has at most {LONGEST_ENTRY} bytes")
    return b"".join([len(entry).to_bytes(2, "big") + entry for entry in entries])


def decode_bundle(data: bytes) -> list[bytes]:
    """The entries of a bundle. Raises BundleWrong when a length points past the end."""
    step = 2 + int.from_bytes(data[:2], "big")
    count, rest = divmod(len(data), step)
    if not rest and data[::step] == data[:1] * count and data[1::step] == data[1:2] * count:
        # Every length is the first one's, as in our logs: cut at equal steps, five times as fast.
        return [data[at : at + step - 2] for at in range(2, len(data) + 1, step)]
    entries, at = list[bytes](), 0
    while at < len(data):
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        if start > len(data) or at > len(data):
            raise BundleWrong(f"the bundle ends in the middle of entry {len(entries)}.")
        entries.append(data[start:at])
    return entries
