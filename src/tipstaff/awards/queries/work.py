"""What waits for an officer in this room, for My work: awards, items of a docket, windows, hand-overs to witness."""

from dataclasses import dataclass
from datetime import date

from tipstaff.awards import access
from tipstaff.awards.models import Item, Meeting, Seat
from tipstaff.awards.queries.awards_list import AwardRow, awards_waiting
from tipstaff.awards.queries.docket import turn_of
from tipstaff.awards.queries.payments import WITNESS, WindowRow, WitnessRow, to_witness, windows
from tipstaff.awards.queries.sight import seen_through, with_rows
from tipstaff.awards.states import UNFINISHED, MeetingState
from tipstaff.people.access import Actor, within

SHORT = 10
# The turns at which a docket waits for a member; at the others there is something to be read.
MEMBERS_TURNS = frozenset({"declare", "score", "vote"})


@dataclass(frozen=True, slots=True)
class ItemTurn:
    """An item of a docket on which this member is to declare, score or vote."""

    meeting: str
    title: str
    held_on: date
    place: int
    turn: str


@dataclass(frozen=True, slots=True)
class AwardsWork:
    """What waits, the oldest first, at most ten of each. A part that the actor has no verb for is empty."""

    awards: tuple[AwardRow, ...] = ()
    items: tuple[ItemTurn, ...] = ()
    windows: tuple[WindowRow, ...] = ()
    to_witness: tuple[WitnessRow, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.awards or self.items or self.windows or self.to_witness)


def awards_work(actor: Actor, today: date) -> AwardsWork:
    """What waits for `actor`. A set number of queries, and none for a part without its verb."""
    verbs = actor.verbs
    return AwardsWork(
        awards=awards_waiting(actor, SHORT) if access.SEE in verbs else (),
        items=_turns(actor) if access.PACKET in verbs else (),
        windows=windows(actor, today).today[:SHORT] if access.PAYMENTS in verbs else (),
        to_witness=to_witness(actor)[:SHORT] if WITNESS in verbs else (),
    )


def _turns(actor: Actor) -> tuple[ItemTurn, ...]:
    called = Seat.objects.filter(officer=actor.ref).values("meeting")
    meetings = Meeting.objects.seen_by(actor).filter(within(actor, access.PACKET), pk__in=called)
    going_on = meetings.exclude(state=MeetingState.HELD)
    found = with_rows(Item.objects.filter(meeting__in=going_on, state__in=UNFINISHED))
    turns = []
    for item in found.order_by("meeting__held_on", "meeting_id", "place"):
        turn = turn_of(seen_through(item, officer=actor.ref, verb=access.PACKET, seats=(actor.ref,)))
        if turn in MEMBERS_TURNS:
            turns.append(
                ItemTurn(item.meeting.ref, item.meeting.title, item.meeting.held_on, item.place, turn)
            )
    return tuple(turns[:SHORT])
