"""A real demo office: `tipstaff demo` as `bin/run` starts it, on free ports, in a folder of the test's own."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from playwright.sync_api import Page

from tests import postgres
from tests.browser.chromium import Device
from tipstaff.config.demo.place import Card, Place, code

ROOT = Path(__file__).parents[2]
PROGRAMME = ROOT / "programmes" / "darien-2024.toml"
PATIENCE = 120.0  # seconds until the whole office must stand, on a busy machine
GRACE = 30.0  # seconds it has to end
PAUSE = 0.2  # seconds between two looks at something that takes time
READY = "Sign in at the desk"


class OfficeDown(Exception):
    """The demo ended, or was not ready in time; what it said stands in the sentence."""


@dataclass
class DemoOffice:
    """The processes of one demo, and what its terminal shows."""

    folder: Path
    programme: Path = PROGRAMME
    door_port: int = field(default_factory=postgres.free_port)
    desk_port: int = field(default_factory=postgres.free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def door(self) -> str:
        """The door's address."""
        return f"http://127.0.0.1:{self.door_port}"

    @property
    def desk(self) -> str:
        """The desk's address: another host name, so that leaving the door signs nobody out."""
        return f"http://localhost:{self.desk_port}"

    @property
    def place(self) -> Place:
        return Place(self.folder / "demo")

    @property
    def card(self) -> Card:
        """Who signs in, as the terminal says."""
        card = self.place.card()
        assert card is not None
        return card

    @property
    def passphrase(self) -> str:
        """What opens the desk's keys."""
        return self.place.passphrase.read_text(encoding="utf-8").strip()

    @property
    def receipts(self) -> list[str]:
        """The receipts of the cases' sources in the order in which they told, twelve words each."""
        lines = self.place.receipts.read_text(encoding="utf-8").splitlines()
        return [line.split(maxsplit=2)[2] for line in lines if not line.startswith("#")]

    @property
    def said(self) -> str:
        """What the terminal shows."""
        return (self.folder / "terminal").read_text(encoding="utf-8", errors="replace")

    def environment(self) -> dict[str, str]:
        """What the demo is told; nothing of this process's own settings."""
        for name in ("tmp", "home"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONUNBUFFERED": "1",
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
            "TIPSTAFF_DEMO_FOLDER": str(self.place.folder),
        }

    def start(self) -> "DemoOffice":
        """Start it and wait until its terminal says how to sign in. Raises OfficeDown."""
        ports = ["--door-port", str(self.door_port), "--desk-port", str(self.desk_port)]
        command = [sys.executable, "-m", "tipstaff", "demo", *ports, "--programme", str(self.programme)]
        environment = self.environment()
        with (self.folder / "terminal").open("wb") as terminal:
            self.process = subprocess.Popen(
                command, env=environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=terminal,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while READY not in self.said:
            if self.process.poll() is not None or time.monotonic() > until:
                raise OfficeDown(f"The demo office does not stand: {self.said}")
            time.sleep(PAUSE)
        return self

    def stop(self) -> None:
        """Ctrl-C's gentler sister; whatever is left after a while is killed, and the test fails."""
        if self.process is None:
            return
        family = self.processes()
        self.process.send_signal(signal.SIGTERM)
        _, left = psutil.wait_procs(family, GRACE)
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(left, GRACE)
        self.process.wait(GRACE)
        self.process = None
        assert left == [], f"the demo leaves processes behind: {left}"

    def processes(self) -> list[psutil.Process]:
        """The demo's own process and all that it started."""
        if self.process is None or self.process.poll() is not None:
            return []
        demo = psutil.Process(self.process.pid)
        return [demo, *demo.children(recursive=True)]


@contextmanager
def standing(folder: Path, programme: Path = PROGRAMME) -> Iterator[DemoOffice]:
    """A demo office in `folder`, running for as long as the block lasts."""
    office = DemoOffice(folder, programme)
    try:
        yield office.start()
    finally:
        office.stop()


def eventually[Seen](look: Callable[[], Seen], what: str, patience: float = 60.0) -> Seen:
    """Look again and again until `look` gives something true, and give that; fails after `patience` seconds."""
    until = time.monotonic() + patience
    while not (seen := look()):
        assert time.monotonic() < until, f"{what}: not within {patience:.0f} s"
        time.sleep(PAUSE)
    return seen


def sign_in(device: Device, office: DemoOffice, officer: str = "") -> Page:
    """An officer at the desk, Rosa unless another is named: the password, then the code that the app shows."""
    page, card = device.page, office.place.card_of(officer) if officer else office.card
    page.goto(f"{office.desk}/")
    page.get_by_label("User name").fill(card.username)
    page.get_by_label("Password").fill(card.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(code(card.totp, time.time()))
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.inner_text("h1") == "My work"
    return page


def unlock(page: Page, office: DemoOffice) -> None:
    """Unlock the desk's keys with the passphrase beside them; what waits is opened from then on."""
    page.get_by_role("link", name="Keys", exact=True).click()
    page.get_by_label("Passphrase").fill(office.passphrase)
    page.get_by_role("button", name="Unlock and open what waits").click()
