"""A small chart's bars: one a row, on one scale. Numbers only; the template draws, and a table stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 288  # in the picture's own units
THICKNESS = 14
STEP = 22


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how far down it stands, how wide it is, and what colours it."""

    y: int
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The whole picture."""

    width: int
    height: int
    thickness: int
    bars: tuple[Bar, ...]


def bars(values: Sequence[int], colours: Sequence[str] = ()) -> Bars:
    """Bars for `values`, in their order: the greatest fills the width. `colours` are classes of the style sheet."""
    most = max(values, default=0)
    scale = WIDTH / most if most > 0 else 0
    named = [*colours, *["bar-confirmed"] * (len(values) - len(colours))]
    drawn = (Bar(n * STEP, round(value * scale, 2), named[n]) for n, value in enumerate(values))
    return Bars(WIDTH, max(len(values), 1) * STEP, THICKNESS, tuple(drawn))
