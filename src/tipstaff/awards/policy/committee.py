"""When a meeting may be convened and closed, and when a declaration, a score or a vote is taken. Pure.

The order of the work follows 28 CFR 13.5 and grants boards' practice: conflicts first, then the papers, then scores
that nobody else sees, then a vote on the record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tipstaff.awards.states import ItemState, MeetingState
from tipstaff.kernel.decision import Decision, Refusal

LONGEST_TITLE = 200
LONGEST_REASON = 2_000
# An item may be declared on until the vote is put: who comes late still declares before the packet opens to them.
DECLARING = frozenset({ItemState.LISTED, ItemState.SCORING})


@dataclass(frozen=True, slots=True)
class Convening:
    """A meeting as the clerk proposes it; `may_sit` are the officers who hold the vote in the compartment that day."""

    title: str
    held_on: date
    today: date
    members: Sequence[str]
    may_sit: frozenset[str]


def may_convene(facts: Convening) -> Decision:
    """Whether the meeting has a title, a day to come and members who may vote."""
    refusals = []
    if not facts.title.strip() or len(facts.title) > LONGEST_TITLE:
        refusals.append(
            Refusal(
                "awards.committee.title",
                "Give the meeting a title, in at most {most} characters.",
                {"most": LONGEST_TITLE},
            )
        )
    if facts.held_on < facts.today:
        refusals.append(
            Refusal(
                "awards.committee.day",
                "{day} is over: a meeting is called for today or a later day.",
                {"day": facts.held_on},
            )
        )
    if not facts.members:
        refusals.append(Refusal("awards.committee.members", "Call at least one member to the meeting."))
    strangers = sorted(set(facts.members) - facts.may_sit)
    refusals += [
        Refusal(
            "awards.committee.members",
            "{officer} has no vote in this compartment on that day, and cannot be called.",
            {"officer": officer},
        )
        for officer in strangers
    ]
    return Decision(tuple(refusals))


def not_held(state: MeetingState) -> Decision:
    """Whether the docket can still change: a meeting that was held is history."""
    if state != MeetingState.HELD:
        return Decision()
    return _no(
        Refusal(
            "awards.committee.meeting-held", "This meeting was held. Put the award on the docket of another."
        )
    )


def may_list(state: MeetingState, *, listed: bool, same_compartment: bool) -> Decision:
    """Whether an award can be put on this docket: of a meeting to come, of its own compartment, and once."""
    refusals = [*not_held(state).refusals]
    if listed:
        refusals.append(
            Refusal(
                "awards.committee.listed-already",
                "This award is on the docket already. If it was deferred, put its item back instead.",
            )
        )
    if not same_compartment:
        refusals.append(
            Refusal(
                "awards.committee.compartment",
                "The award belongs to another compartment than this meeting's committee.",
            )
        )
    return Decision(tuple(refusals))


def in_session(state: MeetingState) -> Decision:
    """Whether the meeting is open: motions and votes belong into it, papers and scores may come before."""
    if state == MeetingState.OPEN:
        return Decision()
    return _no(
        Refusal(
            "awards.committee.meeting-open",
            "Motions and votes belong into the meeting: open the meeting first.",
        )
    )


def may_close_meeting(open_places: Sequence[int]) -> Decision:
    """Whether every item of the docket is decided or deferred."""
    return Decision(
        tuple(
            Refusal(
                "awards.committee.item-open",
                "Item {place} is neither decided nor deferred. Finish it before the meeting is closed.",
                {"place": place},
            )
            for place in open_places
        )
    )


def may_declare(state: ItemState, *, declared: bool, conflicted: bool, reason: str) -> Decision:
    """Whether a member's declaration is taken: once, before the vote is put, and a conflict with its reason."""
    refusals = []
    if declared:
        refusals.append(
            Refusal(
                "awards.committee.declared-once",
                "You have declared on this item. A declaration stays as it is.",
            )
        )
    if state not in DECLARING:
        refusals.append(
            Refusal(
                "awards.committee.declare-in-time",
                "Declarations on this item are over: they come before the packet opens and the vote is put.",
            )
        )
    if conflicted and not reason.strip():
        refusals.append(
            Refusal(
                "awards.committee.conflict-reason",
                "Say in a sentence what the conflict is; the minutes keep it.",
            )
        )
    return Decision((*refusals, *_too_long(reason)))


def may_read(conflicted: bool | None) -> Decision:
    """Whether the packet is open to a member: after a declaration, and only without a conflict."""
    if conflicted is None:
        return _no(
            Refusal(
                "awards.committee.declare-first",
                "Say first whether you have a conflict on this item. The packet opens after that.",
            )
        )
    if conflicted:
        return _no(
            Refusal(
                "awards.committee.recused",
                "You declared a conflict on this item: it is closed to you for good.",
            )
        )
    return Decision()


def may_score(state: ItemState, *, submitted: bool) -> Decision:
    """Whether a member's scores can still be written."""
    refusals = []
    if state != ItemState.SCORING:
        refusals.append(
            Refusal(
                "awards.committee.scoring",
                "Scores are taken from when the clerk opens the scoring until the vote is put.",
            )
        )
    if submitted:
        refusals.append(
            Refusal(
                "awards.committee.scores-locked", "You have submitted your scores: they stay as they are."
            )
        )
    return Decision(tuple(refusals))


def may_vote(state: ItemState, *, scored: bool, voted: bool, reason: str) -> Decision:
    """Whether a member's vote is taken: on the motion that is put, after own scores, once, with a reason."""
    refusals = []
    if state != ItemState.VOTING:
        refusals.append(
            Refusal("awards.committee.no-motion", "No motion on this item is put to the vote just now.")
        )
    if not scored:
        refusals.append(
            Refusal(
                "awards.committee.score-first",
                "Whoever votes has scored first. You submitted no scores on this item, so you have no vote on it.",
            )
        )
    if voted:
        refusals.append(
            Refusal("awards.committee.voted-once", "You have voted on this motion. A vote stays as it is.")
        )
    return Decision((*refusals, *needs_reason(reason).refusals))


def may_relist(*, put: bool) -> Decision:
    """Whether a deferred item can come back on the same docket: not once its scores were shown for a vote."""
    if not put:
        return Decision()
    return _no(
        Refusal(
            "awards.committee.scores-were-shown",
            "A vote was put on this item, so its scores are known. "
            "Put the award on the docket of another meeting: it is declared on and scored afresh there.",
        )
    )


def needs_reason(reason: str) -> Decision:
    """Whether a reason was given, and not too long a one."""
    if reason.strip():
        return Decision(_too_long(reason))
    return _no(Refusal("awards.committee.reason", "Say why, in a sentence: the minutes keep it."))


def _too_long(reason: str) -> tuple[Refusal, ...]:
    if len(reason) <= LONGEST_REASON:
        return ()
    return (
        Refusal(
            "awards.committee.reason-length",
            "Say it in at most {most} characters.",
            {"most": LONGEST_REASON},
        ),
    )


def _no(refusal: Refusal) -> Decision:
    return Decision((refusal,))
