"""A grant is given by one officer and confirmed by another, neither of whom holds it."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from tests.rooms.people.conftest import NOON, TODAY, TOMORROW, moved
from tipstaff.audit.models import Record
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.people import actions
from tipstaff.people.access import OFFICE, Actor, NotVisible
from tipstaff.people.models import Grant, Officer
from tipstaff.people.queries import actor_named
from tipstaff.people.roles import ROLES

Hire = Callable[..., Officer]


def give(actor: Actor, officer: str = "dan", role: str = "analyst", compartment: str = "harbour",
         starts_on: date = TODAY, ends_on: date | None = None) -> int:  # fmt: skip
    return actions.give_grant(
        officer=officer, role=role, compartment=compartment, starts_on=starts_on, ends_on=ends_on,
        actor=actor, now=NOON,
    )  # fmt: skip


def confirm(actor: Actor, number: int) -> None:
    actions.confirm_grant(number=number, actor=actor, now=NOON)


def end(actor: Actor, number: int, reason: str = "moved to another office") -> None:
    actions.end_grant(number=number, reason=reason, actor=actor, now=NOON)


def test_a_grant_carries_nothing_until_a_second_officer_confirms_it(ana: Actor, ben: Actor, dan: str) -> None:
    number = give(ana)
    assert actor_named("dan", TODAY).grants == frozenset()

    confirm(ben, number)

    assert actor_named("dan", TODAY).grants == {(verb, "harbour") for verb in ROLES["analyst"]}
    written = Record.objects.unscoped("the test reads all").filter(subject="dan").order_by("pk")
    assert list(written.values_list("verb", "actor", "compartment"))[-2:] == [
        ("people.grant.given", "ana", "harbour"),
        ("people.grant.confirmed", "ben", "harbour"),
    ]
    assert written.filter(verb="people.grant.given").get().facts == {
        "grant": number, "role": "analyst", "starts_on": "2026-11-20", "ends_on": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "on, holds",
    [
        (TODAY - timedelta(days=1), False),
        (TODAY, True),
        (TOMORROW, True),
        (TOMORROW + timedelta(days=1), False),
    ],
)
def test_a_grant_holds_from_its_first_to_its_last_day(
    ana: Actor, ben: Actor, dan: str, on: date, holds: bool
) -> None:
    confirm(ben, give(ana, starts_on=TODAY, ends_on=TOMORROW))

    assert bool(actor_named("dan", on).grants) == holds


def test_ending_takes_it_away_at_once_and_one_officer_is_enough(ana: Actor, ben: Actor, dan: str) -> None:
    number = give(ana)
    confirm(ben, number)

    end(ana, number)

    assert actor_named("dan", TODAY).grants == frozenset()
    ended = Record.objects.unscoped("the test reads all").get(verb="people.grant.ended")
    assert (ended.actor, ended.facts["reason"]) == ("ana", "moved to another office")


def refused(rule: str, act: Callable[[], object]) -> None:
    before = moved()
    with pytest.raises(Refused) as raised:
        act()
    assert rule in raised.value.rules
    assert moved() == before


def test_nobody_grants_themselves(ana: Actor) -> None:
    refused("people.not-to-oneself", lambda: give(ana, officer="ana", role="auditor", compartment=OFFICE))


def test_who_gave_it_cannot_confirm_it(ana: Actor, dan: str) -> None:
    number = give(ana)

    refused("people.second-officer", lambda: confirm(ana, number))


def test_who_gets_it_cannot_confirm_it(ana: Actor, ben: Actor, hire: Hire) -> None:
    hire("gil", ("administrator", OFFICE))
    number = give(ana, officer="gil", role="custodian", compartment=OFFICE)

    refused("people.not-to-oneself", lambda: confirm(actor_named("gil", TODAY), number))


@pytest.mark.parametrize(
    "role, compartment",
    [("administrator", "harbour"), ("custodian", "ridge"), ("analyst", OFFICE), ("approver", OFFICE)],
)
def test_a_role_stands_where_it_belongs(ana: Actor, dan: str, role: str, compartment: str) -> None:
    refused("people.role-in-its-place", lambda: give(ana, role=role, compartment=compartment))


def test_a_role_must_exist(ana: Actor, dan: str) -> None:
    refused("people.known-role", lambda: give(ana, role="king"))


def test_days_must_make_sense(ana: Actor, dan: str) -> None:
    refused("people.days-in-order", lambda: give(ana, starts_on=TOMORROW, ends_on=TODAY))
    week = timedelta(days=7)
    refused("people.not-over-already", lambda: give(ana, starts_on=TODAY - 2 * week, ends_on=TODAY - week))


def test_the_same_role_is_not_held_twice_at_once(ana: Actor, ben: Actor, dan: str) -> None:
    confirm(ben, give(ana, ends_on=TOMORROW))

    refused("people.not-twice", lambda: give(ana, starts_on=TOMORROW))
    give(ana, starts_on=TOMORROW + timedelta(days=1))


@pytest.mark.parametrize(
    "first, second",
    [
        (("administrator", OFFICE), ("analyst", "harbour")),
        (("approver", "harbour"), ("administrator", OFFICE)),
        (("auditor", OFFICE), ("custodian", OFFICE)),
        (("analyst", "ridge"), ("auditor", "harbour")),
    ],
)
def test_power_and_its_checks_are_kept_apart(
    ana: Actor, dan: str, first: tuple[str, str], second: tuple[str, str]
) -> None:
    give(
        ana, role=first[0], compartment=first[1]
    )  # waiting ones count too: two could be confirmed one after another

    refused("people.kept-apart", lambda: give(ana, role=second[0], compartment=second[1]))


def test_a_grant_that_came_to_clash_while_it_waited_is_not_confirmed(
    ana: Actor, ben: Actor, dan: str
) -> None:
    number = give(ana, role="auditor", compartment=OFFICE)
    Grant.objects.create(
        officer=Officer.objects.get(username="dan"), role="analyst", compartment_id="harbour", starts_on=TODAY,
        given_at=NOON, given_by=Officer.objects.get(username="ben"),
    )  # fmt: skip

    refused("people.kept-apart", lambda: confirm(ben, number))


def test_a_grant_whose_last_day_passed_while_it_waited_is_not_confirmed(
    ana: Actor, ben: Actor, dan: str
) -> None:
    number = give(ana, ends_on=TODAY)
    later = NOON + timedelta(days=1)

    refused("people.not-over-already", lambda: actions.confirm_grant(number=number, actor=ben, now=later))


def test_a_grant_is_confirmed_once_and_ended_once(ana: Actor, ben: Actor, dan: str) -> None:
    number = give(ana)
    confirm(ben, number)
    with pytest.raises(MoveNotInTable):
        confirm(ben, number)

    end(ben, number)
    with pytest.raises(MoveNotInTable):
        end(ana, number)
    with pytest.raises(MoveNotInTable):
        confirm(ben, number)


def test_a_waiting_grant_can_be_withdrawn(ana: Actor, ben: Actor, dan: str) -> None:
    number = give(ana)
    end(ana, number)

    with pytest.raises(MoveNotInTable):
        confirm(ben, number)
    assert actor_named("dan", TODAY).grants == frozenset()


def test_an_end_needs_a_reason(ana: Actor, dan: str) -> None:
    number = give(ana)

    refused("people.reason-given", lambda: end(ana, number, reason="  "))


def test_two_administrators_stay(ana: Actor, ben: Actor, hire: Hire) -> None:
    of_ben = Grant.objects.get(officer__username="ben", role="administrator").pk
    refused("people.two-administrators", lambda: end(ana, of_ben))

    hire("gil", ("administrator", OFFICE))
    end(ana, of_ben)
    of_gil = Grant.objects.get(officer__username="gil").pk
    refused("people.two-administrators", lambda: end(ana, of_gil))


@pytest.mark.parametrize("officer, compartment", [("nobody", "harbour"), ("dan", "nowhere")])
def test_what_is_not_there_is_not_visible(ana: Actor, dan: str, officer: str, compartment: str) -> None:
    before = moved()
    with pytest.raises(NotVisible):
        give(ana, officer=officer, compartment=compartment)
    with pytest.raises(NotVisible):
        confirm(ana, 999_999)
    with pytest.raises(NotVisible):
        end(ana, 999_999)
    assert moved() == before


BROKEN = {
    "grant_is_not_given_by_its_holder": {"given_by": "dan"},
    "grant_is_not_confirmed_by_its_holder": {
        "confirmed_by": "dan",
        "confirmed_at": NOON,
        "state": "CONFIRMED",
    },
    "grant_is_confirmed_by_a_second_officer": {
        "confirmed_by": "ana",
        "confirmed_at": NOON,
        "state": "CONFIRMED",
    },
    "grant_in_force_was_confirmed": {"state": "CONFIRMED"},
    "grant_has_a_giver_or_is_founding": {"given_by": None},
    "grant_confirmed_has_its_time": {"confirmed_by": "ben"},
    "grant_ended_says_by_whom_and_when": {"state": "ENDED"},
    "grant_ends_after_it_starts": {"ends_on": TODAY - timedelta(days=1)},
    "grant_role_is_known": {"role": "king"},
    "grant_state_is_known": {"state": "LOST"},
    "grant_of_an_office_role_is_in_the_office": {"role": "administrator"},
}


@pytest.mark.parametrize("constraint, fields", BROKEN.items())
def test_the_database_refuses_what_must_never_be(
    dan: str, constraint: str, fields: dict[str, object]
) -> None:
    people = {officer.username: officer for officer in Officer.objects.all()}
    good: dict[str, object] = {
        "officer": "dan", "role": "analyst", "compartment_id": "harbour", "starts_on": TODAY,
        "given_by": "ana", "given_at": NOON,
    }  # fmt: skip
    row = {
        name: people[str(value)] if name in {"officer", "given_by", "confirmed_by"} and value else value
        for name, value in (good | fields).items()
    }

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Grant.objects.create(**row)

    assert not Grant.objects.filter(officer__username="dan").exists()


@pytest.fixture
def rivals() -> Callable[..., list[BaseException | None]]:
    """Run acts at the same moment in threads with connections of their own; what each raised, or None."""

    def run(*acts: Callable[[], object]) -> list[BaseException | None]:
        barrier, outcome = threading.Barrier(len(acts)), dict.fromkeys(range(len(acts)))

        def whole(place: int, act: Callable[[], object]) -> None:
            try:
                barrier.wait(10)
                act()
            except (Refused, MoveNotInTable) as error:
                outcome[place] = error  # type: ignore[assignment]  # fromkeys() knows only None
            finally:
                connections.close_all()

        threads = [threading.Thread(target=whole, args=pair) for pair in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
            assert not thread.is_alive()
        return list(outcome.values())

    return run


@pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
def test_two_grants_that_clash_given_at_once_leave_one(
    ana: Actor, ben: Actor, dan: str, rivals: Callable[..., list[BaseException | None]]
) -> None:
    outcome = rivals(
        lambda: give(ana, role="auditor", compartment=OFFICE),
        lambda: give(ben, role="custodian", compartment=OFFICE),
    )

    assert sorted(str(type(error).__name__) for error in outcome) == ["NoneType", "Refused"]
    assert Grant.objects.filter(officer__username="dan").count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
def test_two_administrators_cannot_end_each_other_at_once(
    ana: Actor, ben: Actor, hire: Hire, rivals: Callable[..., list[BaseException | None]]
) -> None:
    hire("gil", ("administrator", OFFICE))
    grants = {
        g.officer.ref: g.pk for g in Grant.objects.filter(role="administrator").select_related("officer")
    }

    outcome = rivals(lambda: end(ana, grants["ben"]), lambda: end(ben, grants["ana"]))

    assert sorted(str(type(error).__name__) for error in outcome) == ["NoneType", "Refused"]
    left = [name for name in ("ana", "ben", "gil") if actor_named(name, TODAY).may("people.grant.give")]
    assert len(left) == 2


@pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
def test_confirmed_and_withdrawn_at_once_ends_in_one_order_or_the_other(
    ana: Actor, ben: Actor, dan: str, rivals: Callable[..., list[BaseException | None]]
) -> None:
    number = give(ana)

    outcome = rivals(lambda: confirm(ben, number), lambda: end(ana, number))

    assert outcome[1] is None
    assert outcome[0] is None or isinstance(outcome[0], MoveNotInTable)
    assert Grant.objects.get(pk=number).state == "ENDED"
