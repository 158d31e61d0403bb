"""A code of an app and a recovery code are each used once, for as long as they would be accepted."""

import re
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from tests.rooms.people.conftest import submit
from tests.rooms.people.steps import (
    inside,
    password_step,
    recovery_codes,
    set_up_app,
    submit_known,
    with_commits,
)
from tipstaff.people.factors import code_at, enrol_app
from tipstaff.people.models import SpentCode

Browser = Callable[..., Client]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The clock by which codes are made and checked; `at` moves it."""
    now = SimpleNamespace(at=float(int(time.time()) // 30 * 30 + 1))
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: now.at))
    return now


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
