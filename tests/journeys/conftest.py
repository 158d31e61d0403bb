"""The people of the journeys, all invented: Yadira with a cheap phone; Rosa, Tomás and Elena at the desk; Lin who runs it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tipstaff.kernel.clock import day
from tipstaff.people.access import system
from tipstaff.people.actions import add_officer, confirm_grant, give_grant
from tipstaff.people.factors import code_now, enrol_app
from tipstaff.people.founding import Founder, found_office
from tipstaff.people.queries import actor_named

PASSWORD = "five quiet herons wading"
AGENCY, COMPARTMENT = "darien-desk", "darien"


def open_the_office(now: datetime) -> None:
    """Lin and Mae found it; each role of Rosa, Tomás, Elena and Ines is given by one of them and confirmed by the other."""
    founders = (Founder("lin", "Lin", PASSWORD), Founder("mae", "Mae", PASSWORD))
    found_office(
        agency=(AGENCY, "Darién desk"), compartments=[(COMPARTMENT, "Darién")], founders=founders,
        actor=system("init"), now=now,
    )  # fmt: skip
    hire("rosa", now, ("editor", COMPARTMENT), ("analyst", COMPARTMENT), ("custodian", "office"))
    hire("tomas", now, ("approver", COMPARTMENT), ("analyst", COMPARTMENT))
    hire("elena", now, ("approver", COMPARTMENT))
    hire("ines", now, ("auditor", "office"))


def hire(name: str, now: datetime, *roles: tuple[str, str]) -> None:
    """Add an officer with roles that are in force today."""
    today: date = day(now)
    lin, mae = actor_named("lin", today), actor_named("mae", today)
    add_officer(username=name, full_name=name.title(), agency=AGENCY, actor=lin, now=now, password=PASSWORD)
    for role, compartment in roles:
        number = give_grant(
            officer=name,
            role=role,
            compartment=compartment,
            starts_on=today,
            ends_on=None,
            actor=lin,
            now=now,
        )
        confirm_grant(number=number, actor=mae, now=now)


@dataclass
class Officer:
    """An officer's browser at the desk, signed in with password and code, forgery checks on."""

    name: str
    browser: Client

    @classmethod
    def sign_in(cls, name: str) -> "Officer":
        officer = cls(name, Client(enforce_csrf_checks=True))
        secret = enrol_app(name)
        officer.do("/accounts/login/", login=name, password=PASSWORD)
        answer = officer.do("/accounts/2fa/authenticate/", code=code_now(secret))
        assert answer.status_code == 302, answer.content
        return officer

    def read(self, path: str) -> str:
        """A page's text; it must be there."""
        answer = self.browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return str(answer.content.decode())

    def do(self, path: str, *, on: str | None = None, **fields: Any) -> HttpResponse:
        """Press a button: post `fields` with the token of the page they stand on."""
        self.browser.get(on or path)
        token = self.browser.cookies["desk-form"].value
        return self.browser.post(path, fields | {"csrfmiddlewaretoken": token})  # type: ignore[return-value]  # the client's answer is an HttpResponse with more on it


def now() -> datetime:
    """The moment in which the story is told: both sites use the real clock."""
    return timezone.now()
