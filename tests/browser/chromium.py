"""A headless Chromium that talks to nobody but our own pages, and contexts in it that stand for people's devices."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PATIENCE = 30_000  # milliseconds until something must be there, on a busy machine
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1200, "height": 800}


class NoChromium(Exception):
    """There is no Chromium on this machine."""


@contextmanager
def launched() -> Iterator[Browser]:
    """A running browser.

    Within the block Playwright keeps an event loop in this thread. Tests stand beside it, not inside it, so they may
    use the database: Django is told so. It gives this thread other connections than before, and nobody finds those
    once the loop has ended: they are closed with the browser.
    """
    program = shutil.which("chromium")
    if program is None:
        raise NoChromium("There is no `chromium` here. bin/test says how to install it.")
    rootly = ["--no-sandbox"] if os.geteuid() == 0 else []
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = play.chromium.launch(executable_path=program, args=[*QUIET, *rootly])
        try:
            yield browser
        finally:
            browser.close()
            connections.close_all()


@dataclass
class Device:
    """Somebody's browser: one context, one tab, and what its console complains of."""

    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, browser: Browser, **options: Any) -> "Device":
        """A new context with `options` as Playwright names them; a phone unless they say otherwise."""
        context = browser.new_context(**({"viewport": PHONE} | options))
        context.set_default_timeout(PATIENCE)
        device = cls(context, context.new_page())
        device.page.on("console", lambda message: device.complaints.append(f"{message.type}: {message.text}"))
        device.page.on("pageerror", lambda error: device.complaints.append(str(error)))
        return device

    @property
    def alarms(self) -> list[str]:
        """What the browser refused on our pages, or found broken."""
        return [said for said in self.complaints if "Security" in said or said.startswith("error")]
