"""A real browser, scripts off: it asks nobody but the door, keeps nothing, and complains of nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.chromium import launched
from tests.servers import Door


class Asked:
    """The addresses that a browser asked for, and what its console says."""

    def __init__(self) -> None:
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        self.kept: list[object] = []


@contextmanager
def visit(door: Door, *, scripts: bool) -> Iterator[tuple[Page, Asked]]:
    """A fresh browser, watched."""
    asked = Asked()
    with launched() as browser:
        context: BrowserContext = browser.new_context(java_script_enabled=scripts, base_url=door.address)
        context.on("request", lambda request: asked.hosts.add(urlsplit(request.url).netloc))
        context.on("console", lambda message: asked.complaints.append(message.text))
        page = context.new_page()
        page.set_default_timeout(60_000)
        yield page, asked
        asked.kept = [*context.cookies(), *context.storage_state()["origins"]]


@pytest.mark.parametrize("scripts", [False, True], ids=["scripts off", "scripts on"])
def test_security_02_a_browser_asks_nobody_but_the_door(standing_door: Door, scripts: bool) -> None:
    """The whole road, every page on it, with scripts off (the Tor Browser's Safest) and on."""
    with visit(standing_door, scripts=scripts) as (page, asked):
        page.goto("/en/")
        page.get_by_role("link", name="How we protect you, and where that ends").first.click()
        page.goto("/en/offers/HBR-1/")
        page.get_by_role("link", name="Give information about this").click()
        page.get_by_role("link", name="Continue").click()
        page.get_by_label("What do you know?").fill("Three boats at the old pier.")
        page.get_by_role("button", name="Send this information").first.click()
        words = page.locator(".word").all_inner_texts()
        page.goto("/en/mailbox/")
        page.get_by_label("Your twelve words or twelve numbers").fill(" ".join(words))
        page.get_by_role("button", name="Open my information").click()
        page.get_by_label("Your message, in any language").fill("At night.")
        page.get_by_role("button", name="Send this").click()
        added = page.get_by_role("status").inner_text()
        page.goto("/en/nothing/")

    assert "We have what you added" in added
    assert len(words) == 12
    # `data:` has no host: the empty icon, which keeps a browser from asking for one.
    assert asked.hosts - {""} == {urlsplit(standing_door.address).netloc}
    # A page that is not there complains in the console by itself.
    assert [text for text in asked.complaints if "404" not in text] == []
    assert asked.kept == []
