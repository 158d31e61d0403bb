"""The account's small chart: one bar a head, stacked by kind of leaf. Numbers only; the template draws."""

from collections.abc import Sequence
from dataclasses import dataclass

from tipstaff.logbook.queries import HeadRow, LeafKind

WIDTH = 600  # in the picture's own units
BAR = 14
STEP = 22


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: where it starts, how wide it is, and the kind that colours it."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One head's bar: how far down it stands, and its parts."""

    y: int
    size: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole picture."""

    width: int
    height: int
    thickness: int
    bars: tuple[Bar, ...]


def chart(heads: Sequence[HeadRow]) -> Chart:
    """Bars for `heads`, in their order, on one scale: the head that added most leaves fills the width."""
    most = max((sum(head.counts.values()) for head in heads), default=0)
    bars = tuple(_bar(number, head, WIDTH / most if most else 0) for number, head in enumerate(heads))
    return Chart(WIDTH, len(heads) * STEP, BAR, bars)


def _bar(number: int, head: HeadRow, scale: float) -> Bar:
    pieces, x = list[Piece](), 0.0
    for kind in LeafKind:
        width = head.counts[kind] * scale
        if width:
            pieces.append(Piece(round(x, 2), round(width, 2), kind.value))
        x += width
    return Bar(number * STEP, head.size, tuple(pieces))
