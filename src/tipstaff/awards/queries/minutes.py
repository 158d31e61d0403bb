"""The minutes of a meeting, written from the records: who was there, who was recused, what was put, how each voted."""

from dataclasses import dataclass
from datetime import datetime

from tipstaff.awards import access
from tipstaff.awards.models import Item, Seat, Step
from tipstaff.awards.policy.blindness import Standing
from tipstaff.awards.queries.docket import MeetingRow, meeting_row
from tipstaff.awards.queries.item import MotionRow, motion_row
from tipstaff.awards.queries.sight import Sight, count_of, seen_through, with_rows
from tipstaff.awards.states import ItemState
from tipstaff.people.access import Actor
from tipstaff.people.queries import names_of


@dataclass(frozen=True, slots=True)
class Recusal:
    """A member who declared a conflict. The reason is for the clerk and the member alone."""

    member: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MinutedItem:
    """What the minutes say of one item; `closed_to_you` when the reader declared a conflict on it."""

    place: int
    award: str
    offer: str
    condition: int
    state: str
    recusals: tuple[Recusal, ...]
    sat: tuple[str, ...]
    silent: tuple[str, ...]
    motions: tuple[MotionRow, ...]
    deferred_because: tuple[str, ...]
    closed_to_you: bool


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes as they stand: a draft until the meeting is held. `present` are those who declared on any item."""

    meeting: MeetingRow
    convened_by: str
    called: tuple[str, ...]
    present: tuple[str, ...]
    items: tuple[MinutedItem, ...]


def minutes_of(actor: Actor, ref: str) -> Minutes:
    """The minutes of the meeting `ref`, in a set number of queries. Raises NotVisible or NotAllowed."""
    meeting, verb = access.meeting_seen(actor, ref)
    seats = tuple(Seat.objects.filter(meeting=meeting).order_by("officer").values_list("officer", flat=True))
    items = list(with_rows(Item.objects.filter(meeting=meeting)))
    sights = [seen_through(item, officer=actor.ref, verb=verb, seats=seats) for item in items]
    names = names_of([*seats, meeting.convened_by, *(name for sight in sights for name in _officers(sight))])
    deferrals = _deferrals(items)
    declared = {officer for sight in sights for officer in sight.declarations}
    return Minutes(
        meeting=meeting_row(meeting, len(items)),
        convened_by=names[meeting.convened_by],
        called=tuple(names[seat] for seat in seats),
        present=tuple(names[seat] for seat in seats if seat in declared),
        items=tuple(_item(sight, names, deferrals.get(sight.item.award.pk, ())) for sight in sights),
    )


def _item(sight: Sight, names: dict[str, str], deferrals: tuple[str, ...]) -> MinutedItem:
    item, viewer = sight.item, sight.viewer
    closed = viewer.standing == Standing.RECUSED
    reads = closed or viewer.standing == Standing.CALLED
    return MinutedItem(
        place=item.place,
        award=item.award.ref,
        offer=item.award.offer,
        condition=item.award.condition,
        state=item.state,
        recusals=tuple(
            Recusal(
                names[officer],
                sight.declarations[officer].reason
                if viewer.standing == Standing.CLERK or officer == viewer.officer
                else "",
                sight.declarations[officer].at,
            )
            for officer in sight.recused
        ),
        sat=tuple(names[officer] for officer in sight.sitting),
        silent=tuple(names[officer] for officer in sight.waiting),
        motions=tuple(motion_row(sight, motion, names, item.award.currency) for motion in sight.motions),
        deferred_because=() if reads or item.state != ItemState.DEFERRED else deferrals,
        closed_to_you=closed,
    )


def _officers(sight: Sight) -> list[str]:
    counts = [count for motion in sight.motions if (count := count_of(motion))]
    return [*(motion.put_by for motion in sight.motions), *(count.closed_by for count in counts)]


def _deferrals(items: list[Item]) -> dict[int, tuple[str, ...]]:
    """Why each award was deferred, from its own steps."""
    awards = [item.award.pk for item in items if item.state == ItemState.DEFERRED]
    found: dict[int, tuple[str, ...]] = {}
    steps = Step.objects.filter(award__in=awards, move="defer").order_by("id")
    for award, reason in steps.values_list("award", "reason"):
        found[award] = (*found.get(award, ()), reason)
    return found
