"""How the two sites are served: every number of the web servers stands here.

granian, WSGI, real threads. A stalled upload holds one thread and nothing else (no transaction, no lock), so
the door has many cheap threads; the desk has one process, because the unlocked keys live in one process's
memory.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import django

import tipstaff
from tipstaff.config.office import start


@dataclass(frozen=True, slots=True)
class Serving:
    """One site's server: its WSGI module, where it listens by default, how many processes and threads.

    `connections` are those that each process holds open. Browsers keep theirs for half a minute and open more than
    they use, so that there are far more of them than threads: with as many as threads, the fifth officer waited.
    """

    site: str
    application: str
    host: str
    port: int
    workers: int
    threads: int
    connections: int = 1024
    backlog: int = 1024

    def command(self, host: str | None = None, port: int | None = None) -> list[str]:
        """The command line that serves the site. No access log: it would hold addresses and times."""
        return [
            str(Path(sys.executable).parent / "granian"),
            "--interface", "wsgi",
            "--host", host or self.host,
            "--port", str(port or self.port),
            "--workers", str(self.workers),
            "--blocking-threads", str(self.threads),
            "--backlog", str(self.backlog),
            "--backpressure", str(self.connections),
            "--http", "1",
            "--no-ws",
            "--respawn-failed-workers",
            "--workers-kill-timeout", "10",
            "--log-level", "warning",
            "--no-access-log",
            self.application,
        ]  # fmt: skip


DOOR = Serving("door", "tipstaff.config.wsgi_door:application", "127.0.0.1", 8000, workers=2, threads=64)
DESK = Serving("desk", "tipstaff.config.wsgi_desk:application", "127.0.0.1", 8001, workers=1, threads=8)
SITES = {serving.site: serving for serving in (DOOR, DESK)}


def check(site: Serving) -> None:
    """Start the site's Django once in this process, so that what is missing becomes a sentence.

    Raises BadSetting, NoOffice, DoorNotFurnished.
    """
    if site is DESK:
        start.desk_site()
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "tipstaff.config.settings.door"
    django.setup()
    from tipstaff.door import keys  # only here: it needs the settings

    keys.current()


def environment() -> dict[str, str]:
    """This process's environment for a server: it finds the package where this one did."""
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return kept | {"PYTHONPATH": str(Path(tipstaff.__file__).parents[1])}
