"""Browsers for the cast, and what a person reads on a page."""

import re
import time
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from tests.rooms.awards.committee.cast import NUMBERS, WHY, At
from tests.unit.rulebook.awards import TOCRP
from tipstaff.people.factors import enrol_app, has_factor
from tipstaff.people.models import Officer


@pytest.fixture
def browser(staff: None) -> Callable[[str], Client]:
    """A browser in which somebody of the cast is signed in, with a second factor."""

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
    client.get("/awards/committee/")
    token = client.cookies["desk-form"].value if "desk-form" in client.cookies else ""
    body = urlencode(fields | {"csrfmiddlewaretoken": token}, doseq=True)
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


def words(response: Any) -> str:
    """What a person reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def page_of(at: At, more: str = "") -> str:
    return f"/awards/committee/{at.meeting}/{at.place}/{more}"


def buttons(response: Any, at: At) -> set[str]:
    """What the item's page lets its viewer do: where its forms and buttons lead."""
    page = response.content.decode()
    actions = re.findall(rf'(?:action|class="button" href)="{page_of(at)}([\w-]+)/"', page)
    return set(actions)


def score_fields(level: int = 3, because: str = WHY) -> dict[str, object]:
    named = [f"{number}.{factor.code}" for number in NUMBERS for factor in TOCRP.factors]
    return {f"level.{name}": level for name in named} | {f"because.{name}": because for name in named}
