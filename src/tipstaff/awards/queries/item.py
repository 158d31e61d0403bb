"""One item of a docket, in its phases, for the clerk and for a member."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tipstaff.awards import access
from tipstaff.awards.matter import matter_of
from tipstaff.awards.models import Count, Item, Motion, ScoreSheet, Seat, Share, Vote
from tipstaff.awards.policy.blindness import Part
from tipstaff.awards.policy.committee import DECLARING
from tipstaff.awards.policy.motion import dissents
from tipstaff.awards.policy.scoring import Advice, Marks, advise, from_json
from tipstaff.awards.queries.comparable import ComparableRow, comparable_to
from tipstaff.awards.queries.docket import ItemRow, MeetingRow, item_row, meeting_row
from tipstaff.awards.queries.packet import OutcomeLines, Packet, cleaner, outcome_lines, packed
from tipstaff.awards.queries.sight import Sight, count_of, seen_through, with_rows
from tipstaff.awards.states import ITEM, Choice, ItemState, MeetingState
from tipstaff.hatch.notice import Texts
from tipstaff.kernel.money import Money
from tipstaff.offers.terms import TermsCondition
from tipstaff.people.access import Actor, NotVisible
from tipstaff.people.queries import names_of
from tipstaff.rulebook.facts import RewardFacts
from tipstaff.rulebook.sheet import Factor, Sheet


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One member's vote with its reason. A `dissent` went the other way than the committee."""

    member: str
    choice: str
    reason: str
    dissent: bool


@dataclass(frozen=True, slots=True)
class CountRow:
    """What a closed vote came to."""

    in_favour: int
    against: int
    abstained: int
    quorum: int
    carried: bool
    closed_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MotionRow:
    """A motion, who has voted on it, and the votes that the viewer may read; `voted` is empty for the others."""

    number: int
    recommend: bool
    total: Money | None
    amounts: tuple[tuple[str, Money], ...]
    text: str
    put_by: str
    at: datetime
    voted: tuple[str, ...]
    votes: tuple[VoteRow, ...]
    count: CountRow | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One member's submitted scores."""

    member: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class Declared:
    """What the viewer declared."""

    conflicted: bool
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """An item as one viewer may see it now. What is not theirs is None or empty.

    `about` is what a member needs to know whether there is a conflict; `packet` is open after the declaration.
    `may` holds what the viewer's verbs, the state and their own acts allow.
    """

    meeting: MeetingRow
    row: ItemRow
    clerk: bool
    standing: str
    phase: str
    agency: str
    about: OutcomeLines
    condition: TermsCondition | None
    declared: Declared | None
    sitting: tuple[str, ...]
    waiting: tuple[str, ...]
    packet: Packet | None
    packet_changed: bool
    comparable: tuple[ComparableRow, ...]
    factors: tuple[Factor, ...]
    numbers: tuple[str, ...]
    draft: Marks
    submitted: bool
    scored: tuple[str, ...]
    sheets: tuple[SheetRow, ...]
    advice: Advice | None
    motions: tuple[MotionRow, ...]
    may: frozenset[str]

    @property
    def titles(self) -> Mapping[str, Texts]:
        """What each factor is called, by its code."""
        return {factor.code: dict(factor.title) for factor in self.factors}

    @property
    def open_motion(self) -> MotionRow | None:
        """The motion that is put to the vote just now."""
        last = self.motions[-1] if self.motions else None
        return last if last and last.count is None and self.row.state == ItemState.VOTING else None


