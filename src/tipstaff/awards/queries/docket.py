"""The meetings, and the docket of one: what is on it, who sits, and whether there is a quorum, as of now."""

from dataclasses import dataclass
from datetime import date

from django.db.models import FETCH_RAISE, Count, Q

from tipstaff.awards import access
from tipstaff.awards.matter import sheets_of
from tipstaff.awards.models import Award, Item, Meeting, Seat
from tipstaff.awards.policy.blindness import Part
from tipstaff.awards.policy.committee import DECLARING
from tipstaff.awards.queries.sight import Sight, count_of, seen_through, with_rows
from tipstaff.awards.states import AWARD, MEETING, UNFINISHED, AwardState, ItemState, MeetingState
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor, NotAllowed, within
from tipstaff.people.queries import names_of, officers_holding

# What a clerk may put on a docket.
READY = frozenset(state for state in AwardState if {"docket", "resume"} & set(AWARD.open_to(state)))


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in a list, and its head on each of its pages."""

    ref: str
    compartment: str
    title: str
    held_on: date
    state: str
    items: int = 0


@dataclass(frozen=True, slots=True)
class MeetingList:
    """The meetings that the actor may look at, newest first, and the compartments to which they may call one."""

    meetings: tuple[MeetingRow, ...]
    may_convene: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item on the docket. `scored` and `voted` are None where the viewer may not know.

    `turn` is what the viewer can do next on it, `read` at the least; empty for a member who is recused.
    """

    place: int
    award: str
    offer: str
    condition: int
    requested: Money
    state: str
    quorum: int
    sitting: int
    recused: tuple[str, ...]
    waiting: int
    scored: int | None
    voted: int | None
    turn: str

    @property
    def enough(self) -> bool:
        """Whether those who sit, and those who may still declare, can make a quorum."""
        return self.sitting + self.waiting >= self.quorum


@dataclass(frozen=True, slots=True)
class AwaitingRow:
    """An award that could be put on the docket."""

    ref: str
    offer: str
    condition: int
    state: str


@dataclass(frozen=True, slots=True)
class DocketPage:
    """A meeting's docket. `clerk` when the viewer keeps it; `open_items` keep it from being closed."""

    meeting: MeetingRow
    clerk: bool
    member: bool
    seats: tuple[str, ...]
    items: tuple[ItemRow, ...]
    awaiting: tuple[AwaitingRow, ...]
    moves: tuple[str, ...]
    open_items: int


def meetings_list(actor: Actor) -> MeetingList:
    """A clerk's, a called member's, and to readers of awards those that were held. Raises NotAllowed for the rest."""
    if not {access.CONVENE, access.PACKET, access.SEE} & actor.verbs:
        raise NotAllowed(access.PACKET)
    called = Seat.objects.filter(officer=actor.ref).values("meeting")
    sees = (
        within(actor, access.CONVENE)
        | (within(actor, access.PACKET) & Q(pk__in=called))
        | (within(actor, access.SEE) & Q(state=MeetingState.HELD))
    )
    found = Meeting.objects.seen_by(actor).filter(sees).annotate(on_docket=Count("items", distinct=True))
    rows = tuple(
        meeting_row(meeting, meeting.on_docket)
        for meeting in found.order_by("-held_on", "-id").fetch_mode(FETCH_RAISE)
    )
    return MeetingList(rows, tuple(sorted(actor.compartments_for(access.CONVENE))))


def meeting_row(meeting: Meeting, items: int = 0) -> MeetingRow:
    """The meeting as lists and heads show it."""
    return MeetingRow(meeting.ref, meeting.compartment, meeting.title, meeting.held_on, meeting.state, items)


def may_be_called(actor: Actor, compartment: str, today: date) -> list[tuple[str, str]]:
    """Ref and name of every officer who has a vote in the compartment, for calling a meeting. Raises NotAllowed."""
    actor.must(access.CONVENE, compartment)
    return officers_holding("awards.vote.cast", compartment, today)


def docket_page(actor: Actor, ref: str) -> DocketPage:
    """The docket of the meeting `ref`, however long, in a set number of queries. Raises NotVisible or NotAllowed."""
    meeting, verb = access.meeting_seen(actor, ref)
    seats = tuple(Seat.objects.filter(meeting=meeting).order_by("officer").values_list("officer", flat=True))
    items = list(with_rows(Item.objects.filter(meeting=meeting)))
    sheets = sheets_of(item.award for item in items)
    names = names_of(seats)
    clerk = verb == access.CONVENE
    rows = tuple(
        item_row(
            seen_through(item, officer=actor.ref, verb=verb, seats=seats),
            sheets[item.award.sheet_code, item.award.sheet_number].decisions.quorum,
            names,
        )
        for item in items
    )
    return DocketPage(
        meeting=meeting_row(meeting, len(rows)),
        clerk=clerk,
        member=verb == access.PACKET,
        seats=tuple(names[seat] for seat in seats),
        items=rows,
        awaiting=_awaiting(actor, meeting) if clerk else (),
        moves=MEETING.open_to(MeetingState(meeting.state)) if clerk else (),
        open_items=sum(item.state in UNFINISHED for item in items),
    )


def item_row(sight: Sight, quorum: int, names: dict[str, str]) -> ItemRow:
    """One line of the docket, as the viewer may read it."""
    award, last = sight.item.award, sight.motions[-1] if sight.motions else None
    return ItemRow(
        place=sight.item.place,
        award=award.ref,
        offer=award.offer,
        condition=award.condition,
        requested=Money(award.requested_minor, award.currency),
        state=sight.item.state,
        quorum=quorum,
        sitting=len(sight.sitting),
        recused=tuple(names[officer] for officer in sight.recused),
        waiting=len(sight.waiting),
        scored=len(sight.scored) if sight.viewer.reads(Part.WHO_SCORED) else None,
        voted=len(sight.voted(last)) if last and sight.viewer.reads(Part.WHO_VOTED) else None,
        turn=turn_of(sight),
    )


def turn_of(sight: Sight) -> str:
    """What the viewer can do next on an item: `read` at the least, nothing for a member who is recused."""
    state, officer = ItemState(sight.item.state), sight.viewer.officer
    declaration = sight.declarations.get(officer)
    if sight.viewer.reads(Part.OWN_SCORES):
        own, last = sight.own_sheet, sight.motions[-1] if sight.motions else None
        submitted = own is not None and own.submitted_at is not None
        if state == ItemState.SCORING and not submitted:
            return "score"
        if state == ItemState.VOTING and last and count_of(last) is None and officer not in sight.voted(last):
            return "vote"
        return "read"
    if officer in sight.seats:
        return "" if declaration or state not in DECLARING else "declare"
    return CLERKS_TURN.get(state, "read") if sight.viewer.reads(Part.PACKET) else "read"


CLERKS_TURN = {
    ItemState.LISTED: "open_scoring",
    ItemState.SCORING: "put_motion",
    ItemState.LOST: "put_motion",
    ItemState.VOTING: "close_vote",
}


def _awaiting(actor: Actor, meeting: Meeting) -> tuple[AwaitingRow, ...]:
    if meeting.state == MeetingState.HELD:
        return ()
    ready = Award.objects.seen_by(actor).filter(compartment=meeting.compartment, state__in=READY)
    rows = ready.exclude(items__meeting=meeting).order_by("nominated_on", "id")
    return tuple(AwaitingRow(*row) for row in rows.values_list("ref", "offer", "condition", "state"))
