"""The road as a page shows it: which stops an award has passed, where it stands, and what is ahead. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tipstaff.awards.states import AwardState as S

# The stops of every award; those in OPTIONAL are shown once it stands there or has passed them.
STOPS: Final = (
    S.DRAFTED, S.NOMINATED, S.ENDORSED, S.ELIGIBLE, S.IN_COMMITTEE, S.RECOMMENDED, S.CONCURRED, S.APPROVED,
    S.CERTIFIED, S.NOTICE_OVER, S.PROTECTED, S.VOUCHERED, S.PAID, S.RECEIPT_HELD, S.REPORTED, S.CLOSED,
)  # fmt: skip
# Where an award stands that is beside the road, and which stop it came after.
BESIDE: Final = {
    S.WITHDRAWN: S.NOMINATED,
    S.INELIGIBLE: S.ENDORSED,
    S.DEFERRED: S.IN_COMMITTEE,
    S.DECLINED: S.IN_COMMITTEE,
    S.CONCURRENCE_SOUGHT: S.RECOMMENDED,
    S.OBJECTED: S.RECOMMENDED,
    S.DENIED: S.RECOMMENDED,
    S.RECONSIDERED: S.ELIGIBLE,
    S.IN_NOTICE: S.CERTIFIED,
    S.LAPSED: S.VOUCHERED,
}
DISTANCE: Final = 44
TOP: Final = 14


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop: `standing` is done, now or ahead; `x` is its place in the picture."""

    state: str
    standing: str
    x: int


@dataclass(frozen=True, slots=True)
class Road:
    """The stops in their order, and the size of their picture."""

    stops: tuple[Stop, ...]
    width: int
    reached: int
    height: int = 2 * TOP
    middle: int = TOP


def road(state: S, passed: Sequence[str], *, concurrence: bool, crypto: bool) -> Road:
    """The road of an award that is in `state` and has been in the states `passed`."""
    optional = {S.CONCURRED: concurrence, S.NOTICE_OVER: crypto}
    stops = [stop for stop in STOPS if optional.get(stop, True) or stop in passed]
    if state in BESIDE:
        stops.insert(stops.index(BESIDE[state]) + 1, state)
    here = stops.index(state)
    drawn = tuple(
        Stop(stop, _standing(place, here), DISTANCE // 2 + place * DISTANCE)
        for place, stop in enumerate(stops)
    )
    return Road(drawn, len(stops) * DISTANCE, drawn[here].x)


def _standing(place: int, here: int) -> str:
    if place == here:
        return "now"
    return "done" if place < here else "ahead"
