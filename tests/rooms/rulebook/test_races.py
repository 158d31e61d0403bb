"""Two officers at once: the rival starts in the middle of the first one's transaction, and waits or is told."""

import pytest

from tests.rooms.offers.test_races import Rival
from tests.rooms.rulebook.conftest import NOON, TOCRP, acting, sheet_now
from tipstaff.kernel import reference
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.rulebook import actions
from tipstaff.rulebook.models import RuleSheet, SheetStep, SheetText
from tipstaff.rulebook.policy import sheets

pytestmark = pytest.mark.django_db(databases=["default", "hatch"], transaction=True)


def test_of_two_last_approvals_one_puts_the_sheet_in_force(monkeypatch, bring, fay):
    row = bring("seconded")
    gus = acting("gus", "approver")
    rival = Rival(lambda: actions.approve_sheet(ref=row.ref, digest=TOCRP.digest(), actor=gus, now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, sheets, "may_approve")

    actions.approve_sheet(ref=row.ref, digest=TOCRP.digest(), actor=fay, now=NOON)

    assert isinstance(rival.ends(), MoveNotInTable)
    assert sheet_now(row.ref).approved_by == "fay"
    assert list(SheetStep.objects.order_by("pk").values_list("move", flat=True)) == [
        "propose",
        "second",
        "approve",
    ]


def test_a_return_and_an_approval_do_not_both_happen(monkeypatch, bring, ben, fay):
    row = bring("seconded")
    rival = Rival(lambda: actions.return_sheet(ref=row.ref, reason="a cap is wrong", actor=ben, now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, sheets, "may_approve")

    actions.approve_sheet(ref=row.ref, digest=TOCRP.digest(), actor=fay, now=NOON)

    assert isinstance(rival.ends(), MoveNotInTable)
    assert sheet_now(row.ref).state == "in-force"


def test_of_two_proposals_of_one_code_one_stands(monkeypatch, ana, eva):
    rival = Rival(lambda: actions.propose_sheet(sheet=TOCRP, compartment="harbour", actor=eva, now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, reference, "new")
    first: object = None
    try:
        actions.propose_sheet(sheet=TOCRP, compartment="harbour", actor=ana, now=NOON)
    except Refused as refused:
        first = refused

    outcomes = [first, rival.ends()]
    assert [one.rules for one in outcomes if isinstance(one, Refused)] == [("rulebook.sheet-open-already",)]
    assert outcomes.count(None) == 1
    assert RuleSheet.objects.unscoped("a test looks").count() == SheetText.objects.count() == 1
