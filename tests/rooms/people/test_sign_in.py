"""Signing in and out: a password and a second factor, a cookie for this host and session, an end."""

import time
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.rooms.people.conftest import PASSWORD, submit
from tests.rooms.people.steps import HOME, inside, password_step, submit_known, verbs_of
from tipstaff.people.factors import code_now, enrol_app
from tipstaff.people.models import Officer

Browser = Callable[..., Client]


def test_password_and_code_open_the_desk(browser: Browser) -> None:
    client = browser("ana")

    assert inside(client)
    assert verbs_of("ana") == ["people.officer.signed_in"]


def test_the_password_alone_opens_nothing(browser: Browser) -> None:
    enrol_app("ana")
    client = browser()

    assert password_step(client)["Location"] == "/accounts/2fa/authenticate/"

    for path in ("/", "/people/", "/audit/", HOME):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/"), path
    assert verbs_of("ana") == []


@pytest.mark.parametrize("name, password", [("ana", "wrong words entirely"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_name_and_a_wrong_password_are_answered_alike(
    browser: Browser, name: str, password: str
) -> None:
    client = browser()

    answer = password_step(client, name, password)

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    if name:
        assert "This user name and password do not fit together" in answer.content.decode()


CLOSED = [
    "/accounts/signup/",
    "/accounts/email/",
    "/accounts/confirm-email/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/set/",
    "/accounts/login/code/confirm/",
    "/accounts/2fa/recovery-codes/download/",
]


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize("who", [None, "ana"])
def test_what_the_desk_does_not_offer_does_not_exist(browser: Browser, path: str, who: str | None) -> None:
    client = browser(who)

    assert client.get(path).status_code == 404
    client.get("/accounts/login/" if who is None else HOME)
    assert (
        submit_known(client, path, username="eve", password1=PASSWORD, email="eve@example.org").status_code
        == 404
    )
    assert not Officer.objects.filter(username="eve").exists()


def test_signing_out_is_by_post_with_the_token_of_the_form(browser: Browser) -> None:
    client = browser("ana")

    assert client.get("/accounts/logout/").status_code == 200
    assert inside(client)
    assert client.post("/accounts/logout/").status_code == 403
    assert inside(client)
    assert submit(client, "/accounts/logout/").status_code == 302
    assert not inside(client)


def test_the_cookie_is_for_this_host_this_browser_session_and_no_script(browser: Browser) -> None:
    client = browser("ana")

    cookie = client.cookies["desk"]
    assert cookie["httponly"] is True
    assert (cookie["samesite"], cookie["domain"], cookie["path"]) == ("Strict", "", "/")
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    known = client.cookies["desk-known"]
    assert (known["httponly"], known["samesite"], known["domain"]) == (True, "Strict", "")


def test_half_an_hour_without_a_request_signs_out(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser("ana")
    assert inside(client)
    session = client.session
    session["people.seen_at"] = time.time() - 29 * 60
    session.save()
    assert inside(client)

    session = client.session
    assert session["people.seen_at"] > time.time() - 60
    session["people.seen_at"] = time.time() - 31 * 60
    session.save()

    answer = client.get("/people/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=%2Fpeople%2F")
    assert "You were signed out because nothing happened" in client.get(answer["Location"]).content.decode()
    assert not Session.objects.filter(session_key=session.session_key).exists()


def test_half_a_day_signs_out_however_busy_the_officer_was(browser: Browser) -> None:
    client = browser("ana")
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 12 * 60 * 60 + 60
    session.save()

    assert not inside(client)


def test_the_session_is_a_new_one_after_signing_in(browser: Browser) -> None:
    secret = enrol_app("ana")
    client = browser()
    client.get("/accounts/login/")
    password_step(client)
    before = client.session.session_key

    submit(client, "/accounts/2fa/authenticate/", code=code_now(secret))

    assert client.session.session_key != before


def test_an_officer_whose_account_is_closed_is_out_at_once(browser: Browser, dan: str) -> None:
    client = browser("dan")
    Officer.objects.filter(username="dan").update(is_active=False)

    assert client.get("/")["Location"].startswith("/accounts/login/")
