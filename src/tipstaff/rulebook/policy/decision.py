"""Rules about deciding: the committee's clock and vote, concurrence, who may decide, who certifies, what is final."""

from collections.abc import Iterator
from datetime import timedelta

from tipstaff.kernel.decision import Refusal
from tipstaff.rulebook.facts import Answer, RewardFacts
from tipstaff.rulebook.policy.ceiling import passes
from tipstaff.rulebook.policy.rule import FROM_DECISION, S, Stage, rule
from tipstaff.rulebook.sheet import Sheet

CERTIFIED = FROM_DECISION[1:]


@rule(
    "rulebook.committee-clock",
    "The committee answers in time, or says what good cause it had not to.",
    "28 CFR 13.5",
    stages=(S.RECOMMENDATION,),
    reads=("deadlines.committee",),
    applies=lambda sheet: sheet.deadlines.committee is not None,
)
def committee_clock(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Counted from the referral; an answer on the last day is in time."""
    committee, days = facts.committee, sheet.deadlines.committee
    assert days is not None, "asked only where there is a clock"
    if committee.referred_on is None:
        yield Refusal("rulebook.committee-clock", "The matter was not referred to the committee yet.")
        return
    last, answered = committee.referred_on + timedelta(days=days), committee.answered_on or facts.today
    if answered > last and not committee.good_cause.strip():
        yield Refusal(
            "rulebook.committee-clock",
            "The committee had until {last} and no good cause is recorded for {answered}.",
            {"last": last, "answered": answered},
        )


@rule(
    "rulebook.quorum",
    "A quorum was present, and more voted for it than against.",
    "Rule of the programme",
    stages=(S.RECOMMENDATION, S.DECISION),
    reads=("decisions.quorum",),
)
def quorum(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """A recommendation to decline is no refusal of this rule: it asks before one in favour is acted upon."""
    committee, wanted = facts.committee, sheet.decisions.quorum
    if committee.present < wanted:
        yield Refusal(
            "rulebook.quorum",
            "{present} were present; the quorum is {quorum}.",
            {"present": committee.present, "quorum": wanted},
        )
    if committee.in_favour <= committee.against:
        yield Refusal(
            "rulebook.quorum",
            "{in_favour} voted for it and {against} against.",
            {"in_favour": committee.in_favour, "against": committee.against},
        )


@rule(
    "rulebook.R04-concurrence",
    "Where there is federal criminal jurisdiction, the Attorney General concurred before the reward was made.",
    "22 U.S.C. 2708(c)(2)",
    stages=FROM_DECISION,
    reads=("decisions.concurrence",),
    applies=lambda sheet: sheet.decisions.concurrence,
)
def concurrence(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Afterwards is too late, on whatever day it is looked at."""
    asked, ruling = facts.outcome.federal_jurisdiction, facts.ruling
    decided = ruling.on or facts.today
    if asked == Answer.UNKNOWN:
        yield Refusal(
            "rulebook.R04-concurrence", "Whether there is federal criminal jurisdiction is not answered yet."
        )
    elif asked == Answer.YES and ruling.concurred_on is None:
        yield Refusal(
            "rulebook.R04-concurrence",
            "There is federal criminal jurisdiction and the Attorney General has not concurred.",
        )
    elif asked == Answer.YES and ruling.concurred_on and ruling.concurred_on > decided:
        yield Refusal(
            "rulebook.R04-concurrence",
            "The concurrence is of {concurred}, after the decision of {decided}.",
            {"concurred": ruling.concurred_on, "decided": decided},
        )


@rule(
    "rulebook.R05-secretary-decides",
    "Above the threshold the Secretary decides personally; that is not delegated.",
    "22 U.S.C. 2708(e)(2), (4)",
    stages=FROM_DECISION,
    reads=("decisions.personally_above", "decisions.personally_by"),
    applies=lambda sheet: sheet.decisions.personally_above is not None,
)
def secretary_decides(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Exactly at the threshold a delegate may still decide: the statute says "exceeding"."""
    ruling, threshold = facts.ruling, sheet.decisions.personally_above
    personally = ruling.personally and ruling.role == sheet.decisions.personally_by
    if passes(facts.amount, threshold) and not personally:
        yield Refusal(
            "rulebook.R05-secretary-decides",
            "{amount} is more than {threshold}: the Secretary decides that personally, and it cannot be delegated.",
            {"amount": facts.amount, "threshold": threshold},
        )


@rule(
    "rulebook.may-decide",
    "Whoever decides has the office or a delegation in force, and for this amount.",
    "22 U.S.C. 2708(e)(4)",
    stages=FROM_DECISION,
    reads=("decisions.deciders",),
)
def may_decide(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """A delegation is looked at on the day of the decision, not on the day of a later question."""
    ruling = facts.ruling
    decider = next((each for each in sheet.decisions.deciders if each.role == ruling.role), None)
    if decider is None:
        yield Refusal("rulebook.may-decide", "The sheet lets no {role} decide.", {"role": ruling.role or "–"})
        return
    if decider.up_to and passes(facts.amount, decider.up_to):
        yield Refusal(
            "rulebook.may-decide",
            "A {role} decides up to {limit}; this is {amount}.",
            {"role": decider.role, "limit": decider.up_to, "amount": facts.amount},
        )
    day = ruling.on or facts.today
    since, until = ruling.delegated_since, ruling.delegated_until
    if decider.delegable and (since is None or day < since or (until is not None and until < day)):
        yield Refusal(
            "rulebook.may-decide",
            "No delegation to this {role} was in force on {on}.",
            {"role": decider.role, "on": day},
        )


@rule(
    "rulebook.decider-apart",
    "Whoever decides did not sit on the committee.",
    "Separation of duties",
    stages=FROM_DECISION,
    reads=("decisions.member_decides",),
    applies=lambda sheet: not sheet.decisions.member_decides,
)
def decider_apart(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Where a board decides by its own vote, the sheet says so and this is not asked."""
    if facts.ruling.decider and facts.ruling.decider in facts.committee.members:
        yield Refusal(
            "rulebook.decider-apart",
            "{decider} sat on the committee that advised on this award.",
            {"decider": facts.ruling.decider},
        )


@rule(
    "rulebook.R06-certified",
    "The reward was approved and certified for payment.",
    "22 U.S.C. 2708(e)(3)",
    stages=CERTIFIED,
    reads=("decisions.certified_by",),
    applies=lambda sheet: bool(sheet.decisions.certified_by),
)
def certified(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """On certification: by whom. On payment: that it was done, and not before the decision."""
    ruling = facts.ruling
    if ruling.on is None:
        yield Refusal("rulebook.R06-certified", "There is no decision to certify.")
    if ruling.certifier_role not in sheet.decisions.certified_by:
        yield Refusal(
            "rulebook.R06-certified",
            "The sheet lets no {role} certify.",
            {"role": ruling.certifier_role or "–"},
        )
    if stage == Stage.PAYMENT and ruling.certified_on is None:
        yield Refusal("rulebook.R06-certified", "It is not certified for payment.")
    if ruling.on and ruling.certified_on and ruling.certified_on < ruling.on:
        yield Refusal(
            "rulebook.R06-certified",
            "It was certified on {certified}, before the decision of {decided}.",
            {"certified": ruling.certified_on, "decided": ruling.on},
        )


@rule(
    "rulebook.R15-final",
    "A decision is final; another look is a courtesy, asked for within the days of the sheet.",
    "22 U.S.C. 2708(j)",
    stages=(S.DECISION,),
    reads=("deadlines.reconsideration",),
)
def final(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Without such days in the sheet nothing is decided twice."""
    again, days = facts.reconsideration, sheet.deadlines.reconsideration
    if again is None:
        return
    if days is None:
        yield Refusal(
            "rulebook.R15-final", "The decision of {decided} is final.", {"decided": again.decided_on}
        )
    elif again.asked_on > again.decided_on + timedelta(days=days):
        yield Refusal(
            "rulebook.R15-final",
            "The decision of {decided} is final: another look had to be asked for by {last}.",
            {"decided": again.decided_on, "last": again.decided_on + timedelta(days=days)},
        )
