"""A passkey in a real browser: added after a password, then enough alone; a virtual authenticator holds the key."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import CDPSession, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium
from tests.browser.chromium import Device
from tests.browser.survey import AUTHENTICATOR
from tipstaff.audit.models import Record
from tipstaff.people.access import system
from tipstaff.people.founding import Founder, found_office

PASSWORD = "five quiet herons wading"
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "hatch"])


@pytest.fixture
def office() -> None:
    """Ana and Ben, with passwords and no second factor yet."""
    found_office(
        agency=("harbour-police", "Harbour Police"),
        compartments=[("harbour", "Harbour")],
        founders=(Founder("ana", "Ana", PASSWORD), Founder("ben", "Ben", PASSWORD)),
        actor=system("init", frozenset()),
        now=datetime.now(UTC),
    )


@pytest.fixture
def page(live_server: LiveServer) -> Iterator[Page]:
    """A page of headless Chromium; what its console complains of fails the test."""
    with chromium.launched() as browser:
        device = Device.of(browser, base_url=live_server.url.replace("127.0.0.1", "localhost"))
        yield device.page
    assert device.alarms == []


@pytest.fixture
def device(page: Page) -> tuple[CDPSession, str]:
    """An authenticator that is always touched and always recognises its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})[
        "authenticatorId"
    ]


def arrived(page: Page, path: str) -> None:
    """Wait for the page at exactly this path: a pattern would also find it at the end of a `?next=`."""
    page.wait_for_url(lambda url: urlsplit(url).path == path)


def heading(page: Page) -> str:
    return page.inner_text("h1")


@pytest.mark.usefixtures("office")
def test_a_passkey_is_added_and_then_opens_the_desk_alone(page: Page, device: tuple[CDPSession, str]) -> None:
    page.goto("/")
    page.fill("[name=login]", "ana")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    arrived(page, "/accounts/2fa/")
    assert "A password alone is not enough here." in page.inner_text("main")

    page.get_by_role("link", name="Add a passkey").click()
    page.fill("[name=name]", "work laptop")
    page.check("[name=passwordless]")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")
    assert page.locator(".words li").count() == 10
    session, number = device
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"]) == 1

    page.context.clear_cookies()
    page.goto("/people/")
    assert heading(page) == "Sign in"
    page.locator("#passkey_login").click()
    arrived(page, "/people/")
    assert heading(page) == "Officers"

    kinds = list(Authenticator.objects.order_by("type").values_list("type", flat=True))
    assert kinds == ["recovery_codes", "webauthn"]
    records = Record.objects.unscoped("the test reads all").filter(actor="ana").order_by("pk")
    assert list(records.values_list("verb", flat=True)) == [
        "people.officer.signed_in",
        "people.factor.added",
        "people.officer.signed_in",
    ]


@pytest.mark.usefixtures("office")
def test_a_passkey_serves_as_second_factor_and_as_proof_before_a_change(
    page: Page, device: tuple[CDPSession, str]
) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", "ben")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("[name=name]", "blue stick")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.fill("[name=login]", "ben")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    arrived(page, "/accounts/2fa/authenticate/")
    page.locator("#mfa_webauthn_authenticate").click()
    arrived(page, "/")
    page.goto("/accounts/2fa/webauthn/reauthenticate/?next=/accounts/2fa/webauthn/")
    page.locator("#mfa_webauthn_reauthenticate").click()
    arrived(page, "/accounts/2fa/webauthn/")
    assert "blue stick" in page.inner_text("main")
