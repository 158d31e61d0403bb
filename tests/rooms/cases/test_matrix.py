"""Every verb by everybody, in an open and in a closed case: what is allowed happens, all else moves nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.rooms.cases.conftest import (
    NOON,
    TODAY,
    World,
    acting,
    everything,
    make_tip,
    outcome_text,
    tip_source,
)
from tipstaff.audit.models import Record
from tipstaff.cases import actions, queries
from tipstaff.cases.models import Task
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.people.access import Actor, NotAllowed, NotVisible

LATER = NOON + timedelta(hours=1)


def attest(world: World, actor: Actor) -> object:
    """The same tip and finding, to a second outcome."""
    second = actions.record_outcome(
        case=world.case,
        text=outcome_text(kind="charge", paragraph=""),
        actor=acting("gus", "investigator"),
        now=NOON,
    )
    before = everything()
    try:
        text = world.contribution_text(outcome=second.ref)
        return actions.attest_contribution(case=world.case, text=text, actor=actor, now=LATER)
    except Exception:
        assert everything() == before
        raise


VERBS: dict[str, Callable[[World, Actor], object]] = {
    "share_case": lambda w, actor: actions.share_case(
        ref=w.case, compartment="ridge", actor=actor, now=LATER
    ),
    "close_case": lambda w, actor: actions.close_case(ref=w.case, reason="done", actor=actor, now=LATER),
    "reopen_case": lambda w, actor: actions.reopen_case(ref=w.case, reason="news", actor=actor, now=LATER),
    "add_note": lambda w, actor: actions.add_note(ref=w.case, text="look", actor=actor, now=LATER),
    "add_task": lambda w, actor: actions.add_task(
        ref=w.case, title="look", assignee="eva", due_on=TODAY, actor=actor, now=LATER
    ),
    "finish_task": lambda w, actor: actions.finish_task(ref=w.case, number=1, actor=actor, now=LATER),
    "state_finding": lambda w, actor: actions.state_finding(
        case=w.case, statement="Boats come.", sources=[tip_source(w.tip)], actor=actor, now=LATER
    ),
    "correct_finding": lambda w, actor: actions.correct_finding(
        ref=w.finding,
        seen=1,
        why="by day",
        statement="By day.",
        sources=[tip_source(w.tip)],
        actor=actor,
        now=LATER,
    ),
    "record_outcome": lambda w, actor: actions.record_outcome(
        case=w.case, text=outcome_text(), actor=actor, now=LATER
    ),
    "correct_outcome": lambda w, actor: actions.correct_outcome(
        ref=w.outcome, seen=1, why="Panama", text=outcome_text(country="PA"), actor=actor, now=LATER
    ),
    "confirm_outcome": lambda w, actor: actions.confirm_outcome(
        ref=w.outcome, seen=1, actor=actor, now=LATER
    ),
    "attest_contribution": attest,
    "correct_contribution": lambda w, actor: actions.correct_contribution(
        ref=w.contribution,
        seen=1,
        why="earlier",
        text=w.contribution_text(evidence="EX-8"),
        actor=actor,
        now=LATER,
    ),
}
# What a closed case still lets happen.
OF_THE_CLOSED = {"reopen_case", "finish_task"}


@pytest.fixture
def ready(world: World, gus: Actor) -> Callable[[str], World]:
    """The world, with what a verb needs."""

    def ready(verb: str) -> World:
        actions.add_task(ref=world.case, title="watch", assignee="ana", due_on=TODAY, actor=gus, now=NOON)
        if verb == "reopen_case":
            actions.close_case(ref=world.case, reason="done", actor=gus, now=NOON)
        return world

    return ready


def in_both(ref: str) -> Actor:
    """An investigator of Harbour and Ridge: who shares a case must be."""
    harbour = acting(ref, "investigator")
    return Actor(ref, harbour.agency, harbour.grants | {(verb, "ridge") for verb in harbour.verbs})


@pytest.mark.parametrize("who", ["ana", "eva", "ben", "dora", "cleo"])
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_by_everybody(request, ready, verb, who):
    world, before = ready(verb), None
    actor = request.getfixturevalue(who)
    if verb == "share_case" and who in ("ana", "eva"):
        actor = in_both(who)

    if who in ("ana", "eva"):
        before = everything()
        VERBS[verb](world, actor)
        after = everything()
        assert after != before
        newest = Record.objects.unscoped("a test looks").latest("pk")
        assert (newest.actor, newest.compartment) == (who, "harbour")
    elif verb == "attest_contribution":
        with pytest.raises(NotVisible if who == "cleo" else NotAllowed):
            VERBS[verb](world, actor)
    else:
        before = everything()
        with pytest.raises(NotVisible if who == "cleo" else NotAllowed):
            VERBS[verb](world, actor)
        assert everything() == before


@pytest.mark.parametrize("verb", sorted(VERBS.keys() - OF_THE_CLOSED - {"attest_contribution"}))
def test_a_closed_case_takes_nothing_new(ready, gus, verb):
    world = ready(verb)
    actions.close_case(ref=world.case, reason="done", actor=gus, now=NOON)
    before = everything()

    with pytest.raises((MoveNotInTable, Refused)) as refused:
        VERBS[verb](world, in_both("ana"))

    assert everything() == before
    if verb == "close_case":
        assert isinstance(refused.value, MoveNotInTable)
    else:
        assert isinstance(refused.value, Refused)
        assert refused.value.rules == ("cases.open",)


def test_a_closed_case_takes_no_contribution(world, gus, ana):
    actions.close_case(ref=world.case, reason="done", actor=gus, now=NOON)
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.attest_contribution(case=world.case, text=world.contribution_text(), actor=ana, now=LATER)

    assert refused.value.rules == ("cases.open",)
    assert everything() == before


def test_a_task_of_a_closed_case_can_be_finished(ready, ana, gus):
    world = ready("finish_task")
    actions.close_case(ref=world.case, reason="done", actor=gus, now=NOON)

    actions.finish_task(ref=world.case, number=1, actor=ana, now=LATER)

    task = Task.objects.get()
    assert (task.done_by, task.done_on) == ("ana", TODAY)


@pytest.mark.parametrize("who", ["ana", "ben", "dora", "cleo"])
def test_who_opens_a_case(request, staff, who):
    actor, before = request.getfixturevalue(who), everything()

    if who == "ana":
        case = actions.open_case(title="Gull", organisation="", compartment="harbour", actor=actor, now=NOON)
        assert (case.home, case.state, case.opened_by) == ("harbour", "open", "ana")
    else:
        with pytest.raises(NotAllowed):
            actions.open_case(title="Gull", organisation="", compartment="harbour", actor=actor, now=NOON)
        assert everything() == before


def test_every_verb_of_the_room_is_in_this_matrix():
    assert VERBS.keys() | {"open_case"} == set(actions.__all__)


def test_a_case_is_shared_only_by_who_opens_cases_in_both(world, ana):
    before = everything()

    with pytest.raises(NotAllowed):
        actions.share_case(ref=world.case, compartment="ridge", actor=ana, now=LATER)

    assert everything() == before


def test_a_shared_case_is_seen_and_worked_on_from_the_other_side(world, cleo):
    actions.share_case(ref=world.case, compartment="ridge", actor=in_both("ana"), now=LATER)

    actions.add_note(ref=world.case, text="we know them", actor=cleo, now=LATER)
    before = everything()
    with pytest.raises(Refused) as again:
        actions.share_case(ref=world.case, compartment="ridge", actor=in_both("ana"), now=LATER)

    assert again.value.rules == ("cases.shared-already",)
    assert everything() == before


def test_a_finding_rests_on_no_tip_that_its_officer_may_not_read(world, ana):
    theirs = make_tip("ridge").ref
    for ref in (theirs, "TIP-0000-0000-0000"):
        before = everything()
        with pytest.raises(Refused) as refused:
            actions.state_finding(
                case=world.case, statement="Boats.", sources=[tip_source(ref)], actor=ana, now=LATER
            )
        assert refused.value.rules == ("cases.tip-in-sight",)
        assert everything() == before


def test_an_officer_finds_what_is_theirs_to_do(ready, ana, eva, dora):
    world = ready("finish_task")
    tomorrow = TODAY + timedelta(days=1)

    (task,) = queries.tasks_of(ana, tomorrow)

    assert (task.case, task.title, task.due_on, task.late) == (world.case, "watch", TODAY, True)
    assert queries.tasks_of(eva, tomorrow) == ()
    with pytest.raises(NotAllowed):
        queries.tasks_of(dora, tomorrow)
    actions.finish_task(ref=world.case, number=1, actor=eva, now=LATER)
    assert queries.tasks_of(ana, tomorrow) == ()
