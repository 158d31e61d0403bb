"""Each rule about deciding: the clock, the vote, concurrence, who decides and certifies, and what is final."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.rulebook.awards import (
    CERTIFIED,
    CRIME_STOPPERS,
    DECIDED,
    NO,
    REFERRED,
    TOCRP,
    UNKNOWN,
    YES,
    a_board_award,
    an_award,
    says,
    usd,
)
from tipstaff.kernel.money import Money
from tipstaff.rulebook.facts import Reconsideration, RewardFacts
from tipstaff.rulebook.policy import Stage

S = Stage
DAY = timedelta(days=1)


def ruled(**changes: object) -> RewardFacts:
    return an_award(ruling=replace(an_award().ruling, **changes))  # type: ignore[arg-type]  # named facts of a ruling


def seated(**changes: object) -> RewardFacts:
    return an_award(committee=replace(an_award().committee, **changes))  # type: ignore[arg-type]  # as above


def test_committee_clock_runs_sixty_days_from_the_referral() -> None:
    assert says("committee-clock", S.RECOMMENDATION, seated(answered_on=REFERRED + 60 * DAY)) == []
    assert says("committee-clock", S.RECOMMENDATION, seated(answered_on=REFERRED + 61 * DAY)) == [
        "The committee had until 2026-07-31 and no good cause is recorded for 2026-08-01."
    ]
    assert (
        says(
            "committee-clock",
            S.RECOMMENDATION,
            seated(answered_on=REFERRED + 61 * DAY, good_cause="A trial."),
        )
        == []
    )
    assert len(says("committee-clock", S.RECOMMENDATION, seated(answered_on=None))) == 1
    assert says("committee-clock", S.RECOMMENDATION, seated(referred_on=None)) == [
        "The matter was not referred to the committee yet."
    ]


def test_quorum_and_a_majority_in_favour() -> None:
    assert says("quorum", S.RECOMMENDATION, seated(present=3, in_favour=2, against=1)) == []
    assert says("quorum", S.RECOMMENDATION, seated(present=2, in_favour=1, against=1)) == [
        "2 were present; the quorum is 3.",
        "1 voted for it and 1 against.",
    ]


def test_r04_the_attorney_general_concurs_before_the_reward_is_made() -> None:
    def jurisdiction(answer: object) -> RewardFacts:
        facts = ruled(concurred_on=None)
        return replace(facts, outcome=replace(facts.outcome, federal_jurisdiction=answer))  # type: ignore[arg-type]  # as above

    assert says("R04-concurrence", S.DECISION, an_award()) == []
    assert says("R04-concurrence", S.DECISION, jurisdiction(NO)) == []
    assert says("R04-concurrence", S.DECISION, jurisdiction(YES)) == [
        "There is federal criminal jurisdiction and the Attorney General has not concurred."
    ]
    assert says("R04-concurrence", S.DECISION, jurisdiction(UNKNOWN)) == [
        "Whether there is federal criminal jurisdiction is not answered yet."
    ]
    assert says("R04-concurrence", S.PAYMENT, ruled(concurred_on=DECIDED)) == []
    assert says("R04-concurrence", S.PAYMENT, ruled(concurred_on=DECIDED + DAY)) == [
        "The concurrence is of 2026-07-02, after the decision of 2026-07-01."
    ]


@pytest.mark.parametrize(
    "amount, role, personally, refused",
    [
        (usd(100_000), "delegate", False, 0),
        (Money(100_000_01, "USD"), "delegate", False, 1),
        (Money(100_000_01, "USD"), "secretary", False, 1),
        (Money(100_000_01, "USD"), "delegate", True, 1),
        (Money(100_000_01, "USD"), "secretary", True, 0),
    ],
)
def test_r05_above_the_threshold_only_the_secretary_personally(amount, role, personally, refused) -> None:
    facts = replace(ruled(role=role, personally=personally), amount=amount)

    assert len(says("R05-secretary-decides", S.DECISION, facts)) == refused


def test_r05_says_that_it_cannot_be_delegated() -> None:
    facts = replace(ruled(role="delegate", personally=False), amount=usd(250_000))

    assert says("R05-secretary-decides", S.CERTIFICATION, facts) == [
        "USD 250,000.00 is more than USD 100,000.00: the Secretary decides that personally, and it cannot be delegated."
    ]


def test_may_decide_by_office_or_by_a_delegation_in_force_on_the_day_of_the_decision() -> None:
    delegate = {
        "role": "delegate",
        "personally": False,
        "delegated_since": DECIDED,
        "delegated_until": DECIDED,
    }

    assert says("may-decide", S.DECISION, an_award()) == []
    assert says("may-decide", S.PAYMENT, ruled(**delegate)) == []
    for changes in (
        {"delegated_since": None},
        {"delegated_since": DECIDED + DAY},
        {"delegated_until": DECIDED - DAY},
    ):
        assert says("may-decide", S.DECISION, ruled(**delegate | changes)) == [
            "No delegation to this delegate was in force on 2026-07-01."
        ]
    assert says("may-decide", S.DECISION, ruled(role="clerk")) == ["The sheet lets no clerk decide."]


def test_may_decide_up_to_a_limit() -> None:
    facts = replace(ruled(role="delegate", delegated_since=DECIDED), amount=usd(100_001))

    assert says("may-decide", S.DECISION, facts) == [
        "A delegate decides up to USD 100,000.00; this is USD 100,001.00."
    ]


def test_decider_apart_from_the_committee() -> None:
    assert says("decider-apart", S.DECISION, an_award()) == []
    assert says("decider-apart", S.DECISION, ruled(decider="jon")) == [
        "jon sat on the committee that advised on this award."
    ]
    assert says("decider-apart", S.DECISION, a_board_award(), CRIME_STOPPERS) == []


def test_r06_every_reward_is_certified_after_it_was_approved() -> None:
    assert says("R06-certified", S.PAYMENT, an_award()) == []
    assert says("R06-certified", S.CERTIFICATION, ruled(certified_on=None)) == []
    assert says("R06-certified", S.PAYMENT, ruled(certified_on=None)) == ["It is not certified for payment."]
    assert says("R06-certified", S.CERTIFICATION, ruled(on=None, certified_on=None)) == [
        "There is no decision to certify."
    ]
    assert says("R06-certified", S.CERTIFICATION, ruled(certifier_role="clerk")) == [
        "The sheet lets no clerk certify."
    ]
    assert says("R06-certified", S.PAYMENT, ruled(on=CERTIFIED + DAY)) == [
        "It was certified on 2026-07-02, before the decision of 2026-07-03."
    ]


def test_r15_a_decision_is_final_once_the_days_for_another_look_are_over() -> None:
    def asked(days: int) -> RewardFacts:
        return an_award(reconsideration=Reconsideration(decided_on=DECIDED, asked_on=DECIDED + days * DAY))

    without = replace(TOCRP, deadlines=replace(TOCRP.deadlines, reconsideration=None))

    assert says("R15-final", S.DECISION, an_award()) == []
    assert says("R15-final", S.DECISION, asked(30)) == []
    assert says("R15-final", S.DECISION, asked(31)) == [
        "The decision of 2026-07-01 is final: another look had to be asked for by 2026-07-31."
    ]
    assert says("R15-final", S.DECISION, asked(1), without) == ["The decision of 2026-07-01 is final."]
