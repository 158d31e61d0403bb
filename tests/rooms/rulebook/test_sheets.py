"""Numbers, days and texts of sheets: what may be proposed, from when it counts, and that nothing of it is ever changed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.rooms.rulebook.conftest import NOON, TOCRP, TODAY, everything, numbered, sheet_now
from tipstaff.footing.append_only import lifted
from tipstaff.kernel.decision import Refused
from tipstaff.rulebook import actions, queries
from tipstaff.rulebook.models import RuleSheet

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "sheet, rules",
    [
        (numbered(1), ("rulebook.sheet-number",)),
        (numbered(3), ("rulebook.sheet-number",)),
        (numbered(2, in_force_from=TOCRP.in_force_from - DAY), ("rulebook.sheet-day",)),
        (numbered(2, currency="EUR"), ("rulebook.sheet-currency",)),
    ],
)
def test_a_later_sheet_follows_the_one_before(bring, ana, sheet, rules):
    bring("in-force")
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.propose_sheet(sheet=sheet, compartment="harbour", actor=ana, now=NOON)

    assert refused.value.rules == rules
    assert everything() == before


@pytest.mark.parametrize("state", ["proposed", "seconded"])
def test_one_sheet_of_a_code_is_open_at_a_time(bring, ana, state):
    bring(state)
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.propose_sheet(sheet=TOCRP, compartment="harbour", actor=ana, now=NOON)

    assert refused.value.rules == ("rulebook.sheet-open-already",)
    assert everything() == before


def test_a_returned_number_is_proposed_anew(bring):
    bring("returned")

    assert bring("in-force").number == 1


def test_another_compartment_has_sheets_of_its_own(bring, cleo):
    bring("in-force")

    actions.propose_sheet(sheet=TOCRP, compartment="ridge", actor=cleo, now=NOON)

    assert queries.sheet_in_force("ridge", "tocrp", TODAY) is None


def test_a_sheet_counts_from_its_day_and_never_before_it_was_approved(bring):
    bring("in-force")
    coming = numbered(2, in_force_from=TODAY + 2 * DAY)
    bring("in-force", coming)

    def number(on: date) -> int | None:
        found = queries.sheet_in_force("harbour", "tocrp", on)
        return found.number if found else None

    assert [number(TODAY + days * DAY) for days in (-1, 0, 1, 2, 3)] == [None, 1, 1, 2, 2]
    assert queries.sheet_numbered("harbour", "tocrp", 1) == TOCRP
    assert queries.sheet_numbered("harbour", "tocrp", 2) == coming
    assert queries.sheet_numbered("harbour", "tocrp", 3) is None


@pytest.mark.parametrize("state", ["proposed", "seconded", "returned"])
def test_what_is_not_approved_twice_is_not_in_force(bring, state):
    bring(state)

    assert queries.sheet_in_force("harbour", "tocrp", TODAY) is None
    assert queries.sheet_numbered("harbour", "tocrp", 1) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rulebook_sheettext SET digest = ''",
        "DELETE FROM rulebook_sheettext",
        "UPDATE rulebook_sheetstep SET actor = 'cleo'",
        "DELETE FROM rulebook_sheetstep",
    ],
)
def test_no_sql_changes_a_text_or_its_history(bring, statement):
    bring("in-force")
    before = everything()

    with (
        pytest.raises(IntegrityError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert everything() == before


@pytest.mark.parametrize(
    "change",
    [
        {"seconded_by": "ana"},
        {"approved_by": "ana"},
        {"approved_by": "ben"},
        {"approved_by": ""},
        {"in_force_on": None},
        {"state": "law"},
    ],
)
def test_the_database_knows_the_three_officers(bring, change):
    row = bring("in-force")

    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSheet.objects.unscoped("a test spoils").filter(pk=row.pk).update(**change)


def test_a_text_that_was_changed_behind_our_back_decides_nothing(bring):
    row = bring("in-force")
    content = row.text.content | {"currency": "EUR"}
    with lifted(connection):
        type(row.text).objects.filter(pk=row.text.pk).update(content=content)

    with pytest.raises(Refused) as refused:
        queries.sheet_numbered("harbour", "tocrp", 1)

    assert refused.value.rules == ("rulebook.sheet-whole",)


def test_what_differs_is_told_key_by_key(bring, ben):
    bring("in-force")
    deadlines = replace(TOCRP.deadlines, committee=90)
    factors = (replace(TOCRP.factors[0], weight=40), *TOCRP.factors[1:])
    second = bring("proposed", numbered(2, deadlines=deadlines, factors=factors))

    page = queries.sheet_page(ben, second.ref)

    assert [(each.key, each.before, each.after) for each in page.differences] == [
        ("number", "1", "2"),
        ("deadlines.committee", "60", "90"),
        ("factors.significance.weight", "30", "40"),
    ]


def test_times_of_approval_are_the_callers(bring):
    row = bring("in-force", now=datetime.fromisoformat("2026-11-21T23:30:00+00:00"))

    assert sheet_now(row.ref).in_force_on == date(2026, 11, 21)
