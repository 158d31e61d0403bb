"""Browsers of the awards' cast: signed in with a second factor, and what a person reads on a page."""

import re
import time
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client
from django.urls import reverse

from tests.rooms.awards.cast import CAST, NOON
from tipstaff.people.factors import enrol_app, has_factor
from tipstaff.people.models import Agency, Compartment, Grant, Officer

type Browser = Callable[[str], Client]
OFFICERS = [name for name, role in CAST.items() if role not in ("administrator", "custodian")]


@pytest.fixture
def browser(db: None) -> Browser:
    """A browser in which somebody of the cast is signed in, with a second factor."""
    for place in ("harbour", "ridge"):
        agency = Agency.objects.create(code=f"{place}-police", name=place.title())
        Compartment.objects.create(code=place, name=place.title(), agency=agency)
    for name in [*OFFICERS, "cleo"]:
        place = "ridge" if name == "cleo" else "harbour"
        officer = Officer.objects.create(
            username=name, full_name=f"{name.title()} Amador", agency_id=f"{place}-police", added_at=NOON
        )
        for role in {"clerk", "secretary"} if name == "cleo" else {CAST[name]}:
            Grant.objects.create(
                officer=officer, role=role, compartment_id=place, state="CONFIRMED", starts_on=NOON.date(),
                founding=True, given_at=NOON,
            )  # fmt: skip

    def browser(name: str) -> Client:
        officer = Officer.objects.get(username=name)
        if not has_factor(officer):
            enrol_app(name)
        client = Client(enforce_csrf_checks=True)
        client.force_login(officer)
        session = client.session
        session["account_authentication_methods_user"] = user_id_to_str(officer)
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session.save()
        return client

    return browser


def post(client: Client, address: str, **fields: object) -> Any:
    """Post with the forgery token that every page of the desk hands out."""
    client.get("/")
    token = client.cookies["desk-form"].value if "desk-form" in client.cookies else ""
    return client.post(address, fields | {"csrfmiddlewaretoken": token})


def words(response: Any) -> str:
    """What a person reads on a page."""
    text = re.sub(r"<(style|script).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def at(name: str, *args: object) -> str:
    return reverse(f"awards:{name}", args=args)
