"""Days and what moves them: leap years, pauses, the ends of fiscal years, and who may stop or answer what."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipstaff.awards.policy import clocks
from tipstaff.awards.policy.clocks import Days, FilingFacts, Pause
from tipstaff.awards.states import ClockKind
from tipstaff.rulebook.sheet_file import shipped

DAY = date(2026, 11, 20)
DEADLINES = shipped("tocrp").deadlines
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize("start, given, end", [
    (date(2028, 2, 1), 30, date(2028, 3, 2)),  # over a 29 February
    (date(2027, 2, 1), 30, date(2027, 3, 3)),
    (date(2026, 9, 30), 60, date(2026, 11, 29)),  # R12: 30 September leads to 29 November
    (date(2026, 11, 20), 60, date(2027, 1, 19)),
    (DAY, 0, DAY),
])  # fmt: skip
def test_days_lead_to(start: date, given: int, end: date) -> None:
    assert clocks.due(start, given) == end


@pytest.mark.parametrize("day, ends, year, last", [
    (date(2026, 9, 30), "09-30", 2026, date(2026, 9, 30)),
    (date(2026, 10, 1), "09-30", 2027, date(2027, 9, 30)),
    (date(2026, 12, 31), None, 2026, date(2026, 12, 31)),
    (date(2027, 3, 1), "02-29", 2028, date(2028, 2, 29)),
    (date(2026, 3, 1), "02-29", 2027, date(2027, 2, 28)),
    (date(2027, 2, 28), "02-29", 2027, date(2027, 2, 28)),
])  # fmt: skip
def test_a_fiscal_year_is_named_after_its_end(day: date, ends: str | None, year: int, last: date) -> None:
    assert (clocks.fiscal_year_of(day, ends), clocks.year_end(day, ends)) == (year, last)


@given(days, st.sampled_from(["09-30", "12-31", "06-30", "02-29"]))
def test_every_day_lies_in_one_year(day: date, ends: str) -> None:
    end = clocks.year_end(day, ends)

    assert day <= end < day + timedelta(days=367)
    assert clocks.year_end(end + timedelta(days=1), ends) > end


@given(days, st.integers(0, 400), st.lists(st.integers(1, 40), max_size=5))
def test_paused_days_do_not_count(start: date, given: int, lengths: list[int]) -> None:
    pauses, at = [], start
    for length in lengths:
        pauses.append(Pause(at, at + timedelta(days=length)))
        at += timedelta(days=length + 1)

    assert clocks.due(start, given, pauses) == start + timedelta(days=given + sum(lengths))


def test_a_pause_without_an_end_adds_nothing_yet() -> None:
    pause = Pause(DAY, None)

    assert clocks.due(DAY, 60, [pause]) == clocks.due(DAY, 60)
    assert clocks.stands([pause], DAY)
    assert not clocks.stands([pause], DAY - timedelta(days=1))
    assert not clocks.stands([Pause(DAY, DAY + timedelta(days=3))], DAY + timedelta(days=3))


def test_the_shipped_sheet_sets_the_days_of_the_law() -> None:
    assert {kind: clocks.days_for(kind, DEADLINES) for kind in ClockKind} == {
        ClockKind.COMMITTEE: Days(60),
        ClockKind.PAYMENT_REPORT: Days(30),
        ClockKind.ANNUAL_REPORT: Days(60),
        ClockKind.CRYPTO_NOTICE: Days(15, not_before=True),
        ClockKind.AUTHORIZATION_REPORT: Days(15, not_before=True),
        ClockKind.COLLECTION: None,
        ClockKind.ANSWER: None,
    }


def test_every_clock_has_a_rule_and_an_owner_who_can_be_found() -> None:
    for kind in ClockKind:
        assert clocks.RULE_OF[kind]
        assert clocks.VERB_OF_OWNER[clocks.OWNER_OF[kind]]


@pytest.mark.parametrize("changes, rules", [
    ({}, ()),
    ({"kind": ClockKind.PAYMENT_REPORT}, ("awards.clock-pausable",)),
    ({"met": True}, ("awards.clock-met",)),
    ({"pauses": [Pause(DAY, None)]}, ("awards.clock-paused-once",)),
    ({"pauses": [Pause(DAY, DAY + timedelta(days=2))]}, ("awards.clock-paused-once",)),
    ({"pauses": [Pause(DAY - timedelta(days=9), DAY)]}, ()),
    ({"until": DAY}, ("awards.clock-end",)),
    ({"until": DAY + timedelta(days=1)}, ()),
    ({"reason": "  "}, ("awards.clock-good-cause",)),
    ({"reason": "x" * 2001}, ("awards.clock-good-cause",)),
    ({"kind": ClockKind.ANNUAL_REPORT, "met": True, "reason": ""},
     ("awards.clock-pausable", "awards.clock-met", "awards.clock-good-cause")),
])  # fmt: skip
def test_who_stops_a_clock_says_why_and_only_the_committees_stops(
    changes: dict[str, object], rules: tuple[str, ...]
) -> None:
    stated = {
        "kind": ClockKind.COMMITTEE, "met": False, "pauses": [], "today": DAY, "until": None, "reason": "a hearing",
    } | changes  # fmt: skip
    kind = stated.pop("kind")

    assert tuple(r.rule for r in clocks.may_pause(kind, **stated).refusals) == rules  # type: ignore[arg-type]  # a test states one thing at a time


@pytest.mark.parametrize("met, standing, rules", [
    (False, True, ()), (False, False, ("awards.clock-runs",)), (True, True, ("awards.clock-met",)),
])  # fmt: skip
def test_only_a_clock_that_stands_goes_on(met: bool, standing: bool, rules: tuple[str, ...]) -> None:
    assert tuple(r.rule for r in clocks.may_resume(met=met, standing=standing).refusals) == rules


@pytest.mark.parametrize("changes, rules", [
    ({}, ()),
    ({"kind": ClockKind.COMMITTEE}, ("awards.report-by-hand",)),
    ({"reference": " "}, ("awards.report-reference",)),
    ({"met": True}, ("awards.clock-met",)),
    ({"due_on": DAY + timedelta(days=1)}, ()),
    ({"due_on": DAY - timedelta(days=1)}, ()),  # late is late, and filed all the same
    ({"not_before": True, "due_on": DAY + timedelta(days=1)}, ("awards.report-not-before",)),
    ({"not_before": True, "due_on": DAY}, ()),
    ({"kind": ClockKind.ANNUAL_REPORT, "publicity": None}, ("awards.report-publicity",)),
    ({"kind": ClockKind.ANNUAL_REPORT, "publicity": -1}, ("awards.report-publicity",)),
    ({"kind": ClockKind.ANNUAL_REPORT, "publicity": 0}, ()),
])  # fmt: skip
def test_a_report_is_filed_by_who_can_find_it_again(
    changes: dict[str, object], rules: tuple[str, ...]
) -> None:
    stated = {
        "kind": ClockKind.AUTHORIZATION_REPORT, "met": False, "not_before": False, "due_on": DAY, "today": DAY,
        "reference": "LTR-1", "publicity": None,
    } | changes  # fmt: skip

    assert tuple(r.rule for r in clocks.may_file(FilingFacts(**stated)).refusals) == rules  # type: ignore[arg-type]  # a test states one thing at a time


@pytest.mark.parametrize("reference, significance, rules", [
    ("LTR-1", "it led there", ()),
    ("", "", ("awards.report-reference", "awards.report-significance")),
    ("LTR-1", "x" * 2001, ("awards.report-significance",)),
])  # fmt: skip
def test_the_report_of_a_payment_says_what_it_was_worth(
    reference: str, significance: str, rules: tuple[str, ...]
) -> None:
    decision = clocks.may_report(reference=reference, significance=significance)

    assert tuple(r.rule for r in decision.refusals) == rules


def test_every_rule_has_its_reason() -> None:
    assert clocks.RULES.keys() >= {
        "awards.clock-pausable", "awards.report-not-before", "awards.receipt-reference",
    }  # fmt: skip
    assert clocks.may_hold_receipt(" ").refusals[0].rule == "awards.receipt-reference"
    assert clocks.may_hold_receipt("RCP-1").allowed
