"""The public pages without a mouse, on the narrowest phone: nothing that has the focus is hidden, nothing needs a finger."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.browser.chromium import Device
from tests.browser.mirrored_office import MirroredOffice
from tests.browser.survey import NARROW
from tests.mirror.catalogue import LANGUAGE as MIRRORED

pytestmark = pytest.mark.once
JOURNEY = ("before/", "tip/", "mailbox/")
MOST_STOPS = 200
# Where the focus is, and whether the bar with the way out lies on it or it is outside the window.
FOCUS = """() => {
  const bar = document.querySelector(".exit"), one = document.activeElement;
  if (one === document.body) return { name: "", hidden: false };
  const box = one.getBoundingClientRect(), above = bar.getBoundingClientRect();
  const covered = Math.min(box.bottom, above.bottom) - Math.max(box.top, above.top);
  return {
    name: `${one.localName} ${one.name ?? ""} ${one.textContent.trim().slice(0, 40)}`,
    hidden: !bar.contains(one) && !one.matches(".skip") && (covered > 1 || box.bottom < 1 || box.top > innerHeight - 1),
  };
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.launched() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, furnished_office: MirroredOffice) -> Iterator[Page]:
    """A phone of 320 pixels with a keyboard, on which no script of a page runs."""
    device = Device.of(browser, base_url=furnished_office.door, viewport=NARROW, java_script_enabled=False)
    yield device.page
    device.context.close()


def tabbed(page: Page, key: str) -> list[str]:
    """Press `key` until the focus has gone around the page; what had it, with a complaint where it was not seen."""
    stops: list[str] = []
    while len(stops) < MOST_STOPS:
        page.keyboard.press(key)
        focus = page.evaluate(FOCUS)
        if not focus["name"]:
            return stops
        stops.append(f"{focus['name']} HIDDEN" if focus["hidden"] else focus["name"])
    raise AssertionError(f"the focus never leaves the page: {stops}")


@pytest.mark.parametrize("language", ["en", MIRRORED])
@pytest.mark.parametrize("path", JOURNEY)
def test_the_focus_is_never_hidden_under_the_way_out(page: Page, language: str, path: str) -> None:
    page.goto(f"/{language}/{path}")
    for summary in page.locator("summary").all():
        summary.focus()
        page.keyboard.press("Enter")
    page.goto(f"/{language}/{path}#main")

    forward, backward = tabbed(page, "Tab"), tabbed(page, "Shift+Tab")

    assert len(forward) >= 5
    assert len(backward) >= len(forward)
    assert [stop for stop in forward + backward if "HIDDEN" in stop] == []


def focus_on(page: Page, selector: str) -> None:
    """Tab until `selector` has the focus."""
    for _ in range(MOST_STOPS):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector} by keyboard")


def test_a_tip_is_written_and_sent_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/en/offers/CDG-3/")
    focus_on(page, "a[href='/en/before/CDG-3/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/before/CDG-3/")
    focus_on(page, "a[href='/en/tip/CDG-3/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tip/CDG-3/")

    focus_on(page, "[name=text]")
    page.keyboard.type("Three boats lie at the old pier.")
    focus_on(page, "[name=offer]")
    page.keyboard.press("ArrowUp")
    focus_on(page, "details:nth-of-type(3) > summary")
    page.keyboard.press("Enter")
    focus_on(page, "[name=may_ask]")
    page.keyboard.press("Space")
    chosen = page.locator("[name=offer]:checked").get_attribute("value")
    may_ask = page.locator("[name=may_ask]").is_checked()
    focus_on(page, "button[name=send]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/tip/")

    assert (chosen, may_ask) == ("CDG-1", True)
    assert page.inner_text("h1") == "We have it"
    assert page.locator(".words .word").count() == 12


def test_the_first_key_leads_past_everything_to_the_page_itself(page: Page) -> None:
    page.goto("/en/tip/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip:focus").bounding_box()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert skip is not None
    assert skip["x"] >= 0, "the link shows itself when it is reached"
    assert page.locator("[name=text]:focus").count() == 1
