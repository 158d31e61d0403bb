"""Limits on guessing that cannot be turned against the officer."""

from collections.abc import Callable

from django.test import Client

from tests.rooms.people.conftest import submit
from tests.rooms.people.steps import password_step
from tipstaff.people.factors import code_now, enrol_app

Browser = Callable[..., Client]


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
