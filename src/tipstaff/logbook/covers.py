"""Cover leaves: entries that look like envelopes to everybody but the desk. Pure.

They fill the log up to whole tiles, at least one a day, so that neither the size of a public head nor the day
it moved tells how many tips came. A cover is an HMAC under a key that only the desk has, so nobody else can
tell it from the SHA-256 of an envelope, and the desk can show an auditor which leaves are covers.
"""

import hmac
from collections.abc import Iterable, Iterator

from tipstaff.tlog.tree import TILE_WIDTH

_DOMAIN = b"tipstaff/v1/cover"


def cover(key: bytes, number: int) -> bytes:
    """The 32-byte cover entry for leaf `number`: HMAC-SHA256 of the domain and the number in 8 bytes."""
    return hmac.digest(key, _DOMAIN + number.to_bytes(8, "big"), "sha256")


def next_size(size: int, last: int) -> int:
    """How long the log is after its covers: the next whole tile, and at least one tile past the head before.

    `size` is the log's length now, `last` that of the last public head (0 before the first).
    """
    whole = -(-size // TILE_WIDTH) * TILE_WIDTH
    return whole + TILE_WIDTH if whole <= last else whole


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as ranges: (first, one past the last)."""
    start = stop = -1
    for number in numbers:
        if number == stop:
            stop += 1
            continue
        if stop > start:
            yield start, stop
        start, stop = number, number + 1
    if stop > start:
        yield start, stop
