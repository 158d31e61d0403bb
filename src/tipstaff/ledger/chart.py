"""The book's chart: one bar, as long as what was appropriated, in the parts where the money is. Numbers only."""

from collections.abc import Iterator
from dataclasses import dataclass

from tipstaff.ledger.queries import Figures

WIDTH = 600  # in the picture's own units
HEIGHT = 28


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the bar: where it starts, how wide it is, and the account that colours it."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole picture."""

    width: int
    height: int
    pieces: tuple[Piece, ...]


def chart(figures: Figures) -> Chart:
    """One stacked bar; where nothing was appropriated, none of its parts has a width."""
    return Chart(WIDTH, HEIGHT, tuple(_pieces(figures)))


def _pieces(figures: Figures) -> Iterator[Piece]:
    whole, done = figures.appropriated.minor, 0
    for kind, amount in figures.parts:
        if amount.minor:
            yield Piece(round(done * WIDTH / whole, 2), round(amount.minor * WIDTH / whole, 2), kind.value)
        done += amount.minor
