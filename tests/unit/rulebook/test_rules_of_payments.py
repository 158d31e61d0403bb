"""Each rule about paying and reporting: forms, notices, protection, and the days of each report."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.unit.rulebook.awards import (
    CRIME_STOPPERS,
    DECIDED,
    PAID,
    PUBLISHED,
    TOCRP,
    UNKNOWN,
    YES,
    a_board_award,
    a_payee,
    an_award,
    an_offer,
    says,
)
from tipstaff.rulebook.facts import RewardFacts
from tipstaff.rulebook.policy import Stage
from tipstaff.rulebook.sheet import Form

S = Stage
DAY = timedelta(days=1)


def paid(**changes: object) -> RewardFacts:
    return an_award(payment=replace(an_award().payment, **changes))  # type: ignore[arg-type]  # named facts of a payment


@pytest.mark.parametrize("form", Form)
def test_form_is_one_that_the_sheet_allows(form: Form) -> None:
    said = [] if form in TOCRP.forms else [f"Under this sheet nothing is paid in the form {form}."]

    assert says("form", S.PAYMENT, paid(forms=(form,))) == said


def test_form_is_named() -> None:
    assert says("form", S.DECISION, paid(forms=())) == ["No form of payment is named."]
    assert says("form", S.DECISION, a_board_award(), CRIME_STOPPERS) == []


def test_r09_cryptocurrency_needs_fifteen_days_of_notice() -> None:
    crypto = (Form.MONEY, Form.CRYPTO)

    assert says("R09-crypto-notice", S.PAYMENT, an_award()) == []
    assert says("R09-crypto-notice", S.PAYMENT, paid(forms=crypto)) == [
        "The reward includes cryptocurrency and the committees were not notified."
    ]
    assert says("R09-crypto-notice", S.PAYMENT, paid(forms=crypto, crypto_noticed_on=PAID - 15 * DAY)) == []
    assert says("R09-crypto-notice", S.PAYMENT, paid(forms=crypto, crypto_noticed_on=PAID - 14 * DAY)) == [
        "The committees were notified on 2026-07-18: it may be paid from 2026-08-02."
    ]


def test_r08_protection_stands_before_anything_is_paid() -> None:
    def needing(**changes: object) -> RewardFacts:
        return an_award(payees=(a_payee(**changes),))

    assert says("R08-protection", S.PAYMENT, an_award()) == []
    assert says("R08-protection", S.PAYMENT, needing(protection_needed=UNKNOWN)) == [
        "Whether source S-1 needs protection is not answered yet."
    ]
    assert says("R08-protection", S.PAYMENT, needing(protection_needed=YES)) == [
        "Source S-1 needs protection and has no plan yet."
    ]
    assert (
        says("R08-protection", S.PAYMENT, needing(protection_needed=YES, protection_planned_on=DECIDED)) == []
    )


def test_unclaimed_after_the_days_of_the_board() -> None:
    def collected(on: date) -> RewardFacts:
        return a_board_award(payment=replace(a_board_award().payment, on=on))

    assert says("unclaimed", S.PAYMENT, collected(DECIDED + 60 * DAY), CRIME_STOPPERS) == []
    assert says("unclaimed", S.PAYMENT, collected(DECIDED + 61 * DAY), CRIME_STOPPERS) == [
        "It could be collected until 2026-08-30 and counts as unclaimed."
    ]


def test_r14_an_offer_on_war_crimes_was_reported_before_it_was_announced() -> None:
    def reported(on: date | None, paragraph: str = "b10") -> RewardFacts:
        return an_award(offer=an_offer(condition_paragraphs=(paragraph,), reported_on=on))

    assert says("R14-announcement-report", S.NOMINATION, reported(PUBLISHED - 15 * DAY)) == []
    assert says("R14-announcement-report", S.NOMINATION, reported(None, "b8")) == []
    for on in (None, PUBLISHED - 14 * DAY):
        assert says("R14-announcement-report", S.NOMINATION, reported(on)) == [
            "HBR-1 was announced on 2026-02-02 and had to be reported by 2026-01-18."
        ]


@pytest.mark.parametrize(
    "reading, days, refused",
    [
        ("not-before", 14, 1),
        ("not-before", 15, 0),
        ("not-later", 15, 0),
        ("not-later", 16, 1),
        ("not-later", None, 1),
    ],
)
def test_r13_the_authorization_report_is_read_as_the_sheet_says(reading, days, refused) -> None:
    sheet = replace(TOCRP, deadlines=replace(TOCRP.deadlines, authorization_report_is=reading))
    facts = paid(authorization_reported_on=DECIDED + days * DAY if days else None)

    assert len(says("R13-authorization-report", S.REPORT, facts, sheet)) == refused


def test_r11_the_payment_is_reported_within_thirty_days() -> None:
    assert says("R11-payment-report", S.REPORT, paid(reported_on=PAID + 30 * DAY)) == []
    assert says("R11-payment-report", S.REPORT, paid(reported_on=PAID + 31 * DAY)) == [
        "The payment was reported on 2026-09-01; the last day was 2026-08-31."
    ]
    assert says("R11-payment-report", S.REPORT, paid(reported_on=None)) == [
        "The payment is not reported yet; the last day is 2026-08-31."
    ]
    assert says("R11-payment-report", S.REPORT, paid(on=None)) == [
        "Nothing is paid yet, so there is nothing to report."
    ]


@pytest.mark.parametrize(
    "paid_on, today, reported_on, refused",
    [
        (date(2026, 9, 30), date(2026, 11, 29), None, 0),
        (date(2026, 9, 30), date(2026, 11, 30), None, 1),
        (date(2026, 10, 1), date(2026, 11, 30), None, 0),
        (date(2026, 9, 30), date(2027, 1, 1), date(2026, 11, 29), 0),
        (date(2026, 9, 30), date(2027, 1, 1), date(2026, 11, 30), 1),
    ],
)
def test_r12_the_year_is_reported_within_sixty_days_of_its_end(paid_on, today, reported_on, refused) -> None:
    facts = replace(paid(on=paid_on, year_reported_on=reported_on), today=today)

    assert len(says("R12-annual-report", S.REPORT, facts)) == refused
