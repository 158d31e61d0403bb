"""The register's small chart: a bar for each kind, confirmed and waiting. Numbers only; the template draws."""

from collections.abc import Sequence
from dataclasses import dataclass

from tipstaff.cases.queries.outcomes import Total

WIDTH = 288  # in the picture's own units
BAR = 10
STEP = 34
HEAD = 16  # the kind's name, above its bar


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: where it begins, and how wide it is."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One kind: the corner and the line of its name, how far down its bar stands, and the bar's two parts."""

    kind: str
    edge: int
    base: int
    y: int
    confirmed: Piece
    waiting: Piece


@dataclass(frozen=True, slots=True)
class Bars:
    """The whole picture."""

    width: int
    height: int
    thickness: int
    bars: tuple[Bar, ...]


def bars(totals: Sequence[Total], *, rtl: bool) -> Bars:
    """Bars for those kinds of which there are any, in their order, on one scale; mirrored from right to left."""
    there = [total for total in totals if total.confirmed or total.waiting]
    most = max((total.confirmed + total.waiting for total in there), default=1)
    drawn = tuple(_bar(number, total, WIDTH / most, rtl) for number, total in enumerate(there))
    return Bars(WIDTH, len(there) * STEP, BAR, drawn)


def _bar(number: int, total: Total, scale: float, rtl: bool) -> Bar:
    confirmed, waiting = round(total.confirmed * scale, 2), round(total.waiting * scale, 2)
    starts = (WIDTH - confirmed, WIDTH - confirmed - waiting) if rtl else (0.0, confirmed)
    top = number * STEP
    return Bar(
        total.kind,
        WIDTH if rtl else 0,
        top + HEAD - 5,
        top + HEAD,
        Piece(round(starts[0], 2), confirmed),
        Piece(round(starts[1], 2), waiting),
    )