def item_page(actor: Actor, ref: str, place: int) -> ItemPage:
    """Item `place` of the meeting `ref`. Raises NotVisible, NotAllowed or Refused."""
    meeting, verb = access.meeting_seen(actor, ref)
    seats = tuple(Seat.objects.filter(meeting=meeting).order_by("officer").values_list("officer", flat=True))
    item = with_rows(Item.objects.filter(meeting=meeting, place=place)).first()
    if item is None:
        raise NotVisible(f"{ref}/{place}")
    sight = seen_through(item, officer=actor.ref, verb=verb, seats=seats)
    shares = list(Share.objects.filter(award=item.award).order_by("number"))
    matter = matter_of(item.award)
    packet = packed(item.award, shares, matter)
    reads = sight.viewer.reads(Part.PACKET)
    names = names_of([*seats, *_officers(sight)])
    own, sheet = sight.own_sheet, matter.sheet
    return ItemPage(
        meeting=meeting_row(meeting),
        row=item_row(sight, sheet.decisions.quorum, names),
        clerk=verb == access.CONVENE,
        standing=sight.viewer.standing,
        phase=sight.viewer.phase,
        agency=item.award.agency,
        about=outcome_lines(matter.outcome, cleaner({share.tip: share.number for share in shares})),
        condition=matter.condition,
        declared=_declared(sight),
        sitting=tuple(names[officer] for officer in sight.sitting),
        waiting=tuple(names[officer] for officer in sight.waiting),
        packet=packet if reads else None,
        packet_changed=reads and bool(item.packet_sha256) and item.packet_sha256 != packet.digest,
        comparable=comparable_to(item.award, matter.eligibility.facts.outcome.kind, viewer=actor.ref)
        if reads
        else (),
        factors=sheet.factors,
        numbers=tuple(share.number for share in shares),
        draft=from_json(own.levels) if own else {},
        submitted=own is not None and own.submitted_at is not None,
        scored=tuple(names[officer] for officer in sight.scored),
        sheets=tuple(SheetRow(names[each.officer], from_json(each.levels)) for each in sight.sheets),
        advice=_advice(sight, matter.eligibility.facts, sheet),
        motions=tuple(motion_row(sight, motion, names, item.award.currency) for motion in sight.motions),
        may=_may(sight, verb, sheet),
    )


def motion_row(sight: Sight, motion: Motion, names: Mapping[str, str], currency: str) -> MotionRow:
    """A motion as the viewer may read it."""
    count = count_of(motion)
    amounts = tuple((number, Money(motion.amounts[number], currency)) for number in sorted(motion.amounts))
    carried = None if count is None else count.carried
    return MotionRow(
        number=motion.number,
        recommend=motion.recommend,
        total=Money(sum(motion.amounts.values()), currency) if motion.recommend else None,
        amounts=amounts,
        text=motion.text,
        put_by=names[motion.put_by],
        at=motion.at,
        voted=tuple(names[officer] for officer in sight.voted(motion)),
        votes=tuple(_vote_row(vote, names, carried) for vote in sight.votes(motion)),
        count=None if count is None else _count_row(count, names),
    )


def _count_row(count: Count, names: Mapping[str, str]) -> CountRow:
    return CountRow(
        in_favour=count.in_favour,
        against=count.against,
        abstained=count.abstained,
        quorum=count.quorum,
        carried=count.carried,
        closed_by=names[count.closed_by],
        at=count.at,
    )


def _vote_row(vote: Vote, names: Mapping[str, str], carried: bool | None) -> VoteRow:
    dissent = carried is not None and dissents(Choice(vote.choice), carried=carried)
    return VoteRow(names[vote.officer], vote.choice, vote.reason, dissent)


def _officers(sight: Sight) -> list[str]:
    counts = [count for motion in sight.motions if (count := count_of(motion))]
    return [*(motion.put_by for motion in sight.motions), *(count.closed_by for count in counts)]


def _declared(sight: Sight) -> Declared | None:
    own = sight.declarations.get(sight.viewer.officer)
    return None if own is None else Declared(own.conflicted, own.reason, own.at)


def _advice(sight: Sight, facts: RewardFacts, sheet: Sheet) -> Advice | None:
    sheets: list[ScoreSheet] = list(sight.advising)
    return advise([from_json(each.levels) for each in sheets], facts, sheet) if sheets else None


def _may(sight: Sight, verb: str, sheet: Sheet) -> frozenset[str]:
    """What the page offers to do. A button is never a right: the verbs ask again."""
    state, meeting = ItemState(sight.item.state), MeetingState(sight.item.meeting.state)
    if verb == access.CONVENE:
        moves = set(ITEM.open_to(state)) & {"open_scoring", "put_to_vote", "close_vote", "defer", "relist"}
        if meeting != MeetingState.OPEN:
            moves -= {"put_to_vote", "close_vote"}
        if meeting == MeetingState.HELD or sight.motions:
            moves -= {"relist"}
        return frozenset(moves)
    if sight.viewer.officer not in sight.declarations:
        declares = verb == access.PACKET and state in DECLARING
        return frozenset({"declare"} if declares else ())
    own = sight.own_sheet
    submitted = own is not None and own.submitted_at is not None
    may = set()
    if sight.viewer.reads(Part.OWN_SCORES):
        if state == ItemState.SCORING and sheet.factors and not submitted:
            may.add("score")
        voted = bool(sight.motions) and sight.viewer.officer in sight.voted(sight.motions[-1])
        if state == ItemState.VOTING and (submitted or not sheet.factors) and not voted:
            may.add("vote")
    return frozenset(may)
