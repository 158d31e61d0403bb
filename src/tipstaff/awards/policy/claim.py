"""Asking a source about a possible reward, and what its answer is worth. Pure: facts in, every reason out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tipstaff.awards.states import AwardState, ClaimState, Verdict
from tipstaff.kernel.decision import Decision, Refusal

RULES: Mapping[str, str] = {
    "awards.asked-in-time": "A source is asked between the nomination and the voucher, and never after a refusal.",
    "awards.asked-whom": "Who wanted no reward or no message is not written to; who was asked is not asked twice.",
    "awards.answer-days": "A receipt may lie where its owner comes once in weeks.",
    "awards.review-offered": "22 U.S.C. 2708(j): decisions are final; another look is a courtesy.",
    "awards.check-named": "A check that names no list cannot be repeated.",
    "awards.check-in-time": "A payee is checked from the nomination on, until the money is handed over.",
    "awards.identity-kept": "An identity is named by its reference in the vault, and stands nowhere else.",
}

# No sheet sets these days: from two weeks to six months to look into the mailbox, thirty where nothing is said.
SHORTEST_DAYS, USUAL_DAYS, LONGEST_DAYS = 14, 30, 183
LONGEST_LIST = 200

S = AwardState
# Between the nomination and the voucher: whoever answers now can still be paid.
ASKABLE = frozenset(
    {
        S.NOMINATED, S.ENDORSED, S.ELIGIBLE, S.IN_COMMITTEE, S.DEFERRED, S.RECOMMENDED, S.CONCURRENCE_SOUGHT,
        S.CONCURRED, S.APPROVED, S.CERTIFIED, S.IN_NOTICE, S.NOTICE_OVER, S.PROTECTED, S.RECONSIDERED,
    }
)  # fmt: skip
CHECKED = ASKABLE | {S.DECLINED, S.OBJECTED, S.VOUCHERED, S.LAPSED}
REFUSED = frozenset({S.DENIED, S.INELIGIBLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceKnown:
    """What stands for or against writing to one source; `asked`: there is a claim, in whatever state."""

    number: str
    wants_reward: bool
    may_ask: bool
    mailbox_known: bool
    asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFacts:
    """An award whose sources would be asked until `answer_by`."""

    state: AwardState
    answer_by: date
    today: date
    sources: tuple[SourceKnown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFacts:
    """An answer from a mailbox. `known`: its claim is one of ours, and that tip's; `signed`: by the source's key;
    `fits`: it signs the challenge that was set. `last_day` is None where nothing was asked that it answers."""

    answer: str
    known: bool
    signed: bool
    fits: bool
    state: ClaimState
    reviewed: bool
    day: date
    last_day: date | None


def may_write_to(source: SourceKnown) -> Decision:
    """Whether this source is asked at all."""
    named = {"source": source.number}
    refusals = []
    if source.asked:
        refusals.append(
            Refusal(
                "awards.asked-whom",
                "Source {source} was asked already: its answer, or asking again, stands on this page.",
                named,
            )
        )
    if not source.wants_reward:
        refusals.append(
            Refusal(
                "awards.asked-whom",
                "Source {source} wanted no reward when it wrote: nothing is sent, and nothing can be paid to it.",
                named,
            )
        )
    if not source.may_ask:
        refusals.append(
            Refusal(
                "awards.asked-whom",
                "Source {source} wanted no messages: it can only be answered once it writes again.",
                named,
            )
        )
    if not source.mailbox_known:
        refusals.append(
            Refusal(
                "awards.asked-whom",
                "The mailbox of source {source} is not known: nothing can be sent to it.",
                named,
            )
        )
    return Decision(tuple(refusals))


def may_ask(facts: AskFacts) -> Decision:
    """Whether the sources are asked now: one at least can be, and each has time to look into its mailbox."""
    refusals = list(_in_time(facts.state))
    refusals += days_for_an_answer(facts.today, facts.answer_by).refusals
    against = [may_write_to(source).refusals for source in facts.sources]
    if all(against):
        refusals += [refusal for each in against for refusal in each]
    return Decision(tuple(refusals))


def may_ask_again(state: AwardState, *, today: date, answer_by: date) -> Decision:
    """Whether one source that declined or did not answer is asked once more."""
    return Decision((*_in_time(state), *days_for_an_answer(today, answer_by).refusals))


def days_for_an_answer(today: date, answer_by: date) -> Decision:
    """Whether a source has time to look into its mailbox, and an end."""
    first, last = today + timedelta(days=SHORTEST_DAYS), today + timedelta(days=LONGEST_DAYS)
    if first <= answer_by <= last:
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.answer-days",
                "The last day for an answer lies between {first} and {last}: choose one of those days.",
                {"first": first, "last": last},
            ),
        )
    )


def may_offer_review(state: AwardState, *, last_day: date | None, today: date, answered: bool) -> Decision:
    """Whether the sources of a refused award are told, and until when they may ask for another look."""
    refusals = []
    if state not in REFUSED:
        refusals.append(
            Refusal(
                "awards.review-offered", "A review is offered after a refusal; this award is not refused."
            )
        )
    elif last_day is None or today > last_day:
        refusals.append(
            Refusal(
                "awards.review-offered",
                "The days for a review are over, or the rule sheet has none: the decision stands.",
            )
        )
    if not answered:
        refusals.append(
            Refusal("awards.review-offered", "No source accepted to be considered: there is nobody to tell.")
        )
    return Decision(tuple(refusals))


def verdict(facts: AnswerFacts) -> Verdict:
    """What an answer is worth. Whatever is not in order moves nothing."""
    if not facts.known:
        return Verdict.UNKNOWN_CLAIM
    if not facts.signed:
        return Verdict.NOT_GENUINE
    if not facts.fits:
        return Verdict.WRONG_CHALLENGE
    if facts.answer == "collect":
        return Verdict.COLLECTED
    if facts.answer == "review":
        if facts.reviewed:
            return Verdict.ANSWERED_TWICE
        in_time = facts.last_day is not None and facts.day <= facts.last_day
        return Verdict.REVIEW if in_time else Verdict.TOO_LATE
    if facts.state in (ClaimState.ACCEPTED, ClaimState.DECLINED):
        return Verdict.ANSWERED_TWICE
    if facts.state == ClaimState.EXPIRED or facts.last_day is None or facts.day > facts.last_day:
        return Verdict.TOO_LATE
    return Verdict.ACCEPTED if facts.answer == "accept" else Verdict.DECLINED


def may_check(state: AwardState, *, source: str) -> Decision:
    """Whether a payee is checked now, against a list that can be found again."""
    refusals = []
    if state not in CHECKED:
        refusals.append(
            Refusal(
                "awards.check-in-time",
                "A payee is checked between the nomination and the hand-over; this award is {state}.",
                {"state": str(state)},
            )
        )
    if not source.strip() or len(source) > LONGEST_LIST:
        refusals.append(
            Refusal(
                "awards.check-named",
                "Name the list or the register, with its day, in at most {longest} characters.",
                {"longest": LONGEST_LIST},
            )
        )
    return Decision(tuple(refusals))


def may_keep_identity(*, ref: str, sealed: bool) -> Decision:
    """Whether this reference stands for an identity that is in the vault."""
    if sealed:
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.identity-kept",
                "There is no identity {ref} in the vault: seal it there first, then name its reference here.",
                {"ref": ref.strip() or "–"},
            ),
        )
    )


def _in_time(state: AwardState) -> tuple[Refusal, ...]:
    if state in ASKABLE:
        return ()
    return (
        Refusal(
            "awards.asked-in-time",
            "Sources are asked between the nomination and the voucher; this award is {state}.",
            {"state": str(state)},
        ),
    )


def may_expire(*, last_day: date, today: date) -> Decision:
    """Whether a question's last day is over. A day later it ends: an answer of that day may still wait to be opened."""
    if today > last_day + timedelta(days=1):
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.answer-days",
                "The source may answer until {last}: wait until the day after it is over.",
                {"last": last_day},
            ),
        )
    )
