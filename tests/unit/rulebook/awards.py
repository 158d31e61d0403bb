"""An award that every rule lets pass, under each shipped sheet and under one of recoveries; tests spoil it by one fact."""

from dataclasses import replace
from datetime import date
from typing import Any

from tipstaff.kernel.money import Money
from tipstaff.rulebook.facts import (
    Answer,
    Change,
    Committee,
    Designation,
    OfferTerms,
    Outcome,
    Payee,
    Payment,
    RewardFacts,
    Ruling,
    Score,
)
from tipstaff.rulebook.policy import Stage, check
from tipstaff.rulebook.sheet import Computation, Form, Recovery, Sheet
from tipstaff.rulebook.sheet_file import shipped

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
PUBLISHED = date(2026, 2, 2)
TOLD = date(2026, 3, 1)
ACHIEVED = date(2026, 5, 1)
REFERRED = date(2026, 6, 1)
ANSWERED = date(2026, 6, 20)
CONCURRED = date(2026, 6, 25)
DECIDED = date(2026, 7, 1)
CERTIFIED = date(2026, 7, 2)
PAID = date(2026, 8, 1)
REPORTED = date(2026, 8, 20)
TODAY = date(2026, 8, 31)

TOCRP = shipped("tocrp")
CRIME_STOPPERS = shipped("crime-stoppers")
# A sheet of the third computation, as the law on securities whistleblowers has it: 15 U.S.C. 78u-6.
RECOVERIES: Sheet = replace(
    TOCRP,
    code="recoveries",
    computation=Computation.RECOVERY,
    paragraphs=(),
    offers=replace(TOCRP.offers, needed=False),
    caps=replace(TOCRP.caps, reward=None, leader=None),
    recovery=Recovery(least_percent=10, most_percent=30, above=Money(1_000_000_00, "USD")),
)


def usd(dollars: int) -> Money:
    return Money(dollars * 100, "USD")


def a_payee(**changes: Any) -> Payee:
    """Source 1 of Harbour, who saw the Grey Gull company's boats and told it first."""
    payee = Payee(
        source="S-1",
        tip="TIP-1",
        tip_on=TOLD,
        amount=usd(80_000),
        led_to=YES,
        individual=YES,
        official=NO,
        on_duty=NO,
        took_part=NO,
        convicted=NO,
        knowingly_false=NO,
        sanctioned=NO,
        payers_asked=YES,
        protection_needed=NO,
    )
    return replace(payee, **changes)


def an_offer(**changes: Any) -> OfferTerms:
    """HBR-1, public without a break since its first day."""
    offer = OfferTerms(
        ref="HBR-1",
        version=1,
        published_on=PUBLISHED,
        cap=usd(2_000_000),
        condition=1,
        condition_outcome="arrest_and_or_conviction",
        condition_paragraphs=("b8", "b9"),
        condition_cap=usd(1_000_000),
        committed=usd(0),
        changes=(Change(on=PUBLISHED, state="published", version=1),),
        sheet="tocrp",
        sheet_number=1,
        reported_on=date(2026, 1, 1),
    )
    return replace(offer, **changes)


def an_award(**changes: Any) -> RewardFacts:
    """An award of $80,000 that may take every stage under `tocrp`."""
    facts = RewardFacts(
        today=TODAY,
        sheet="tocrp",
        sheet_number=1,
        outcome=Outcome(
            ref="OUT-1", kind="arrest", on=ACHIEVED, paragraph="b8", abroad=YES, key_leader=NO, federal_jurisdiction=YES
        ),
        amount=usd(80_000),
        payees=(a_payee(),),
        offer=an_offer(),
        designations=(Designation(status="toc-group", since=date(2024, 6, 1)),),
        scores=tuple(Score(factor=factor.code, level=2) for factor in TOCRP.factors),
        committee=Committee(
            referred_on=REFERRED, answered_on=ANSWERED, members=("ida", "jon", "kim"), present=3, in_favour=3, against=0
        ),
        ruling=Ruling(
            decider="sol", role="secretary", personally=True, on=DECIDED, concurred_on=CONCURRED,
            certifier_role="secretary", certified_on=CERTIFIED,
        ),
        payment=Payment(
            forms=(Form.MONEY,), available=usd(500_000), on=PAID, reported_on=REPORTED, year_reported_on=None,
            authorization_reported_on=date(2026, 7, 16),
        ),
    )  # fmt: skip
    return replace(facts, **changes)


def a_board_award(**changes: Any) -> RewardFacts:
    """An award of $2,000 that may take every stage under `crime-stoppers`."""
    facts = an_award(
        sheet="crime-stoppers",
        offer=None,
        outcome=replace(an_award().outcome, kind="seizure", paragraph="", crime_class="violent"),
        amount=usd(2_000),
        payees=(a_payee(amount=usd(2_000)),),
        scores=(),
        committee=replace(an_award().committee, present=5, in_favour=5),
        ruling=replace(an_award().ruling, decider="ida", role="board", certifier_role="board"),
        payment=replace(an_award().payment, forms=(Form.CASH_BY_NUMBER,)),
    )
    return replace(facts, **changes)


def a_recovery(**changes: Any) -> RewardFacts:
    """An award of a fifth of $5,000,000 that may take every stage under the sheet of recoveries."""
    facts = an_award(
        sheet="recoveries",
        offer=None,
        outcome=replace(an_award().outcome, recovered=usd(5_000_000)),
        amount=usd(1_000_000),
        payees=(a_payee(amount=usd(1_000_000)),),
        percent=20,
        payment=replace(an_award().payment, available=usd(1_000_000)),
    )
    return replace(facts, **changes)


AWARDS = ((an_award(), TOCRP), (a_board_award(), CRIME_STOPPERS), (a_recovery(), RECOVERIES))


def says(id: str, stage: Stage, facts: RewardFacts, sheet: Sheet = TOCRP) -> list[str]:
    """What the rule of that id refuses at `stage`, in its own words."""
    return [
        refusal.because for refusal in check(stage, facts, sheet).refusals if refusal.rule == f"rulebook.{id}"
    ]
