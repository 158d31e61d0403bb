"""Officers' browsers at the desk, and the addresses of the room."""

import re
import time
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client
from django.urls import reverse

from tests.rooms.cases.conftest import World
from tipstaff.people.factors import enrol_app, has_factor
from tipstaff.people.models import Officer

type Browser = Callable[[str], Client]


@pytest.fixture
def browser(staff: None) -> Browser:
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
    client.get("/")
    token = client.cookies["desk-form"].value if "desk-form" in client.cookies else ""
    return client.post(address, fields | {"csrfmiddlewaretoken": token})


def words(answer: Any) -> str:
    """What a person reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def address(name: str, world: World) -> str:
    given: dict[str, Any] = {
        "finding": {"ref": world.finding},
        "correct_finding": {"ref": world.finding},
        "outcome": {"ref": world.outcome},
        "confirm": {"ref": world.outcome},
        "correct_outcome": {"ref": world.outcome},
        "contribution": {"ref": world.contribution},
        "correct_contribution": {"ref": world.contribution},
        "part": {"ref": world.case, "part": "findings"},
        "finish_task": {"ref": world.case, "number": 1},
    }
    alone = name in ("cases", "outcomes", "open")
    return reverse(f"cases:{name}", kwargs={} if alone else given.get(name, {"ref": world.case}))
