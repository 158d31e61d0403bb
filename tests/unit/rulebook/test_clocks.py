"""What is due by when: each clock starts with its event, stops when it is done, and is late only after its day."""

from dataclasses import replace
from datetime import date, timedelta

from tests.unit.rulebook.awards import CRIME_STOPPERS, DECIDED, PAID, REFERRED, TOCRP, a_board_award, an_award
from tipstaff.rulebook.clocks import clocks
from tipstaff.rulebook.facts import Committee, Payment, Ruling
from tipstaff.rulebook.sheet import Form

DAY = timedelta(days=1)


def test_a_paid_award_has_its_clocks_in_the_order_of_their_days() -> None:
    assert [(clock.rule.id, clock.since, clock.due) for clock in clocks(an_award(), TOCRP)] == [
        ("rulebook.R13-authorization-report", DECIDED, date(2026, 7, 16)),
        ("rulebook.committee-clock", REFERRED, date(2026, 7, 31)),
        ("rulebook.R11-payment-report", PAID, date(2026, 8, 31)),
        ("rulebook.R12-annual-report", date(2026, 9, 30), date(2026, 11, 29)),
    ]


def test_a_board_has_the_one_of_its_sheet() -> None:
    assert [clock.rule.id for clock in clocks(a_board_award(), CRIME_STOPPERS)] == ["rulebook.unclaimed"]


def test_no_clock_runs_before_its_event() -> None:
    fresh = an_award(committee=Committee(), ruling=Ruling(), payment=Payment(forms=(Form.CRYPTO,)))

    assert clocks(fresh, TOCRP) == ()


def test_a_notice_gives_the_first_day_on_which_cryptocurrency_may_be_paid() -> None:
    payment = Payment(forms=(Form.CRYPTO,), crypto_noticed_on=PAID)

    (clock,) = clocks(an_award(committee=Committee(), ruling=Ruling(), payment=payment), TOCRP)

    assert (clock.due, clock.earliest) == (PAID + 15 * DAY, True)
    assert not clock.late(PAID + 99 * DAY)


def test_a_clock_is_late_after_its_day_and_stops_when_it_is_done() -> None:
    def report(done_on: date | None):  # type: ignore[no-untyped-def]  # a clock
        facts = an_award(payment=replace(an_award().payment, reported_on=done_on))
        return next(clock for clock in clocks(facts, TOCRP) if clock.rule.id == "rulebook.R11-payment-report")

    due = PAID + 30 * DAY
    assert [report(None).late(due + days * DAY) for days in (-1, 0, 1)] == [False, False, True]
    assert [report(due + days * DAY).late(due + 99 * DAY) for days in (0, 1)] == [False, True]
    assert [report(None).days_left(due + days * DAY) for days in (-3, 0, 2)] == [3, 0, -2]
