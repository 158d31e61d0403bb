"""Officers with names, roles and browsers: Ana, Ben and Dora of Harbour, Cleo of Ridge, Kim who keeps the keys."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tipstaff.people.factors import code_now, enrol_app
from tipstaff.people.models import Agency, Compartment, Grant, Officer

PASSWORD = "five quiet herons wading"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
STAFF = {
    "ana": ("Ana Amador", "harbour-police", [("supervisor", "harbour")]),
    "ben": ("Ben Brook", "harbour-police", [("analyst", "harbour")]),
    "dora": ("Dora Dunn", "harbour-police", [("auditor", "harbour")]),
    "cleo": ("Cleo Costa", "ridge-police", [("supervisor", "ridge"), ("editor", "ridge")]),
    "kim": ("Kim Katz", "harbour-police", [("custodian", "office")]),
}

type Browser = Callable[[str], "Desk"]


class Desk:
    """An officer's browser at the desk, forgery check on."""

    def __init__(self, name: str | None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        if name is not None:
            secret = enrol_app(name)
            self.fill("/accounts/login/", login=name, password=PASSWORD)
            answer = self.fill("/accounts/2fa/authenticate/", code=code_now(secret))
            assert answer.status_code == 302, answer.content

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def fill(self, path: str, **fields: str) -> Any:
        """Load the form's page and post it."""
        self.client.get(path)
        return self.post(path, **fields)

    def post(self, path: str, **fields: str) -> Any:
        """Post with the token that this browser's pages carry."""
        if "desk-form" not in self.client.cookies:
            self.client.get("/accounts/login/")
        token = self.client.cookies["desk-form"].value
        body = urlencode(fields | {"csrfmiddlewaretoken": token})
        return self.client.post(path, body, content_type="application/x-www-form-urlencoded")


def text(answer: Any) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", re.sub(r"</?bdi[^>]*>", "", answer.content.decode())).split())


@pytest.fixture
def staff(db: None) -> None:
    """Everybody, with roles in force since NOON's day."""
    for code in ("harbour-police", "ridge-police"):
        Agency.objects.create(code=code, name=code.replace("-", " ").title())
    for code, agency in (
        ("office", "harbour-police"),
        ("harbour", "harbour-police"),
        ("ridge", "ridge-police"),
    ):
        Compartment.objects.create(code=code, name=code.title(), agency_id=agency)
    for ref, (name, agency, roles) in STAFF.items():
        officer = Officer(username=ref, full_name=name, agency_id=agency, added_at=NOON)
        officer.set_password(PASSWORD)
        officer.save()
        for role, compartment in roles:
            Grant.objects.create(
                officer=officer, role=role, compartment_id=compartment, state="CONFIRMED",
                starts_on=NOON.date(), founding=True, given_at=NOON,
            )  # fmt: skip


@pytest.fixture
def browser(staff: None) -> Browser:
    """`browser("ana")` is Ana's, signed in with both factors."""
    return Desk
