"""The fiscal year, the ways of money, and every refusal with its sentence; no database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipstaff.kernel.money import Money
from tipstaff.ledger import policy
from tipstaff.ledger.states import (
    OF_A_COMMITMENT,
    OF_THE_FUND,
    WAYS,
    AccountKind,
    TransferKind,
    Way,
    is_a_way,
)

HUNDRED = Money(100_00, "USD")
THOUSAND = Money(1_000_00, "USD")


@pytest.mark.parametrize(
    "day, year",
    [
        (date(2026, 9, 30), 2026),
        (date(2026, 10, 1), 2027),
        (date(2026, 12, 31), 2027),
        (date(2027, 1, 1), 2027),
        (date(2027, 9, 30), 2027),
        (date(2024, 2, 29), 2024),
    ],
)
def test_a_fiscal_year_runs_from_october_to_september(day, year):
    assert policy.fiscal_year(day) == year


@given(st.dates(max_value=date(9998, 12, 31)))
def test_every_day_lies_in_the_fiscal_year_of_its_name(day):
    year = policy.fiscal_year(day)

    assert (year - 1, 10, 1) <= (day.year, day.month, day.day) <= (year, 9, 30)


def test_every_kind_but_the_reversal_has_one_way():
    assert WAYS.keys() | {TransferKind.REVERSE} == set(TransferKind)
    assert OF_THE_FUND | OF_A_COMMITMENT == WAYS.keys()
    assert len(set(WAYS.values())) == len(WAYS)
    assert {end for way in WAYS.values() for end in (way.credit, way.debit)} == set(AccountKind)


@pytest.mark.parametrize("kind", TransferKind)
def test_only_its_own_way_is_a_way(kind):
    every = {Way(credit, debit) for credit in AccountKind for debit in AccountKind}
    ways = {way for way in every if is_a_way(kind, way.credit, way.debit)}

    backwards = {Way(way.debit, way.credit) for way in WAYS.values()}
    assert ways == (backwards if kind is TransferKind.REVERSE else {WAYS[kind]})


def appropriating(**changes):
    facts = {
        "amount": THOUSAND,
        "reference": "Act 1",
        "year": 2027,
        "today": date(2026, 11, 20),
        "stated_compartment": "harbour",
        "compartment": "harbour",
        "currency": "USD",
    }
    return policy.may_appropriate(policy.AppropriationFacts(**facts | changes))


@pytest.mark.parametrize(
    "changes",
    [{}, {"year": 2028}, {"year": 1985}, {"compartment": None, "currency": None}],
    ids=str,
)
def test_what_may_be_appropriated(changes):
    assert appropriating(**changes).allowed


@pytest.mark.parametrize(
    "changes, rule, because",
    [
        (
            {"amount": Money(0, "USD")},
            "ledger.amount",
            "USD 0.00 cannot be moved: an amount is more than nothing and at most USD 100,000,000,000.00.",
        ),
        (
            {"amount": Money(-1, "USD")},
            "ledger.amount",
            "USD -0.01 cannot be moved: an amount is more than nothing and at most USD 100,000,000,000.00.",
        ),
        (
            {"amount": Money(policy.LARGEST + 1, "USD")},
            "ledger.amount",
            "USD 100,000,000,000.01 cannot be moved: an amount is more than nothing and at most USD 100,000,000,000.00.",
        ),
        (
            {"amount": Money(1, "EUR")},
            "ledger.currency",
            "EUR 0.01 is in EUR, and these books are kept in USD: state the amount in USD.",
        ),
        (
            {"year": 2029},
            "ledger.fiscal-year",
            "Fiscal year 2029 is not between 1985 and 2028: name one that has begun, or the next.",
        ),
        (
            {"year": 1984},
            "ledger.fiscal-year",
            "Fiscal year 1984 is not between 1985 and 2028: name one that has begun, or the next.",
        ),
        (
            {"stated_compartment": "ridge"},
            "ledger.programme-stays",
            "A programme of this code has its books in another compartment: give the new one another code.",
        ),
        ({"reference": " "}, "ledger.subject", "Name what it is for, in one line of at most 64 characters."),
        (
            {"reference": "a\nb"},
            "ledger.subject",
            "Name what it is for, in one line of at most 64 characters.",
        ),
        (
            {"reference": "x" * 65},
            "ledger.subject",
            "Name what it is for, in one line of at most 64 characters.",
        ),
    ],
)
def test_what_may_not_be_appropriated(changes, rule, because):
    (refusal,) = appropriating(**changes).refusals

    assert (refusal.rule, refusal.because) == (rule, because)


def test_every_reason_is_given_at_once():
    decision = appropriating(amount=Money(0, "EUR"), year=2050, reference="", stated_compartment="ridge")

    assert [refusal.rule for refusal in decision.refusals] == [
        "ledger.amount",
        "ledger.currency",
        "ledger.subject",
        "ledger.fiscal-year",
        "ledger.programme-stays",
    ]


def taking(asked, there=THOUSAND, committed=None):
    decision = policy.may_take(policy.TakingFacts(asked=asked, there=there, committed=committed))
    return [(refusal.rule, refusal.because) for refusal in decision.refusals]


def test_what_is_there_may_be_taken_to_the_last_cent():
    assert taking({"A": THOUSAND}) == []
    assert taking({"A": HUNDRED, "B": Money(900_00, "USD")}) == []
    assert taking({"A": HUNDRED}, committed={"A": HUNDRED}) == []


def test_what_is_not_there_may_not():
    short = "USD 1,000.01 is asked for, and USD 1,000.00 is available."

    assert taking({"A": Money(1_000_01, "USD")}) == [("ledger.funds-available", short)]
    assert taking({"A": THOUSAND, "B": Money(1, "USD")}) == [("ledger.funds-available", short)]
    assert [rule for rule, _ in taking({})] == ["ledger.amount"]


def test_one_awards_commitment_does_not_pay_for_another():
    committed = {"A": HUNDRED, "B": THOUSAND}

    assert taking({"A": Money(100_01, "USD")}, committed=committed) == [
        ("ledger.nothing-committed", "USD 100.01 is asked for, and USD 100.00 is committed for A.")
    ]
    assert taking({"C": Money(1, "USD")}, committed=committed) == [
        ("ledger.nothing-committed", "USD 0.01 is asked for, and USD 0.00 is committed for C.")
    ]


def test_another_currency_is_refused_before_it_is_compared():
    assert [rule for rule, _ in taking({"A": Money(1, "EUR")}, committed={"A": HUNDRED})] == [
        "ledger.currency"
    ]


def reversing(**changes):
    facts = {
        "number": 7,
        "kind": TransferKind.COMMIT,
        "may": OF_A_COMMITMENT,
        "reversed_by": None,
        "reason": "typo",
    }
    decision = policy.may_reverse(policy.ReversalFacts(**facts | changes))
    return [(refusal.rule, refusal.because) for refusal in decision.refusals]


def test_a_transfer_is_reversed_once_by_those_whose_it_is_and_for_a_reason():
    assert reversing() == []
    assert reversing(reversed_by=9) == [
        ("ledger.reversed-already", "Transfer 7 was reversed already, by transfer 9.")
    ]
    assert reversing(kind=TransferKind.RETURN) == [
        ("ledger.reversal-fits", "Transfer 7 is not reversed here, but where it was decided.")
    ]
    assert reversing(kind=TransferKind.REVERSE) == [
        ("ledger.reversal-fits", "Transfer 7 is itself a reversal: make the first transfer anew instead.")
    ]
    assert reversing(reason=" ") == [
        ("ledger.reason-given", "Say why, in at most 500 characters: the books keep the reason.")
    ]


@pytest.mark.parametrize("kind", TransferKind)
def test_who_takes_back_says_why_and_nobody_at_length(kind):
    asked = kind in {TransferKind.RELEASE, TransferKind.RETURN, TransferKind.REVERSE}

    assert policy.needs_reason(kind, "").allowed != asked
    assert policy.needs_reason(kind, "x" * 500).allowed
    assert not policy.needs_reason(kind, "x" * 501).allowed


def test_without_books_nothing_moves():
    (refusal,) = policy.may_open("harbour-2026", 2027, is_open=False).refusals

    assert refusal.because == (
        "harbour-2026 has no books for fiscal year 2027: a treasurer opens them by an appropriation."
    )
    assert policy.may_open("harbour-2026", 2027, is_open=True).allowed


def test_every_rule_says_what_it_rests_on():
    from tests.house.generate import rules

    assert {rule for rule in rules() if rule.startswith("ledger.")} == policy.RULES.keys()
