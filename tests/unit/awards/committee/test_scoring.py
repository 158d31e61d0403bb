"""Scores and what they advise: gates first, a share of the cap, a split that never passes it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rulebook.awards import (
    CRIME_STOPPERS,
    TOCRP,
    YES,
    a_board_award,
    a_payee,
    an_award,
    an_offer,
    usd,
)
from tipstaff.awards.policy.scoring import Mark, advise, from_json, may_save, may_submit, to_json
from tipstaff.kernel.money import Money

NUMBERS = frozenset({"S-1", "S-2"})
CODES = [factor.code for factor in TOCRP.factors]
TWO = replace(
    an_award(scores=()),
    payees=(
        a_payee(source="S-1", tip="TIP-1"),
        a_payee(source="S-2", tip="TIP-2", tip_on=date(2026, 3, 9)),
    ),
)


def sheet(one: int = 2, other: int = 2, because: str = "It shows."):
    return {
        "S-1": {code: Mark(one, because) for code in CODES},
        "S-2": {code: Mark(other, because) for code in CODES},
    }


def rules(decision):
    return [refusal.rule.removeprefix("awards.committee.") for refusal in decision.refusals]


def test_marks_are_kept_as_they_are():
    half = {"S-1": {"gravity": Mark(None, "not sure yet")}, "S-2": {"gravity": Mark(3, "")}}

    assert from_json(to_json(half)) == half


@pytest.mark.parametrize(
    "marks, refused",
    [
        ({}, []),
        ({"S-1": {"gravity": Mark(None, "")}}, []),
        ({"S-1": {"gravity": Mark(4, "x" * 400)}}, []),
        ({"S-1": {"gravity": Mark(4, "x" * 401)}}, ["score-length"]),
        ({"S-1": {"gravity": Mark(5, "")}}, ["score-fits"]),
        ({"S-1": {"gravity": Mark(-1, "")}}, ["score-fits"]),
        ({"S-1": {"charm": Mark(1, "")}}, ["score-fits"]),
        ({"S-3": {}}, ["score-fits"]),
    ],
)
def test_a_draft_may_be_half_done_and_holds_nothing_else(marks, refused):
    assert rules(may_save(marks, NUMBERS, TOCRP)) == refused


def test_a_whole_sheet_may_be_submitted():
    assert may_submit(sheet(0, 4), NUMBERS, TOCRP).allowed


@pytest.mark.parametrize("missing", [Mark(None, "It shows."), Mark(3, " "), None])
def test_each_gap_is_named_with_its_source_and_factor(missing):
    marks = sheet()
    del marks["S-2"]["gravity"]
    if missing:
        marks["S-2"]["gravity"] = missing

    (refusal,) = may_submit(marks, NUMBERS, TOCRP).refusals

    assert refusal.rule == "awards.committee.score-missing"
    assert refusal.because == "Source S-2, gravity: give a level and one sentence."


def test_an_empty_sheet_lacks_every_factor_of_every_source():
    assert rules(may_submit({}, NUMBERS, TOCRP)) == ["score-missing"] * 2 * len(CODES)


def test_one_source_gets_the_share_of_the_cap_that_the_median_levels_say():
    alone = replace(TWO, payees=TWO.payees[:1])

    advice = advise([sheet(4), sheet(1), sheet(2)], alone, TOCRP)

    assert advice.members == 3
    (source,) = advice.sources
    assert [(each.levels, each.level) for each in source.agreed] == [((4, 1, 2), 2)] * len(CODES)
    assert source.amount == advice.total == usd(500_000)
    assert "200 of 400 points" in source.lines[-1].because


def test_of_two_in_the_middle_the_lower_counts():
    alone = replace(TWO, payees=TWO.payees[:1])

    assert advise([sheet(1), sheet(3)], alone, TOCRP).total == usd(250_000)


def test_together_they_never_pass_the_cap_and_the_split_says_so():
    advice = advise([sheet(4, 2)], TWO, TOCRP)

    assert advice.total == usd(1_000_000)
    assert {each.number: each.amount for each in advice.sources} == {
        "S-1": Money(66_666_667, "USD"),
        "S-2": Money(33_333_333, "USD"),
    }
    assert "Together USD 1,500,000.00 would pass the cap" in advice.lines[0].because


def test_a_closed_gate_is_nothing_for_that_source_whatever_its_scores():
    facts = replace(TWO, payees=(TWO.payees[0], replace(TWO.payees[1], convicted=YES)))

    advice = advise([sheet(4, 4)], facts, TOCRP)

    assert {each.number: each.amount for each in advice.sources} == {"S-1": usd(1_000_000), "S-2": usd(0)}
    assert advice.sources[1].lines[0].because.startswith("A gate is closed")


def test_a_sheet_without_factors_advises_by_its_table():
    facts = a_board_award()

    advice = advise([{}], facts, CRIME_STOPPERS)

    assert advice.total == advice.sources[0].amount
    assert advice.lines[0].because.startswith("Class of crime violent")


@pytest.mark.parametrize("marks", [{}, {"S-1": sheet()["S-1"]}])
def test_a_source_that_nobody_scored_leaves_nothing_to_advise(marks):
    assert advise([marks], TWO, TOCRP) is None


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=5),
    st.integers(1, 10**12),
)
def test_the_parts_come_to_the_total_and_the_total_stays_under_the_cap(levels, cap):
    offer = an_offer(condition_cap=Money(cap, "USD"))

    advice = advise([sheet(*pair) for pair in levels], replace(TWO, offer=offer), TOCRP)

    parts = [each.amount.minor for each in advice.sources]
    assert sum(parts) == advice.total.minor
    assert advice.total.minor <= cap
