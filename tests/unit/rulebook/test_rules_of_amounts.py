"""Each rule about the amount: one currency, every cap, the ceiling of the day, shares that come to the whole."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.rulebook.awards import (
    CRIME_STOPPERS,
    YES,
    a_board_award,
    a_payee,
    an_award,
    an_offer,
    says,
    usd,
)
from tipstaff.kernel.money import Money
from tipstaff.rulebook.facts import Designation, OtherPayment, RewardFacts
from tipstaff.rulebook.policy import Stage

S = Stage
EUROS = Money(80_000_00, "EUR")
GROUP = Designation(status="toc-group", since=date(2024, 6, 1))
FTO = Designation(status="fto", since=date(2025, 12, 16))


def of(amount: Money, **changes: object) -> RewardFacts:
    changes = {"offer": None, "payees": (a_payee(amount=amount),)} | changes
    return an_award(amount=amount, **changes)


@pytest.mark.parametrize(
    "facts",
    [
        an_award(amount=EUROS),
        an_award(payees=(a_payee(amount=EUROS),)),
        an_award(
            payees=(a_payee(other_payments=(OtherPayment(payer="Customs", amount=EUROS, offset=EUROS),)),)
        ),
        an_award(offer=an_offer(cap=EUROS)),
        an_award(offer=an_offer(condition_cap=EUROS)),
        an_award(offer=an_offer(committed=EUROS)),
        an_award(payment=replace(an_award().payment, available=EUROS)),
        an_award(outcome=replace(an_award().outcome, recovered=EUROS)),
    ],
)
def test_currency_is_one_in_every_amount(facts: RewardFacts) -> None:
    assert says("currency", S.NOMINATION, facts) == ["An amount is in EUR; this programme reckons in USD."]


def test_currency_of_the_sheet_passes() -> None:
    assert says("currency", S.PAYMENT, an_award()) == []


def test_r07_twenty_five_million_and_not_a_cent_more() -> None:
    assert says("R07-ceiling", S.NOMINATION, of(usd(25_000_000))) == []
    assert says("R07-ceiling", S.NOMINATION, of(Money(2_500_000_001, "USD"))) == [
        "USD 25,000,000.01 would pass the ceiling of USD 25,000,000.00 that held on 2026-05-01."
    ]


@pytest.mark.parametrize(
    "on, key_leader, kind, refused",
    [
        (date(2025, 12, 15), YES, "arrest", 1),
        (date(2025, 12, 16), YES, "arrest", 0),
        (date(2025, 12, 16), YES, "conviction", 1),
        (date(2025, 12, 16), "no", "arrest", 1),
    ],
)
def test_r07_the_ceiling_doubles_from_the_day_of_the_designation(on, key_leader, kind, refused) -> None:
    """The group was one of organised crime in June 2024 and a foreign terrorist organization from 16 December 2025."""
    outcome = replace(an_award().outcome, on=on, key_leader=key_leader, kind=kind)

    facts = of(usd(50_000_000), outcome=outcome, designations=(GROUP, FTO))

    assert len(says("R07-ceiling", S.NOMINATION, facts)) == refused
    assert len(says("R07-ceiling", S.NOMINATION, replace(facts, amount=usd(50_000_001)))) == 1


@pytest.mark.parametrize(
    "changes, refused",
    [
        ({}, 0),
        ({"exceeding": " "}, 1),
        ({"personally": False}, 1),
        ({"role": "delegate"}, 1),
    ],
)
def test_r07_only_the_secretary_personally_lifts_the_ceiling_with_a_reason(changes, refused) -> None:
    ruling = replace(an_award().ruling, exceeding="Necessary to combat terrorism.")
    facts = of(usd(26_000_000), ruling=replace(ruling, **changes))

    assert len(says("R07-ceiling", S.DECISION, facts)) == refused


def test_r07_under_crime_stoppers_the_class_has_its_cap() -> None:
    assert says("R07-ceiling", S.NOMINATION, a_board_award(amount=usd(2_500)), CRIME_STOPPERS) == []
    assert len(says("R07-ceiling", S.NOMINATION, a_board_award(amount=usd(2_501)), CRIME_STOPPERS)) == 1


def test_condition_cap_offer_cap_and_what_remains_are_each_said() -> None:
    offer = an_offer(committed=usd(1_950_000))

    facts = an_award(amount=usd(2_000_001), offer=offer)

    assert says("condition-cap", S.NOMINATION, facts) == [
        "USD 2,000,001.00 would pass the USD 1,000,000.00 that condition 1 promises."
    ]
    assert says("offer-cap", S.NOMINATION, facts) == [
        "USD 2,000,001.00 would pass the offer’s cap of USD 2,000,000.00."
    ]
    assert says("offer-remaining", S.NOMINATION, facts) == [
        "USD 2,000,001.00 would pass the USD 50,000.00 that other rewards have left of the offer’s cap."
    ]


def test_condition_cap_may_be_reached() -> None:
    assert says("condition-cap", S.NOMINATION, an_award(amount=usd(1_000_000))) == []


def test_offer_cap_may_be_reached() -> None:
    assert says("offer-cap", S.NOMINATION, an_award(amount=usd(2_000_000))) == []


def test_offer_remaining_may_be_used_up() -> None:
    offer = an_offer(committed=usd(1_920_000))

    assert says("offer-remaining", S.NOMINATION, an_award(offer=offer)) == []
    assert (
        len(says("offer-remaining", S.NOMINATION, an_award(amount=Money(80_000_01, "USD"), offer=offer))) == 1
    )


def test_split_comes_to_the_reward_exactly_and_gives_nobody_nothing() -> None:
    short = an_award(payees=(a_payee(amount=Money(79_999_99, "USD")),))
    empty = an_award(payees=(a_payee(), a_payee(source="S-2", tip="TIP-2", amount=usd(0))))

    assert says("split", S.DECISION, an_award()) == []
    assert says("split", S.NOMINATION, short) == []
    assert says("split", S.DECISION, short) == [
        "The shares come to USD 79,999.99, the reward is USD 80,000.00."
    ]
    assert says("split", S.DECISION, empty) == [
        "Source S-2 would get nothing: leave the source out, or deny it."
    ]


def test_r16_the_funds_are_there() -> None:
    def holding(available: Money | None) -> RewardFacts:
        return an_award(payment=replace(an_award().payment, available=available))

    assert says("R16-funds", S.DECISION, holding(usd(80_000))) == []
    assert says("R16-funds", S.DECISION, holding(usd(79_999))) == [
        "USD 80,000.00 would pass the USD 79,999.00 that are available."
    ]
    assert says("R16-funds", S.DECISION, holding(None)) == [
        "Nobody has looked yet what the programme’s account holds."
    ]
