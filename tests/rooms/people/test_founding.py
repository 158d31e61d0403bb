"""An office begins with two officers whom nobody could have added; afterwards two are always needed."""

from datetime import timedelta

import pytest

from tests.rooms.people.conftest import COMMAND, NOON, PASSWORD, TODAY
from tipstaff.audit.models import Record
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import OFFICE, Actor
from tipstaff.people.founding import Founder, found_office
from tipstaff.people.models import Agency, Compartment, Grant, Officer
from tipstaff.people.queries import actor_named
from tipstaff.people.roles import ROLES

ELENA, FINN = Founder("elena", "Elena", PASSWORD), Founder("finn", "Finn", PASSWORD)


def found(*founders: Founder, agency: str = "coast", compartments: tuple[tuple[str, str], ...] = ()) -> None:
    found_office(
        agency=(agency, "Coast Guard"), compartments=compartments, founders=(founders[0], founders[1]),
        actor=COMMAND, now=NOON,
    )  # fmt: skip


@pytest.fixture
def empty(office: None) -> None:
    """No office at all."""
    for model in (Grant, Officer, Compartment, Agency):
        model._base_manager.all().delete()


def nothing() -> bool:
    return not any(model._base_manager.exists() for model in (Grant, Officer, Compartment, Agency))


def test_the_first_two_administer_and_keep_the_keys(ana: Actor, ben: Actor) -> None:
    verbs = ROLES["administrator"] | ROLES["custodian"]

    for founder in (ana, ben):
        assert founder.grants == frozenset((verb, OFFICE) for verb in verbs)
        assert founder.agency == "harbour-police"


def test_their_grants_are_marked_as_founding_and_recorded() -> None:
    grants = Grant.objects.order_by("officer__username", "role")
    rows = grants.values_list("officer__username", "role", "founding", "given_by", "confirmed_by")
    assert list(rows) == [
        ("ana", "administrator", True, None, None),
        ("ana", "custodian", True, None, None),
        ("ben", "administrator", True, None, None),
        ("ben", "custodian", True, None, None),
    ]
    records = Record.objects.unscoped("the test reads all").order_by("pk")
    assert list(records.values_list("verb", "subject", "actor")) == [
        ("people.office.founded", "harbour-police", "system:init"),
        ("people.officer.added", "ana", "system:init"),
        ("people.grant.founded", "ana", "system:init"),
        ("people.grant.founded", "ana", "system:init"),
        ("people.officer.added", "ben", "system:init"),
        ("people.grant.founded", "ben", "system:init"),
        ("people.grant.founded", "ben", "system:init"),
    ]


def test_an_office_is_founded_once() -> None:
    with pytest.raises(Refused) as refused:
        found(ELENA, FINN)

    assert refused.value.rules == ("people.founded-once",)
    assert sorted(Officer.objects.values_list("username", flat=True)) == ["ana", "ben"]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    "founders, rule",
    [
        ((ELENA, ELENA), "people.two-founders"),
        ((ELENA, Founder("finn", "Finn", "short")), "people.strong-password"),
        ((ELENA, Founder("Finn", "Finn", PASSWORD)), "people.code-is-plain"),
        ((ELENA, Founder("finn", "  ", PASSWORD)), "people.name-is-given"),
        (
            (ELENA, Founder("finn", "Finn", PASSWORD, (("administrator", OFFICE), ("approver", "coast")))),
            "people.kept-apart",
        ),
        (
            (ELENA, Founder("finn", "Finn", PASSWORD, (("administrator", "coast"),))),
            "people.role-in-its-place",
        ),
    ],
)
def test_a_founding_that_makes_no_sense_leaves_nothing(founders: tuple[Founder, Founder], rule: str) -> None:
    with pytest.raises(Refused) as refused:
        found(*founders, compartments=(("coast", "Coast"),))

    assert rule in refused.value.rules
    assert nothing()


@pytest.mark.usefixtures("empty")
def test_a_founders_opening_code_must_be_replaced() -> None:
    found(Founder("elena", "Elena", "4KQ7-M2XC-9TRC", opening=True), FINN)

    until = dict(Officer.objects.values_list("username", "opening_until"))
    assert until == {"elena": NOON + timedelta(hours=72), "finn": None}


@pytest.mark.usefixtures("empty")
def test_founders_may_begin_with_other_roles() -> None:
    keeper = Founder("elena", "Elena", PASSWORD, (("custodian", OFFICE), ("analyst", "coast")))
    found(keeper, FINN, compartments=(("coast", "Coast"),))

    assert actor_named("elena", TODAY).compartments == {OFFICE, "coast"}
