"""One walk over every page of an office, and all that was noticed on it, so that many tests can ask about one walk."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Response

from tests.browser import chromium, stops
from tests.browser.chromium import DESKTOP, PHONE, Device
from tests.browser.mirrored_office import LANGUAGES, MirroredOffice
from tests.browser.stops import Stop
from tests.mirror.catalogue import LANGUAGE as MIRRORED
from tipstaff.config.demo.place import STEP
from tipstaff.people.factors import code_at

ROOT = Path(__file__).parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
LOOKS = Path(__file__).with_name("looks.js")
NARROW = {"width": 320, "height": 568}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# An authenticator that is always touched and always recognises its owner.
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class Seen:
    """What one page showed: `violations` of accessibility rules, by scheme and width, the rest from looks.js."""

    site: str
    stop: Stop
    language: str
    path: str = ""
    direction: str = ""
    bytes: int = 0
    violations: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    turned: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.site}, {self.stop.name} ({self.language})"


@dataclass
class Survey:
    """The whole walk, and the session cookie with which each officer walked the desk."""

    seen: list[Seen] = field(default_factory=list)
    sessions: dict[str, str] = field(default_factory=dict)

    def found(self, what: str, site: str = "") -> dict[str, list[str]]:
        """Each page on which something of that kind was noticed, with what it was."""
        there = {str(seen): getattr(seen, what) for seen in self.seen if site in ("", seen.site)}
        return {page: noticed for page, noticed in there.items() if noticed}


def walk(office: MirroredOffice) -> Survey:
    """Every page of the door in every language; every page of the desk in English and from the right."""
    survey = Survey()
    with chromium.launched() as browser:
        for language in LANGUAGES:
            survey.seen += _door(browser, office, language)
        for language in ("en", MIRRORED):
            survey.seen += _desk(browser, office, language, survey.sessions)
    return survey


def _door(browser: Browser, office: MirroredOffice, language: str) -> Iterator[Seen]:
    with _device(browser, office.door, language) as device:
        for stop in stops.door(language, office.furnished):
            yield _look(device, "door", stop, language)
        if language == "en":
            for stop in stops.door_without_language():
                yield _look(device, "door", stop, language)


def _desk(
    browser: Browser, office: MirroredOffice, language: str, sessions: dict[str, str]
) -> Iterator[Seen]:
    """The desk follows the browser's language."""
    furnished = office.furnished
    for stop in stops.signing_in(furnished):
        with _device(browser, office.desk, language) as device:
            yield _look(device, "desk", stop, language)
    journeys = {"omar": list(stops.setting_up()), "rosa": list(stops.factors())}
    for stop in stops.desk(furnished):
        journeys.setdefault(stop.officer, []).append(stop)
    for officer, there in journeys.items():
        with _device(browser, office.desk, language) as device:
            sign_in(device.page, office, officer, language)
            sessions[officer] = next(
                cookie["value"] for cookie in device.context.cookies() if cookie["name"] == "desk"
            )
            for stop in there:
                yield _look(device, "desk", stop, language)


def sign_in(page: Page, office: MirroredOffice, officer: str, language: str = "en") -> None:
    """Password and code; Rosa then adds a passkey, and unlocks the keys of this desk.

    Each code opens once: the second walk takes the code of the next half minute, which the desk accepts as well.
    """
    person = office.furnished.people[officer]
    page.goto("/accounts/login/")
    stops.fill(page, login=person.name, password=person.password)
    page.locator(stops.SUBMIT).first.click()
    if person.secret:
        ahead = 0 if language == "en" else STEP
        stops.fill(page, code=code_at(person.secret, time.time() + ahead))
        page.locator(stops.SUBMIT).first.click()
    if officer == "rosa":
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        page.goto("/accounts/2fa/webauthn/add/")
        stops.fill(page, name="blue stick")
        with page.expect_navigation():
            page.locator("#mfa_webauthn_add").click()
        page.goto("/keys/")
        if page.locator("[name=passphrase]").count():
            stops.fill(page, passphrase=office.passphrase)
            page.locator(stops.SUBMIT).click()


@contextmanager
def _device(browser: Browser, address: str, language: str) -> Iterator[Device]:
    """A browser that speaks `language`; the scripts that look at pages are past its content policy.

    axe-core is half a megabyte that every page would read: it is there only where its rules are asked.
    """
    device = Device.of(browser, base_url=address, locale=language, bypass_csp=True)
    for script in (AXE, LOOKS) if language == "en" else (LOOKS,):
        device.context.add_init_script(path=script)
    yield device
    device.context.close()


def _look(device: Device, site: str, stop: Stop, language: str) -> Seen:
    seen, page = Seen(site, stop, language), device.page
    documents: list[Response] = []

    def note(answer: Response) -> None:
        if answer.request.is_navigation_request():
            documents.append(answer)

    page.set_viewport_size(PHONE)
    page.on("response", note)
    device.complaints.clear()
    page.goto(stop.path)
    stop.press(page)
    page.remove_listener("response", note)
    seen.bytes = len(documents[-1].body())
    seen.path = urlsplit(page.url).path
    # Colours and places are the same in every language: the rules are asked once, of the English page.
    for size, scheme in product((PHONE, DESKTOP), SCHEMES) if language == "en" else ():
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("looks.violations", scheme == "dark")
        seen.violations += [f"{scheme}, {size['width']} pixels wide: {violation}" for violation in found]
    page.set_viewport_size(NARROW)
    noticed: dict[str, Any] = page.evaluate("looks.at()")
    for name, value in noticed.items():
        setattr(seen, name, value)
    # An answer that refuses is itself an "error" to the console.
    seen.complaints = [
        said for said in device.alarms if "the server responded with a status of 4" not in said
    ]
    return seen
