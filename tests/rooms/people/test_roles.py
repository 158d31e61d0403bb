"""Which role may do what, whole: every role against every verb."""

import itertools
from collections.abc import Callable

import pytest
from django.utils.translation import override

from tests.rooms.people.conftest import NOON, TODAY, moved
from tipstaff.people import actions, words
from tipstaff.people.access import OFFICE, Actor, NotAllowed, within
from tipstaff.people.access import system as system_actor
from tipstaff.people.models import Grant, Officer
from tipstaff.people.queries import actor_named, officer_page, officers, waiting_grants
from tipstaff.people.roles import EITHER_ROLES, KEPT_APART, OFFICE_ROLES, ROLES, SYSTEM_VERBS, VERBS

Hire = Callable[..., Officer]
EVERY = sorted(itertools.product(ROLES, VERBS))


def place(role: str) -> str:
    return OFFICE if role in OFFICE_ROLES else "harbour"


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_carries_its_verbs_in_its_compartment_and_nowhere_else(hire: Hire, role: str) -> None:
    hire("eve", (role, place(role)))

    eve = actor_named("eve", TODAY)

    answers = {
        (verb, where): eve.may(verb, where) for verb in VERBS for where in (OFFICE, "harbour", "ridge")
    }
    assert {pair for pair, allowed in answers.items() if allowed} == {
        (verb, place(role)) for verb in ROLES[role]
    }
    assert eve.verbs == ROLES[role]
    assert eve.compartments == {place(role)}


def test_the_list_of_verbs_is_whole_sorted_and_follows_the_grammar() -> None:
    assert list(VERBS) == sorted(set(VERBS))
    assert set(VERBS) == frozenset().union(*ROLES.values()) | {"offers.offer.expire"}
    assert set(VERBS) >= SYSTEM_VERBS
    assert all(verb.replace("_", "").replace(".", "").isalpha() and verb.count(".") == 2 for verb in VERBS)


def test_roles_that_are_kept_apart_exist() -> None:
    assert frozenset().union(*KEPT_APART) <= ROLES.keys()
    assert OFFICE_ROLES | EITHER_ROLES <= ROLES.keys()


def test_who_hands_out_power_reads_no_tip_and_decides_no_offer() -> None:
    for verb in ROLES["administrator"]:
        assert not verb.startswith(("tips.", "offers.", "custody.", "audit.", "logbook."))
    for role in ("analyst", "approver", "auditor", "editor", "supervisor"):
        assert frozenset({"administrator", role}) in KEPT_APART


def test_a_job_may_do_only_what_jobs_do_but_everywhere() -> None:
    worker = system_actor("worker")

    assert worker.ref == "system:worker"
    assert {verb for verb in VERBS if worker.may(verb, "ridge")} == SYSTEM_VERBS
    assert not worker.may("tips.tip.see", "harbour")
    assert not worker.may("people.grant.give")


def test_a_filter_keeps_to_the_compartments_where_the_verb_is_held() -> None:
    both = Actor("x", "y", frozenset({("tips.tip.see", "b"), ("tips.tip.see", "a"), ("tips.tip.write", "c")}))

    assert within(both, "tips.tip.see").children == [("compartment__in", ["a", "b"])]
    assert within(both, "tips.tip.erase", "where").children == [("where__in", [])]
    assert within(system_actor("worker"), "tips.envelope.open").children == []


ACTS: dict[str, Callable[[Actor], object]] = {
    "people.officer.see": lambda actor: (officers(actor, TODAY), officer_page(actor, "dan", TODAY)),
    "people.grant.see": waiting_grants,
    "people.officer.add": lambda actor: actions.add_officer(
        username="new", full_name="New", agency="harbour-police", actor=actor, now=NOON
    ),
    "people.officer.add ": lambda actor: actions.add_agency(
        code="coast", name="Coast", actor=actor, now=NOON
    ),
    "people.officer.add  ": lambda actor: actions.add_compartment(
        code="coast", name="Coast", agency="harbour-police", actor=actor, now=NOON
    ),
    "people.grant.give": lambda actor: actions.give_grant(
        officer="dan",
        role="analyst",
        compartment="harbour",
        starts_on=TODAY,
        ends_on=None,
        actor=actor,
        now=NOON,
    ),
    "people.grant.confirm": lambda actor: actions.confirm_grant(number=_waiting(), actor=actor, now=NOON),
    "people.grant.end": lambda actor: actions.end_grant(
        number=_waiting(), reason="over", actor=actor, now=NOON
    ),
}


def _waiting() -> int:
    return int(Grant.objects.get(officer__username="dan", state="GIVEN").pk)


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("act", ACTS)
def test_every_act_of_this_room_by_every_role(hire: Hire, dan: str, ana: Actor, role: str, act: str) -> None:
    hire("eve", (role, place(role)))
    if act.strip() in {"people.grant.confirm", "people.grant.end"}:
        actions.give_grant(
            officer="dan",
            role="editor",
            compartment="harbour",
            starts_on=TODAY,
            ends_on=None,
            actor=ana,
            now=NOON,
        )
    before = moved()

    if act.strip() in ROLES[role]:
        ACTS[act](actor_named("eve", TODAY))
        assert (moved() != before) == (not act.strip().endswith(".see"))
    else:
        with pytest.raises(NotAllowed, match=act.strip()):
            ACTS[act](actor_named("eve", TODAY))
        assert moved() == before


def test_every_right_in_another_compartment_is_none_here(cleo: Actor, dan: str, ana: Actor) -> None:
    actions.give_grant(
        officer="dan", role="editor", compartment="ridge", starts_on=TODAY, ends_on=None, actor=ana, now=NOON
    )
    before = moved()

    for act in ACTS.values():
        with pytest.raises(NotAllowed):
            act(cleo)

    assert moved() == before


def test_every_role_has_a_name_for_the_pages_that_is_its_code_in_english() -> None:
    assert {role: str(name) for role, name in words.ROLES.items()} == {role: role for role in ROLES}
    with override("es"):
        assert words.ROLES["custodian"] == "custodia"
