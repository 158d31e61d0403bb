"""An offer carries the rule sheet that was in force when it was published, and is not published without it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.rooms.offers.conftest import NOON, REF, acting, begin_change, everything, offer_now, walk_text
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.money import Money
from tipstaff.offers import actions, queries
from tipstaff.offers.models import PinnedSheet
from tipstaff.offers.terms import TermsChange
from tipstaff.people.access import NotVisible
from tipstaff.rulebook.actions import approve_sheet, propose_sheet
from tipstaff.rulebook.sheet import Sheet
from tipstaff.rulebook.sheet_file import shipped

TOCRP = shipped("tocrp")
TODAY = NOON.date()
DAY = timedelta(days=1)


@pytest.fixture
def programme(programme):
    """Harbour's programme, with the name of a rule sheet."""
    return replace(programme, rules="tocrp")


@pytest.fixture
def put_in_force(ana, ben):
    """Propose a sheet in a compartment and approve it twice, for today."""

    def put(sheet: Sheet = TOCRP, compartment: str = "harbour") -> None:
        row = propose_sheet(sheet=sheet, compartment=compartment, actor=ana, now=NOON)
        for officer in (ben, acting("fay", "approver")):
            approve_sheet(ref=row.ref, digest=sheet.digest(), actor=officer, now=NOON)

    return put


def pinned() -> list[tuple[int, str, int, str]]:
    rows = PinnedSheet.objects.order_by("pk")
    return list(rows.values_list("version__number", "code", "number", "digest"))


def test_a_published_version_carries_the_sheet_in_force(bring, put_in_force):
    put_in_force()

    bring("published")

    assert pinned() == [(1, "tocrp", 1, TOCRP.digest())]


def test_the_page_of_a_version_names_the_sheet_it_carries(bring, put_in_force, dora):
    put_in_force()
    bring("published")

    assert queries.version_page(dora, REF, 1).sheet == "tocrp 1"


def test_without_the_sheet_nothing_is_published(bring, ben):
    bring("approved")
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.publish_offer(ref=REF, actor=ben, now=NOON)

    assert refused.value.rules == ("offers.rules-in-force",)
    assert str(refused.value) == (
        "No rule sheet tocrp is in force: propose it, and let two officers approve it first."
    )
    assert everything() == before


def test_a_sheet_of_a_later_day_is_not_in_force_yet(bring, put_in_force, ben):
    put_in_force(replace(TOCRP, in_force_from=TODAY + DAY))
    bring("approved")

    with pytest.raises(Refused) as refused:
        actions.publish_offer(ref=REF, actor=ben, now=NOON)

    assert refused.value.rules == ("offers.rules-in-force",)


def test_a_later_sheet_counts_for_later_publications_alone(bring, put_in_force, ana, ben):
    put_in_force()
    bring("published")
    second = replace(TOCRP, number=2)
    put_in_force(second)

    begin_change(ana)
    walk_text("draft", "none", ana, ben)

    assert pinned() == [(1, "tocrp", 1, TOCRP.digest()), (2, "tocrp", 2, second.digest())]


def test_suspending_and_resuming_pins_nothing_new(bring, put_in_force, ben):
    put_in_force()
    bring("suspended")

    actions.resume_offer(ref=REF, actor=ben, now=NOON)

    assert len(pinned()) == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE offers_pinnedsheet SET number = 9", "DELETE FROM offers_pinnedsheet"]
)
def test_no_sql_changes_what_a_version_carries(bring, put_in_force, statement):
    put_in_force()
    bring("published")

    with (
        pytest.raises(IntegrityError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_terms_of_a_version_are_what_was_promised(bring, put_in_force, ana, ben):
    put_in_force()
    bring("suspended")

    terms = queries.terms(REF, 1)

    assert (terms.ref, terms.version, terms.programme, terms.compartment) == (
        REF,
        1,
        "harbour-2026",
        "harbour",
    )
    assert (terms.sheet, terms.sheet_number) == ("tocrp", 1)
    assert terms.cap == Money(500_000_00, "USD")
    first = terms.condition(1)
    assert first
    assert (first.place, first.outcome) == (1, "arrest_and_or_conviction")
    assert terms.condition(9) is None
    assert (terms.published_on, terms.version_on) == (TODAY, TODAY)
    assert terms.changes == (TermsChange(TODAY, "published", 1), TermsChange(TODAY, "suspended", 1))


def test_the_terms_of_a_day_are_those_that_were_public_then(bring, put_in_force, ana, ben):
    put_in_force()
    bring("published")
    begin_change(ana)
    walk_text("draft", "approved", ana, ben)
    actions.publish_offer(ref=REF, actor=ben, now=NOON)

    amended = queries.terms_on(REF, TODAY)

    assert queries.terms_on(REF, TODAY - DAY) is None
    assert queries.terms_on("HL-9", TODAY) is None
    assert amended
    assert (amended.version, amended.cap) == (2, Money(600_000_00, "USD"))
    assert queries.terms_on(REF, date(2027, 1, 1)) == amended
    assert queries.terms(REF, 1).cap == Money(500_000_00, "USD")


@pytest.mark.parametrize("ref, version", [(REF, 1), (REF, 2), ("HL-9", 1)])
def test_what_was_never_public_has_no_terms(bring, ref, version):
    bring("approved")

    with pytest.raises(NotVisible):
        queries.terms(ref, version)


class TestWithoutRules:
    """A programme that names no sheet."""

    @pytest.fixture
    def programme(self, programme):
        return replace(programme, rules="")

    def test_it_publishes_as_before_and_carries_none(self, bring):
        bring("published")

        assert offer_now().state == "published"
        assert pinned() == []
        assert (queries.terms(REF, 1).sheet, queries.terms(REF, 1).sheet_number) == (None, None)
