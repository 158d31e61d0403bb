"""What an officer does in a browser to sign in, step by step."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.rooms.people.conftest import PASSWORD, submit
from tipstaff.audit.models import Record
from tipstaff.people.factors import code_now

HOME = "/accounts/2fa/"  # an own page that needs the whole sign-in
# allauth tells of a new factor after the commit; a test whose database is inside a transaction never sees one.
with_commits = pytest.mark.django_db(transaction=True, databases=["default", "hatch"])


def inside(client: Client) -> bool:
    """Is this browser signed in, whole?"""
    return client.get("/people/").status_code == 200


def verbs_of(ref: str) -> list[str]:
    records = Record.objects.unscoped("the test reads all").filter(actor=ref).order_by("pk")
    return list(records.values_list("verb", flat=True))


def password_step(client: Client, name: str = "ana", password: str = PASSWORD) -> HttpResponse:
    answer = submit(client, "/accounts/login/", login=name, password=password)
    assert isinstance(answer, HttpResponse)
    return answer


def set_up_app(client: Client) -> tuple[str, HttpResponse]:
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r"Secret: <bdi[^>]*>([A-Z2-7]{32})</bdi>", page)
    assert found, page
    answer = submit_known(client, "/accounts/2fa/totp/activate/", code=code_now(found[1]))
    return found[1], answer


def submit_known(client: Client, path: str, **fields: object) -> HttpResponse:
    """Post with the token this browser already has: the form's page would be made anew by asking for it."""
    token = client.cookies["desk-form"].value
    return client.post(path, fields | {"csrfmiddlewaretoken": token})  # type: ignore[return-value]  # Django's test response has no public type


def recovery_codes(client: Client) -> list[str]:
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    return re.findall(r'<span class="word"><bdi dir="ltr">(\d{8})</bdi>', page)
