"""The first sign-in of a new officer: an opening code, a password of their own, a second factor."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import identify_hasher
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.rooms.people.conftest import PASSWORD, submit
from tests.rooms.people.steps import (
    HOME,
    inside,
    password_step,
    set_up_app,
    submit_known,
    verbs_of,
    with_commits,
)
from tipstaff.people.access import Actor
from tipstaff.people.actions import add_officer
from tipstaff.people.models import Officer

Browser = Callable[..., Client]


def test_without_a_second_factor_only_the_pages_that_set_one_up_open(browser: Browser) -> None:
    client = browser()
    password_step(client)

    for path in ("/", "/people/", "/people/officer/ana/", "/audit/", "/tips/", "/offers/", "/keys/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, HOME), path
    page = client.get(HOME).content.decode()
    assert "A password alone is not enough here." in page


@with_commits
def test_setting_up_an_app_opens_the_desk_in_this_session(browser: Browser) -> None:
    client = browser()
    password_step(client)

    secret, answer = set_up_app(client)

    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    assert inside(client)
    assert verbs_of("ana") == ["people.officer.signed_in", "people.factor.added"]
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in str(stored)


@with_commits
def test_an_older_session_without_the_factor_is_ended_when_one_is_set_up(browser: Browser) -> None:
    """Somebody who had the password before the factor was there must not stay in."""
    thief, officer = browser(), browser()
    password_step(thief)
    password_step(officer)
    set_up_app(officer)

    assert thief.get("/people/").status_code == 302
    assert "_auth_user_id" not in thief.session
    assert inside(officer)


def test_the_only_factor_cannot_be_removed(browser: Browser) -> None:
    client = browser("ana")

    answer = submit(client, "/accounts/2fa/totp/deactivate/")

    assert "This is your only second factor" in answer.content.decode()
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_the_only_passkey_cannot_be_removed_either(browser: Browser) -> None:
    client = browser("ana")
    officer = Officer.objects.get(username="ana")
    key = Authenticator.objects.create(
        user=officer, type="webauthn", data={"name": "stick", "credential": {}}
    )
    Authenticator.objects.filter(type="totp").delete()

    answer = submit_known(client, f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")

    assert answer.status_code == 409
    assert "This is your only second factor" in answer.content.decode()
    assert Authenticator.objects.filter(pk=key.pk).exists()


def open_with_code(browser: Browser, ana: Actor, **shift: timedelta) -> tuple[Client, str, HttpResponse]:
    now = timezone.now() + shift.get("ago", timedelta())
    added = add_officer(username="hal", full_name="Hal", agency="harbour-police", actor=ana, now=now)
    client = browser()
    return client, added.opening_code, password_step(client, "hal", added.opening_code)


@with_commits
def test_an_opening_code_opens_only_the_page_that_replaces_it(browser: Browser, ana: Actor) -> None:
    client, code, answer = open_with_code(browser, ana)
    assert answer.status_code == 302

    for path in ("/", "/people/", HOME, "/accounts/2fa/totp/activate/"):
        assert client.get(path)["Location"] == "/accounts/password/change/", path
    path = "/accounts/password/change/"
    weak = submit(client, path, oldpassword=code, password1="short", password2="short")
    assert weak.status_code == 200
    done = submit(
        client,
        path,
        oldpassword=code,
        password1="seven tall green ladders",
        password2="seven tall green ladders",
    )

    assert done["Location"] == HOME
    assert Officer.objects.get(username="hal").opening_until is None
    assert "people.password.changed" in verbs_of("hal")
    set_up_app(client)
    assert client.get("/").status_code == 200


def test_an_opening_code_that_lay_about_opens_nothing(browser: Browser, ana: Actor) -> None:
    client, _, answer = open_with_code(browser, ana, ago=-timedelta(hours=73))

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_new_officer_may_do_nothing(browser: Browser, dan: str) -> None:
    client = browser("dan")

    assert client.get("/").status_code == 200
    for path in ("/people/", "/audit/"):
        assert client.get(path).status_code == 403, path


def test_passwords_are_hashed_with_argon2(
    settings: object, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tipstaff.config.settings import desk

    settings.PASSWORD_HASHERS = desk.PASSWORD_HASHERS  # type: ignore[attr-defined]  # pytest-django's settings take any name
    add_officer(
        username="ida",
        full_name="Ida",
        agency="harbour-police",
        actor=ana,
        now=timezone.now(),
        password=PASSWORD,
    )

    stored = Officer.objects.get(username="ida").password
    assert identify_hasher(stored).algorithm == "argon2"
    assert PASSWORD not in stored
