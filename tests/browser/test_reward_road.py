"""The road of a reward in a real browser: officers in sessions of their own, and a source with only a receipt.

It begins where the demo's cases stand: one before the committee, one with the Attorney General. The source's phone is
360 px wide and runs no script.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.browser.chromium import DESKTOP, Device
from tests.browser.demo_office import DemoOffice, eventually, sign_in, standing, unlock

AMOUNT = "75,000"
PLACE = "Window 5, the old customs house"
CODE = re.compile(r"VCH(-[0-9A-Z]{4})+(-[0-9A-Z]+)?")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoOffice]:
    """A demo office, as bin/run makes it."""
    with standing(tmp_path_factory.mktemp("reward-road")) as office:
        yield office


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.launched() as browser:
        yield browser


@dataclass
class Desk:
    """Each officer's own browser session, opened when they first do something."""

    browser: Browser
    office: DemoOffice
    devices: dict[str, Device] = field(default_factory=dict)

    def at(self, officer: str) -> Page:
        if officer not in self.devices:
            self.devices[officer] = Device.of(self.browser, viewport=DESKTOP)
            sign_in(self.devices[officer], self.office, officer)
        return self.devices[officer].page


def test_from_concurrence_to_cash_in_hand(office: DemoOffice, browser: Browser) -> None:
    desk = Desk(browser, office)
    source = Device.of(browser, java_script_enabled=False, is_mobile=True, has_touch=True)
    receipt = office.receipts[-1]

    award = abel_concurs(desk.at("abel"))
    sera_decides(desk.at("sera"), office, award)
    pia_sends_the_voucher(desk.at("pia"), office, award)
    unlock(desk.at("rosa"), office)
    code = the_source_finds_it(source.page, office, receipt)
    number = pam_presents_it(desk.at("pam"), office, code)
    the_source_signs(source.page, number)
    pam_counts(desk.at("pam"))
    two_witnesses_sign(desk)
    pam_has_paid(desk.at("pam"), award)
    the_voucher_is_gone(source.page, office, receipt)

    devices = (source, *desk.devices.values())
    assert [alarm for device in devices for alarm in device.alarms] == []
    assert source.context.cookies() == [], "the door gives none"


def test_the_committee_scores_alone_and_votes_on_the_record(office: DemoOffice, browser: Browser) -> None:
    desk = Desk(browser, office)

    moe_scores_alone(desk.at("moe"))
    cora_puts_a_motion(desk.at("cora"))
    for name, vote in (("mia", "For the motion"), ("max", "For the motion"), ("moe", "Against the motion")):
        votes(desk.at(name), vote)
    cora_counts(desk.at("cora"))

    assert [alarm for device in desk.devices.values() for alarm in device.alarms] == []


def open_the_item(page: Page, meeting: str = "DEMO: The timekeeper") -> None:
    """From the list of meetings to the one item on the docket."""
    if page.get_by_role("link", name="Committee", exact=True).count() == 0:
        page.get_by_role("link", name="Awards", exact=True).click()
    page.get_by_role("link", name="Committee", exact=True).first.click()
    page.get_by_role("link", name=meeting).click()
    page.get_by_role("link", name="Item 1").first.click()


def moe_scores_alone(page: Page) -> None:
    """Two others have handed in their scores; Moe sees none of them, nor any tip's number."""
    open_the_item(page)
    shown = page.inner_text("main")
    assert "red boathouse" in shown
    assert not any(secret in shown for secret in ("What the scores advise", "TIP-", "As the packet says."))
    page.get_by_role("link", name="Score", exact=True).click()
    for factor in page.locator("fieldset.scale").all():
        factor.get_by_role("radio").nth(2).check()
        factor.get_by_label("Why, in one sentence").fill("It opened one line among several.")
    page.get_by_role("button", name="Submit for good").click()
    assert "submitted and locked" in page.inner_text("body")


def cora_puts_a_motion(page: Page) -> None:
    """The clerk opens the meeting; with the motion all scores show."""
    open_the_item(page)
    item = page.url
    page.locator(".back a").click()
    page.get_by_role("button", name="Open the meeting").click()
    page.goto(item)
    page.get_by_role("link", name="Put a motion").click()
    page.get_by_role("radio", name="To recommend a reward").check()
    page.get_by_label(re.compile("^Total")).fill("100,000")
    page.get_by_label(re.compile("^For source 1")).fill("100,000")
    page.get_by_label("The motion in words").fill("To recommend a reward to source 1.")
    page.get_by_role("button", name="Put the motion").click()
    assert "What the scores advise" in page.inner_text("main")


def votes(page: Page, vote: str) -> None:
    open_the_item(page)
    page.get_by_role("radio", name=vote, exact=True).check()
    page.get_by_label("Your reason").fill("The packet shows it.")
    page.get_by_role("button", name="Cast the vote").click()
    assert "Your vote is recorded" in page.inner_text("body")


