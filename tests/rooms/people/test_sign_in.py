"""Signing in: a password and a second factor, each code once, and limits that lock nobody else out."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import identify_hasher
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.rooms.people.conftest import PASSWORD, submit
from tipstaff.audit.models import Record
from tipstaff.people.access import Actor
from tipstaff.people.actions import add_officer
from tipstaff.people.factors import code_at, code_now, enrol_app
from tipstaff.people.models import Officer, SpentCode

Browser = Callable[..., Client]
# allauth tells of a new factor after the commit; a test whose database is inside a transaction never sees one.
with_commits = pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
HOME = "/accounts/2fa/"  # an own page that needs the whole sign-in


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


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The clock by which codes are made and checked; `at` moves it."""
    now = SimpleNamespace(at=float(int(time.time()) // 30 * 30 + 1))
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: now.at))
    return now


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


def test_a_code_is_used_once(browser: Browser, clock: SimpleNamespace) -> None:
    secret = enrol_app("ana")
    code = code_at(secret, clock.at)
    first, second = browser(), browser()
    password_step(first)
    password_step(second)

    assert submit(first, "/accounts/2fa/authenticate/", code=code).status_code == 302
    again = submit(second, "/accounts/2fa/authenticate/", code=code)

    assert "This code is wrong, or was used before" in again.content.decode()
    assert inside(first)
    assert not inside(second)


@pytest.mark.parametrize("later", [-30, 0, 30])
def test_a_code_stays_used_for_as_long_as_it_would_be_accepted(
    browser: Browser, clock: SimpleNamespace, later: int
) -> None:
    """The replay that a memory of one half minute lets through: the code of this step, in the next one."""
    secret = enrol_app("ana")
    code = code_at(secret, clock.at)
    first, second = browser(), browser()
    password_step(first)
    clock.at += min(later, 0)
    assert submit(first, "/accounts/2fa/authenticate/", code=code).status_code == 302
    from django.core.cache import cache

    cache.clear()  # what allauth itself remembers, it may have forgotten by now
    clock.at += abs(later)
    password_step(second)

    again = submit(second, "/accounts/2fa/authenticate/", code=code)

    assert again.status_code == 200
    assert not inside(second)
    assert inside(first)


@pytest.mark.parametrize("step, accepted", [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clocks_may_differ_by_half_a_minute(
    browser: Browser, clock: SimpleNamespace, step: int, accepted: bool
) -> None:
    secret = enrol_app("ana")
    client = browser()
    password_step(client)

    submit(client, "/accounts/2fa/authenticate/", code=code_at(secret, clock.at + 30 * step))

    assert inside(client) == accepted


def test_a_used_code_is_no_proof_before_a_change_of_factors_either(
    browser: Browser, clock: SimpleNamespace
) -> None:
    secret = enrol_app("ana")
    code = code_at(secret, clock.at)
    client = browser()
    password_step(client)
    submit(client, "/accounts/2fa/authenticate/", code=code)

    answer = submit(client, "/accounts/2fa/reauthenticate/", code=code)

    assert answer.status_code == 200
    assert "This code is wrong, or was used before" in answer.content.decode()


def test_spent_steps_are_forgotten_when_they_can_no_longer_be_accepted(
    browser: Browser, clock: SimpleNamespace
) -> None:
    secret = enrol_app("ana")
    for _ in range(2):
        client = browser()
        password_step(client)
        submit(client, "/accounts/2fa/authenticate/", code=code_at(secret, clock.at))
        assert inside(client)
        clock.at += 3600

    assert SpentCode.objects.count() == 1


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
def test_the_code_that_proved_the_app_is_spent(browser: Browser, clock: SimpleNamespace) -> None:
    client, other = browser(), browser()
    password_step(client)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"[A-Z2-7]{32}", page)[0]  # type: ignore[index]  # the page above shows it
    submit_known(client, "/accounts/2fa/totp/activate/", code=code_at(secret, clock.at))
    password_step(other)

    submit(other, "/accounts/2fa/authenticate/", code=code_at(secret, clock.at))

    assert inside(client)
    assert not inside(other)


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


def recovery_codes(client: Client) -> list[str]:
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    return re.findall(r'<span class="word"><bdi dir="ltr">(\d{8})</bdi>', page)


@with_commits
def test_recovery_codes_are_shown_once_and_open_once(browser: Browser) -> None:
    client = browser()
    password_step(client)
    set_up_app(client)
    codes = recovery_codes(client)
    assert len(set(codes)) == 10
    assert recovery_codes(client) == []

    lost, thief = browser(), browser()
    password_step(lost)
    password_step(thief)
    assert submit(lost, "/accounts/2fa/authenticate/", code=codes[3]).status_code == 302
    assert submit(thief, "/accounts/2fa/authenticate/", code=codes[3]).status_code == 200

    assert inside(lost)
    assert not inside(thief)
    assert not any(code in str(a.data) for a in Authenticator.objects.all() for code in codes)


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


def test_wrong_passwords_from_strangers_lock_out_strangers_only(browser: Browser) -> None:
    secret = enrol_app("ana")
    known = browser()
    password_step(known)
    submit(known, "/accounts/2fa/authenticate/", code=code_now(secret))
    submit(known, "/accounts/logout/")
    for _ in range(12):
        stranger = browser()
        answer = password_step(stranger, password="wrong words entirely")
    assert "Too many wrong passwords for this name" in answer.content.decode()
    assert password_step(browser()).status_code == 200, "the right password from an unknown browser must wait"

    assert password_step(known)["Location"] == "/accounts/2fa/authenticate/"
    enrol_app("ben")
    assert password_step(browser(), "ben")["Location"] == "/accounts/2fa/authenticate/"


def test_a_known_browser_guesses_no_more_than_others(browser: Browser) -> None:
    known = browser("ana")
    submit(known, "/accounts/logout/")

    answers = [password_step(known, password="wrong words entirely") for _ in range(11)]

    assert "Too many wrong passwords" in answers[-1].content.decode()
    assert "Too many wrong passwords" not in answers[-2].content.decode()


def test_the_mark_of_one_officers_browser_is_worth_nothing_for_another(browser: Browser) -> None:
    anas = browser("ana")
    submit(anas, "/accounts/logout/")
    for _ in range(11):
        password_step(browser(), "ben", "wrong words entirely")

    assert "Too many wrong passwords" in password_step(anas, "ben").content.decode()


def test_guessing_codes_is_limited(browser: Browser) -> None:
    enrol_app("ana")
    client = browser()
    password_step(client)

    for _ in range(11):
        answer = submit(client, "/accounts/2fa/authenticate/", code="000000")

    assert "Too many wrong passwords" in answer.content.decode() or answer.status_code == 429


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


def test_an_officer_whose_account_is_closed_is_out_at_once(browser: Browser, dan: str) -> None:
    client = browser("dan")
    Officer.objects.filter(username="dan").update(is_active=False)

    assert client.get("/")["Location"].startswith("/accounts/login/")


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
