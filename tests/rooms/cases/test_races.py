"""Two officers at once: the rival starts in the middle of the first one's transaction, and waits."""

import pytest

from tests.rooms.cases.conftest import NOON, make_tip, outcome_text, tip_source
from tests.rooms.offers.test_races import Rival
from tipstaff.cases import actions, policy
from tipstaff.cases.models import Case, CaseSource, Confirmation, Contribution, Outcome
from tipstaff.kernel.decision import Refused

pytestmark = pytest.mark.django_db(databases=["default", "hatch"], transaction=True)


def test_of_two_confirmations_one_stands(world, ana, eva, monkeypatch):
    rival = Rival(lambda: actions.confirm_outcome(ref=world.outcome, seen=1, actor=eva, now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, policy, "may_confirm")

    actions.confirm_outcome(ref=world.outcome, seen=1, actor=ana, now=NOON)

    refused = rival.ends()
    assert isinstance(refused, Refused)
    assert refused.rules == ("cases.confirmed-once",)
    assert Confirmation.objects.get().confirmed_by == "ana"


def test_a_row_corrected_meanwhile_is_not_confirmed(world, ana, eva, monkeypatch):
    rival = Rival(lambda: actions.confirm_outcome(ref=world.outcome, seen=1, actor=eva, now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, policy, "may_correct")

    actions.correct_outcome(
        ref=world.outcome, seen=1, why="Panama", text=outcome_text(country="PA"), actor=ana, now=NOON
    )

    refused = rival.ends()
    assert isinstance(refused, Refused)
    assert refused.rules == ("cases.row-seen",)
    assert Confirmation.objects.count() == 0


def test_of_two_corrections_one_answers_the_row(world, ana, eva, monkeypatch):
    def correct(actor, country):
        return actions.correct_outcome(
            ref=world.outcome,
            seen=1,
            why="elsewhere",
            text=outcome_text(country=country),
            actor=actor,
            now=NOON,
        )

    rival = Rival(lambda: correct(eva, "EC"))
    rival.starts_in_the_middle_of(monkeypatch, policy, "may_correct")

    correct(ana, "PA")

    assert isinstance(rival.ends(), Refused)
    assert list(Outcome.objects.order_by("number").values_list("country", flat=True)) == ["CO", "PA"]


def test_a_case_closed_meanwhile_takes_no_contribution(world, gus, ana, eva, monkeypatch):
    second = actions.record_outcome(case=world.case, text=outcome_text(), actor=gus, now=NOON).ref
    text = world.contribution_text(outcome=second)
    rival = Rival(lambda: actions.attest_contribution(case=world.case, text=text, actor=eva, now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, policy, "may_say")

    actions.close_case(ref=world.case, reason="done", actor=ana, now=NOON)

    refused = rival.ends()
    assert isinstance(refused, Refused)
    assert refused.rules == ("cases.open",)
    assert Contribution.objects.count() == 1


def test_closing_waits_for_a_contribution_that_is_being_attested(world, gus, ana, eva, monkeypatch):
    second = actions.record_outcome(case=world.case, text=outcome_text(), actor=gus, now=NOON).ref
    rival = Rival(lambda: actions.close_case(ref=world.case, reason="done", actor=eva, now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, policy, "may_attest")

    actions.attest_contribution(
        case=world.case, text=world.contribution_text(outcome=second), actor=ana, now=NOON
    )

    assert rival.ends() is None
    assert Contribution.objects.count() == 2
    assert Case.objects.unscoped("a test looks").get().state == "closed"


def test_two_findings_at_once_give_a_tip_one_number(world, ana, eva, monkeypatch):
    tip = make_tip().ref

    def state(actor):
        return actions.state_finding(
            case=world.case, statement="Boats.", sources=[tip_source(tip)], actor=actor, now=NOON
        )

    rival = Rival(lambda: state(eva))
    rival.starts_in_the_middle_of(monkeypatch, policy, "may_state")

    first = state(ana)

    assert rival.ends() is None
    assert first.place == 2
    assert list(CaseSource.objects.order_by("number").values_list("number", "tip")) == [
        (1, world.tip),
        (2, tip),
    ]