def cora_counts(page: Page) -> None:
    open_the_item(page)
    page.get_by_role("button", name="Close the vote").click()
    assert "The motion is carried." in page.inner_text("body")


def abel_concurs(page: Page) -> str:
    """The award waits for the attorney; every page says that it is a demo."""
    page.get_by_role("link", name="Awards", exact=True).click()
    assert "Waiting for you" in page.inner_text("main")
    assert "DEMO" in page.inner_text("body")
    page.locator("main table").first.get_by_role("link").first.click()
    page.get_by_text("Concur", exact=True).first.click()
    page.get_by_label("Reference of the letter").first.fill("AG-DEMO-1")
    page.get_by_role("button", name="Concur", exact=True).click()
    assert "It waits for somebody else." in page.inner_text("main")
    return page.url.rstrip("/").rpartition("/")[2]


def sera_decides(page: Page, office: DemoOffice, award: str) -> None:
    """As the committee advised; then certified."""
    page.goto(f"{office.desk}/awards/{award}/")
    page.get_by_role("link", name="Decide").click()
    assert page.get_by_label("In all, in USD").input_value() == AMOUNT
    page.get_by_label(re.compile("^Reason")).fill("As the committee advised.")
    page.get_by_role("button", name="Approve as recommended").click()
    page.get_by_role("button", name="Certify it for payment").click()
    assert "Certified" in page.inner_text(".tags")


def pia_sends_the_voucher(page: Page, office: DemoOffice, award: str) -> None:
    """No protection was asked for; the voucher goes into the mailbox, sealed."""
    today = datetime.now(UTC).date()
    page.goto(f"{office.desk}/awards/{award}/")
    page.get_by_label("The plan, or why none is needed").fill("The source asked for none.")
    page.get_by_role("button", name="Settle the protection").click()
    page.get_by_role("link", name="Sources: what they answered, and how they are paid").click()
    page.get_by_label(re.compile("^Place")).fill(PLACE)
    page.get_by_label("First day").fill(today.isoformat())
    page.get_by_label("Last day").fill((today + timedelta(days=30)).isoformat())
    page.get_by_role("button", name="Seal a voucher to every source that accepted").click()
    assert "nothing but" not in page.inner_text("main")


def come_back(page: Page, office: DemoOffice, receipt: str) -> None:
    page.goto(f"{office.door}/en/mailbox/")
    page.get_by_label(re.compile("twelve words")).fill(receipt)
    page.get_by_role("button", name="Open my information").click()


def the_source_finds_it(page: Page, office: DemoOffice, receipt: str) -> str:
    """With nothing but the receipt, on a phone without scripts, as soon as the worker has delivered it."""

    def told() -> str:
        come_back(page, office, receipt)
        found = CODE.search(page.inner_text("main"))
        return found[0] if found else ""

    code = eventually(told, "the voucher in the mailbox")
    assert PLACE in page.inner_text("main")
    wide = page.locator("html").bounding_box()
    assert wide is not None
    assert wide["width"] <= 360
    return code


def pam_presents_it(page: Page, office: DemoOffice, code: str) -> str:
    """The paymaster types the code and reads a number out."""
    page.get_by_role("link", name="Payments", exact=True).click()
    assert page.inner_text("h1") == "Payments"
    page.get_by_label(re.compile("^Code of the voucher")).fill(code.lower())
    page.get_by_role("button", name="Look it up").click()
    assert "Read this number out" in page.inner_text("main")
    return page.locator("section.card strong").first.inner_text()


def the_source_signs(page: Page, number: str) -> None:
    page.get_by_label(re.compile("six digits")).fill(number)
    page.get_by_role("button", name="I am at the window").click()


def pam_counts(page: Page) -> None:
    """As soon as the signature has come, the money is counted onto the table."""
    eventually(lambda: shows(page, "2. Count the money"), "the source's signature at the window")
    page.get_by_role("button", name="It lies on the table: call the witnesses").click()
    assert "Nobody has signed yet." in page.inner_text("main")


def two_witnesses_sign(desk: Desk) -> None:
    for name in ("wes", "win"):
        page = desk.at(name)
        page.get_by_role("link", name="To witness", exact=True).click()
        page.get_by_role("link", name="Look at it").click()
        assert AMOUNT in page.inner_text("h1")
        page.get_by_role("button", name="I see this amount change hands").click()


def pam_has_paid(page: Page, award: str) -> None:
    """Final; and nothing on the paymaster's page names the award, its offer or a tip."""
    assert shows(page, "Print"), "the receipt can be printed"
    text = page.content()
    assert not any(secret in text for secret in (award, "GULL", "TIP-", "CAS-"))


def the_voucher_is_gone(page: Page, office: DemoOffice, receipt: str) -> None:
    def gone() -> bool:
        come_back(page, office, receipt)
        return CODE.search(page.inner_text("main")) is None

    eventually(gone, "the used voucher out of the mailbox")


def shows(page: Page, text: str) -> bool:
    page.reload()
    return text in page.inner_text("main")
