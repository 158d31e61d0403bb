"""The cast of people's tests: an office that Ana and Ben of Harbour founded; Cleo of Ridge has every right there."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tipstaff.audit.models import Record
from tipstaff.people.access import Actor, system
from tipstaff.people.actions import add_officer
from tipstaff.people.factors import code_now, enrol_app
from tipstaff.people.founding import Founder, found_office
from tipstaff.people.models import Agency, Compartment, Grant, Officer
from tipstaff.people.queries import actor_named
from tipstaff.people.roles import OFFICE, ROLES
from tipstaff.people.states import GrantState

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
TOMORROW = TODAY + timedelta(days=1)
PASSWORD = "five quiet herons wading"
COMMAND = system("init", frozenset())


@pytest.fixture(autouse=True)
def office() -> None:
    """Ana and Ben found Harbour's office; Ridge is another agency with a compartment of its own."""
    founder = [Founder(name, name.title(), PASSWORD) for name in ("ana", "ben")]
    found_office(
        agency=("harbour-police", "Harbour Police"),
        compartments=[("harbour", "Harbour")],
        founders=(founder[0], founder[1]),
        actor=COMMAND,
        now=NOON,
    )
    Agency.objects.create(code="ridge-police", name="Ridge Police")
    Compartment.objects.create(code="ridge", name="Ridge", agency_id="ridge-police")


@pytest.fixture
def ana(office: None) -> Actor:
    """Administers the office."""
    return actor_named("ana", TODAY)


@pytest.fixture
def ben(office: None) -> Actor:
    """Administers the office too."""
    return actor_named("ben", TODAY)


@pytest.fixture
def hire(ana: Actor) -> Callable[..., Officer]:
    """A further officer, with roles that are in force on NOON's day and today."""

    def hire(name: str, *roles: tuple[str, str], agency: str = "harbour-police") -> Officer:
        add_officer(
            username=name, full_name=name.title(), agency=agency, actor=ana, now=NOON, password=PASSWORD
        )
        officer = Officer.objects.get(username=name)
        for role, compartment in roles:
            Grant.objects.create(
                officer=officer, role=role, compartment_id=compartment, starts_on=TODAY,
                state=GrantState.CONFIRMED, given_at=NOON, given_by=Officer.objects.get(username="ana"),
                confirmed_at=NOON, confirmed_by=Officer.objects.get(username="ben"),
            )  # fmt: skip
        return officer

    return hire


@pytest.fixture
def cleo(hire: Callable[..., Officer]) -> Actor:
    """Every role of a compartment, in Ridge; none in the office."""
    roles = [
        (role, "ridge") for role in sorted(ROLES) if role not in {"administrator", "custodian", "auditor"}
    ]
    hire("cleo", *roles, agency="ridge-police")
    return actor_named("cleo", TODAY)


@pytest.fixture
def dan(hire: Callable[..., Officer]) -> str:
    """New, with no role yet."""
    return hire("dan").ref


@pytest.fixture
def browser() -> Callable[..., Client]:
    """A browser that checks forgery like the real site; with a name: signed in by password and code."""

    def browser(name: str | None = None) -> Client:
        client = Client(enforce_csrf_checks=True)
        if name is not None:
            secret = enrol_app(name)
            submit(client, "/accounts/login/", login=name, password=PASSWORD)
            answer = submit(client, "/accounts/2fa/authenticate/", code=code_now(secret))
            assert answer.status_code == 302, answer.content
        return client

    return browser


def submit(client: Client, path: str, *, page: str | None = None, **fields: object):  # type: ignore[no-untyped-def]  # Django's test response has no public type
    """Fill in the form on `page` (or `path`) and post it, with the token that page carries."""
    client.get(page or path)
    token = client.cookies["desk-form"].value
    return client.post(path, fields | {"csrfmiddlewaretoken": token})


def moved() -> tuple[object, ...]:
    """Everything that a refused act must leave as it was."""
    return (
        list(Officer.objects.order_by("pk").values_list("username", "full_name", "agency", "is_active")),
        list(Grant.objects.order_by("pk").values_list("pk", "state", "confirmed_by", "ended_by", "ended_on")),
        list(Agency.objects.order_by("pk").values_list("pk")),
        list(Compartment.objects.order_by("pk").values_list("pk")),
        Record.objects.unscoped("the test counts all").count(),
    )


def today() -> date:
    """The day on which pages think they are shown."""
    return timezone.now().astimezone(UTC).date()


__all__ = ["NOON", "OFFICE", "PASSWORD", "TODAY", "TOMORROW", "moved", "submit", "today"]
