"""Each gate of a payee: barred, open, passed; and what is open may stay so while a reward is only nominated."""

from datetime import timedelta

import pytest

from tests.unit.rulebook.awards import (
    ACHIEVED,
    CRIME_STOPPERS,
    NO,
    TOLD,
    UNKNOWN,
    YES,
    a_board_award,
    a_payee,
    an_award,
    says,
    usd,
)
from tipstaff.kernel.money import Money
from tipstaff.rulebook.facts import Answer, OtherPayment, RewardFacts
from tipstaff.rulebook.policy import Stage

S = Stage
DAY = timedelta(days=1)


def paying(**changes: object) -> RewardFacts:
    return an_award(payees=(a_payee(**changes),))


def test_payee_named_at_every_stage() -> None:
    assert [len(says("payee-named", stage, an_award(payees=()))) for stage in S] == [1] * len(S)
    assert says("payee-named", S.NOMINATION, an_award()) == []


@pytest.mark.parametrize(
    "answer, at_nomination, later",
    [
        (YES, [], []),
        (NO, ["Source S-1 is not an individual."], ["Source S-1 is not an individual."]),
        (UNKNOWN, [], ["Whether source S-1 is an individual is not answered yet."]),
    ],
)
def test_r02_whoever_is_paid_is_an_individual(answer, at_nomination, later) -> None:
    assert says("R02-individual", S.NOMINATION, paying(individual=answer)) == at_nomination
    assert says("R02-individual", S.ELIGIBILITY, paying(individual=answer)) == later


@pytest.mark.parametrize(
    "official, on_duty, said",
    [
        (NO, UNKNOWN, []),
        (YES, NO, []),
        (YES, YES, ["Source S-1 is an official who told this while on duty."]),
        (YES, UNKNOWN, ["Whether source S-1 told this on duty is not answered yet."]),
        (UNKNOWN, UNKNOWN, ["Whether source S-1 is an official is not answered yet."]),
    ],
)
def test_r03_an_official_on_duty_is_not_paid_and_one_off_duty_is(official, on_duty, said) -> None:
    assert says("R03-official", S.ELIGIBILITY, paying(official=official, on_duty=on_duty)) == said


def test_r03_under_crime_stoppers_no_official_is_paid() -> None:
    off_duty = a_board_award(payees=(a_payee(official=YES, on_duty=NO),))

    assert says("R03-official", S.NOMINATION, off_duty, CRIME_STOPPERS) == [
        "Source S-1 is an official, and officials are not paid under this sheet."
    ]


def test_led_to_is_attested_and_never_told_afterwards() -> None:
    assert says("led-to", S.NOMINATION, paying(led_to=UNKNOWN)) == []
    assert says("led-to", S.ELIGIBILITY, paying(led_to=UNKNOWN)) == [
        "Nobody has attested that the information of source S-1 led to the outcome."
    ]
    assert says("led-to", S.NOMINATION, paying(led_to=NO)) == [
        "The information of source S-1 did not lead to the outcome."
    ]
    assert says("led-to", S.NOMINATION, paying(tip_on=ACHIEVED)) == []
    assert says("led-to", S.NOMINATION, paying(tip_on=ACHIEVED + DAY)) == [
        "Source S-1 told on 2026-05-02, after the outcome of 2026-05-01."
    ]


def test_known_before_the_tip_is_nothing_new() -> None:
    assert says("known-before", S.NOMINATION, paying(known_since=TOLD)) == []
    assert says("known-before", S.NOMINATION, paying(known_since=TOLD - DAY)) == [
        "What source S-1 told on 2026-03-01 was known since 2026-02-28."
    ]


@pytest.mark.parametrize("answer, at_nomination, later", [(NO, 0, 0), (YES, 1, 1), (UNKNOWN, 0, 1)])
@pytest.mark.parametrize(
    "rule, fact",
    [("took-part", "took_part"), ("convicted", "convicted"), ("knowingly-false", "knowingly_false")],
)
def test_took_part_convicted_or_knowingly_false_is_not_paid(
    rule: str, fact: str, answer: Answer, at_nomination: int, later: int
) -> None:
    facts = paying(**{fact: answer})

    assert [len(says(rule, stage, facts)) for stage in (S.NOMINATION, S.ELIGIBILITY)] == [
        at_nomination,
        later,
    ]


def test_convicted_is_said_in_words() -> None:
    assert says("convicted", S.PAYMENT, paying(convicted=YES)) == [
        "Source S-1 was convicted for what the information is about."
    ]


def test_knowingly_false_is_said_in_words() -> None:
    assert says("knowingly-false", S.PAYMENT, paying(knowingly_false=YES)) == [
        "Source S-1 told something false on purpose."
    ]


def test_sanctioned_or_not_screened_is_not_paid() -> None:
    assert says("sanctioned", S.ELIGIBILITY, paying(sanctioned=NO)) == []
    assert says("sanctioned", S.ELIGIBILITY, paying(sanctioned=YES)) == [
        "Source S-1 stands on a sanctions list."
    ]
    assert says("sanctioned", S.PAYMENT, paying(sanctioned=UNKNOWN)) == [
        "Source S-1 is not screened against the sanctions lists yet."
    ]


def test_tip_in_two_claims_is_paid_in_neither_before_one_is_given_up() -> None:
    twice = an_award(payees=(a_payee(), a_payee(source="S-2")))

    assert says("tip-in-two-claims", S.NOMINATION, paying(claims=("AWD-7",))) == [
        "The tip of source S-1 is claimed in AWD-7 too."
    ]
    assert says("tip-in-two-claims", S.NOMINATION, twice) == [
        "The tip of source S-2 stands in this award twice."
    ]
    assert says("tip-in-two-claims", S.NOMINATION, an_award()) == []


def test_r10_what_other_payers_gave_is_asked_for_and_taken_off() -> None:
    def paid(offset: Money) -> RewardFacts:
        return paying(other_payments=(OtherPayment(payer="Customs", amount=usd(500), offset=offset),))

    assert says("R10-other-payers", S.ELIGIBILITY, paying(payers_asked=UNKNOWN)) == [
        "The other agencies were not asked yet what they paid source S-1."
    ]
    assert says("R10-other-payers", S.ELIGIBILITY, paid(usd(500))) == []
    assert says("R10-other-payers", S.DECISION, paid(usd(499))) == [
        "Customs paid source S-1 USD 500.00, of which only USD 499.00 is taken off."
    ]
    assert len(says("R10-other-payers", S.DECISION, paid(Money(500_00, "EUR")))) == 1


def test_every_payee_is_asked_and_every_reason_is_given() -> None:
    payees = (
        a_payee(),
        a_payee(source="S-2", tip="TIP-2", individual=NO),
        a_payee(source="S-3", tip="TIP-3", individual=NO),
    )

    assert says("R02-individual", S.NOMINATION, an_award(payees=payees)) == [
        "Source S-2 is not an individual.",
        "Source S-3 is not an individual.",
    ]
