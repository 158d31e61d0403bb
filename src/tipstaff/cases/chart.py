"""The register's small chart: a bar for each kind, confirmed and waiting. Numbers only; the template draws."""

from collections.abc import Sequence
from dataclasses import dataclass

from tipstaff.cases.queries.outcomes import Total

WIDTH = 288  # in the picture's own units
BAR = 14
STEP = 22


@dataclass(frozen=True, slots=True)
class Bar:
    """One kind's bar: how far down it stands, and how wide its two parts are."""

    kind: str
    y: int
    confirmed: float
    waiting: float


@dataclass(frozen=True, slots=True)
class Bars:
    """The whole picture."""

    width: int
    height: int
    thickness: int
    bars: tuple[Bar, ...]


def bars(totals: Sequence[Total]) -> Bars:
    """Bars for `totals`, in their order, on one scale: the kind with the most fills the width."""
    most = max((total.confirmed + total.waiting for total in totals), default=0)
    scale = WIDTH / most if most else 0
    return Bars(
        WIDTH,
        len(totals) * STEP,
        BAR,
        tuple(
            Bar(total.kind, number * STEP, round(total.confirmed * scale, 2), round(total.waiting * scale, 2))
            for number, total in enumerate(totals)
        ),
    )
