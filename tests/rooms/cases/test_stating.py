"""Findings, outcomes and contributions: what is kept, how it is corrected, and that no row is ever changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.rooms.cases.conftest import (
    NOON,
    TIP_DAY,
    World,
    everything,
    make_tip,
    outcome_text,
    tip_source,
)
from tipstaff.cases import actions, queries
from tipstaff.cases.models import (
    CaseSource,
    Confirmation,
    Contribution,
    Finding,
    Outcome,
)
from tipstaff.cases.texts import SourceText
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.money import Money
from tipstaff.people.access import NotVisible

LATER = NOON + timedelta(days=1)
APPEND_ONLY = (
    "cases_casecompartment", "cases_casesource", "cases_finding", "cases_findingsource", "cases_outcome",
    "cases_contribution",
)  # fmt: skip


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"])
def test_the_database_changes_no_stated_row(world, table, statement):
    with (
        pytest.raises(IntegrityError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_notes_and_confirmations_are_never_changed(world, ana):
    actions.add_note(ref=world.case, text="look", actor=ana, now=NOON)
    actions.confirm_outcome(ref=world.outcome, seen=1, actor=ana, now=NOON)
    for table in ("cases_note", "cases_confirmation"):
        with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
            connection.cursor().execute(f"DELETE FROM {table}")


def test_a_source_keeps_its_number_in_the_case(world, ana):
    first, second = sorted((make_tip().ref, make_tip().ref))
    agency = SourceText(
        kind="agency", reference="Ridge 7/26", reliability="A", credibility="1", says="saw it", day=TIP_DAY
    )

    actions.state_finding(
        case=world.case, statement="Two more.", sources=[tip_source(second), tip_source(first), agency], actor=ana,
        now=NOON,
    )  # fmt: skip
    actions.state_finding(
        case=world.case, statement="Again.", sources=[tip_source(second)], actor=ana, now=NOON
    )

    numbers = CaseSource.objects.order_by("number").values_list("number", "tip")
    assert list(numbers) == [(1, world.tip), (2, first), (3, second)]


def test_a_tip_typed_with_small_letters_is_the_same_tip(world, ana):
    actions.state_finding(
        case=world.case, statement="Again.", sources=[tip_source(world.tip.lower())], actor=ana, now=NOON
    )

    assert CaseSource.objects.count() == 1


def test_a_corrected_finding_keeps_its_old_row(world, ana):
    actions.correct_finding(
        ref=world.finding, seen=1, why="It was by day.", statement="The pier is used by day.",
        sources=[tip_source(world.tip, credibility="3")], actor=ana, now=LATER,
    )  # fmt: skip

    sheet = queries.finding_page(ana, world.finding)
    assert [(row.number, row.statement) for row in sheet.rows] == [
        (2, "The pier is used by day."),
        (1, "The pier is used at night."),
    ]
    assert [(row.number, why) for row, why in sheet.older] == [(1, "It was by day.")]
    assert (sheet.now.place, sheet.now.ref) == (1, world.finding)


@pytest.mark.parametrize(
    "seen, why, rule", [(2, "wrong", "cases.row-seen"), (1, "  ", "cases.correction-explained")]
)
def test_a_correction_answers_the_row_that_was_read_and_says_why(world, ana, seen, why, rule):
    before = everything()
    for act in (
        lambda: actions.correct_finding(
            ref=world.finding, seen=seen, why=why, statement="No.", sources=[tip_source(world.tip)], actor=ana,
            now=LATER,
        ),
        lambda: actions.correct_outcome(
            ref=world.outcome, seen=seen, why=why, text=outcome_text(), actor=ana, now=LATER
        ),
        lambda: actions.correct_contribution(
            ref=world.contribution, seen=seen, why=why, text=world.contribution_text(), actor=ana, now=LATER
        ),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.rules == (rule,)
    assert everything() == before


def test_rows_never_fork(world):
    (first,) = Finding.objects.all()
    again = {
        "ref": first.ref,
        "place": 1,
        "case": first.case,
        "corrects": first,
        "why": "x",
        "statement": "y",
    }
    Finding.objects.create(**again, number=2, stated_by="ana", stated_at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.create(**again, number=3, stated_by="eva", stated_at=NOON)


def test_an_outcome_is_confirmed_by_a_second_officer(world, gus, ana):
    before = everything()
    with pytest.raises(Refused) as alone:
        actions.confirm_outcome(ref=world.outcome, seen=1, actor=gus, now=LATER)
    assert alone.value.rules == ("cases.second-officer",)
    assert everything() == before

    actions.confirm_outcome(ref=world.outcome, seen=1, actor=ana, now=LATER)

    facts = queries.outcome_facts(world.outcome)
    assert (facts.confirmed, facts.confirmed_by, facts.recorded_by) == (True, "ana", "gus")
    with pytest.raises(Refused) as twice:
        actions.confirm_outcome(ref=world.outcome, seen=1, actor=ana, now=LATER)
    assert twice.value.rules == ("cases.confirmed-once",)


def test_the_database_knows_the_second_officer_too(world):
    with pytest.raises(IntegrityError, match="second_officer"), transaction.atomic():
        Confirmation.objects.create(
            outcome=Outcome.objects.get(), recorded_by="gus", confirmed_by="gus", confirmed_at=NOON
        )


def test_a_corrected_outcome_must_be_confirmed_again(world, gus, ana, eva):
    actions.confirm_outcome(ref=world.outcome, seen=1, actor=ana, now=LATER)
    actions.correct_outcome(
        ref=world.outcome, seen=1, why="Panama", text=outcome_text(country="PA"), actor=ana, now=LATER
    )

    facts = queries.outcome_facts(world.outcome)
    assert (facts.number, facts.country, facts.confirmed) == (2, "PA", False)
    assert queries.outcomes_confirmed(eva) == ()
    with pytest.raises(Refused) as own:
        actions.confirm_outcome(ref=world.outcome, seen=2, actor=ana, now=LATER)
    assert own.value.rules == ("cases.second-officer",)
    with pytest.raises(Refused) as stale:
        actions.confirm_outcome(ref=world.outcome, seen=1, actor=eva, now=LATER)
    assert stale.value.rules == ("cases.row-seen",)

    actions.confirm_outcome(ref=world.outcome, seen=2, actor=gus, now=LATER)

    assert queries.outcome_facts(world.outcome).confirmed
    assert [row.ref for row in queries.outcomes_confirmed(eva)] == [world.outcome]


@pytest.mark.parametrize("role", ["migrant", "victim", "witness", "source"])
def test_no_protected_person_is_a_subject(world, ana, role):
    before = everything()
    with pytest.raises(Refused) as refused:
        actions.record_outcome(case=world.case, text=outcome_text(role=role), actor=ana, now=LATER)
    assert refused.value.rules == ("cases.protected-person",)
    assert everything() == before

    row = Outcome.objects.get()
    row.pk, row.ref, row.role = None, "OUT-X", role
    with pytest.raises(IntegrityError, match="took_part"), transaction.atomic():
        row.save()


@pytest.mark.parametrize("missing", [{"suspicion": ""}, {"review_on": None}])
def test_the_database_asks_for_suspicion_and_review_too(world, missing):
    row = Outcome.objects.get()
    row.pk, row.ref = None, "OUT-X"
    for name, value in missing.items():
        setattr(row, name, value)

    with pytest.raises(IntegrityError, match="suspicion_and_review"), transaction.atomic():
        row.save()


def test_an_amount_is_kept_as_money(world, ana):
    seized = outcome_text(
        kind="seizure", paragraph="b7", subject_kind="organisation", role="company", suspicion="", review_on=None,
        amount=Money(1_250_000_50, "USD"),
    )  # fmt: skip

    outcome = actions.record_outcome(case=world.case, text=seized, actor=ana, now=LATER)

    assert queries.outcome_facts(outcome.ref).amount == Money(1_250_000_50, "USD")


def test_facts_of_what_is_not_there(world):
    with pytest.raises(NotVisible):
        queries.outcome_facts("OUT-0000")
    assert queries.contributions_of("OUT-0000") == ()


def test_a_contribution_tells_all_that_a_decision_needs(world):
    (facts,) = queries.contributions_of(world.outcome)

    assert (facts.tip, facts.source, facts.tip_day) == (world.tip, 1, TIP_DAY)
    assert (facts.offer, facts.offer_version) == ("HBR-1", 1)
    assert (facts.finding, facts.used_on, facts.known, facts.known_since) == (
        world.finding, date(2026, 11, 10), "no", None,
    )  # fmt: skip
    assert (facts.attested_by, facts.agency, facts.stale) == ("gus", "harbour-police", False)


def test_a_contribution_is_stale_once_what_it_joins_was_corrected(world, ana):
    actions.correct_outcome(
        ref=world.outcome, seen=1, why="Panama", text=outcome_text(country="PA"), actor=ana, now=LATER
    )

    (facts,) = queries.contributions_of(world.outcome)

    assert (facts.stale, facts.outcome_number) == (True, 1)


def refused_to_attest(world: World, actor, **changes):
    before = everything()
    with pytest.raises(Refused) as refused:
        text = world.contribution_text(
            **({"outcome": changes.pop("second")} if "second" in changes else {}) | changes
        )
        actions.attest_contribution(case=world.case, text=text, actor=actor, now=LATER)
    assert everything() == before
    return refused.value.rules


def test_what_was_used_before_it_came_is_refused(world, ana, gus):
    second = actions.record_outcome(case=world.case, text=outcome_text(), actor=gus, now=NOON).ref

    assert refused_to_attest(world, ana, second=second, used_on=date(2026, 10, 31)) == (
        "cases.used-before-received",
    )


def test_what_was_known_before_is_recorded(world, ana, gus):
    second = actions.record_outcome(case=world.case, text=outcome_text(), actor=gus, now=NOON).ref
    text = world.contribution_text(
        outcome=second, known="partly", known_since=date(2026, 10, 1), known_from="a Ridge report"
    )

    given = actions.attest_contribution(case=world.case, text=text, actor=ana, now=LATER)

    (facts,) = queries.contributions_of(second)
    assert (facts.ref, facts.known_since, facts.known_from) == (
        given.ref,
        date(2026, 10, 1),
        "a Ridge report",
    )


def test_a_tip_contributes_by_a_finding_that_cites_it(world, ana):
    other = make_tip().ref

    assert refused_to_attest(world, ana, tip=other) == ("cases.finding-cites-tip",)


@pytest.mark.parametrize("theirs", [True, False])
def test_a_tip_out_of_sight_and_no_tip_are_told_apart_by_nobody(world, ana, theirs):
    ref = make_tip("ridge").ref if theirs else "TIP-0000-0000-0000"

    assert refused_to_attest(world, ana, tip=ref) == ("cases.tip-in-sight",)


def test_the_same_contribution_is_attested_once(world, ana):
    assert refused_to_attest(world, ana) == ("cases.attested-already",)


def test_finding_and_outcome_must_stand_in_the_case(world, ana, gus):
    other = actions.open_case(title="Heron", organisation="", compartment="harbour", actor=gus, now=NOON)
    text = world.contribution_text()
    before = everything()

    for wrong in (text, replace(text, finding="FND-0"), replace(text, outcome="OUT-0")):
        case = other.ref if wrong == text else world.case
        with pytest.raises(NotVisible):
            actions.attest_contribution(case=case, text=wrong, actor=ana, now=LATER)

    assert everything() == before


def test_a_corrected_contribution_takes_the_place_of_the_old_one(world, ana):
    actions.correct_contribution(
        ref=world.contribution,
        seen=1,
        why="EX-8",
        text=world.contribution_text(evidence="EX-8"),
        actor=ana,
        now=LATER,
    )

    (facts,) = queries.contributions_of(world.outcome)
    assert (facts.number, facts.evidence, facts.attested_by) == (2, "EX-8", "ana")
    assert Contribution.objects.count() == 2
    assert [row.evidence for row in queries.contribution_page(ana, world.contribution).rows] == [
        "EX-8",
        "EX-7",
    ]


def test_counts_are_of_current_rows(world, gus, ana):
    actions.confirm_outcome(ref=world.outcome, seen=1, actor=ana, now=LATER)
    actions.record_outcome(case=world.case, text=outcome_text(day=date(2025, 5, 1)), actor=gus, now=NOON)
    actions.correct_outcome(
        ref=world.outcome, seen=1, why="Panama", text=outcome_text(country="PA"), actor=ana, now=LATER
    )

    cells = {
        (c.kind, c.country, c.year, c.compartment): (c.confirmed, c.waiting)
        for c in queries.outcome_counts(ana)
    }

    assert cells == {
        ("arrest", "CO", 2025, "harbour"): (0, 1),
        ("arrest", "PA", 2026, "harbour"): (0, 1),
    }
    assert queries.outcome_counts(ana, compartment="ridge") == queries.outcome_counts(ana, year=2024) == ()
