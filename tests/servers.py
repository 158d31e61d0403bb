"""A real door for the tests: granian in processes of its own, an office's folder, a hatch that nobody else uses.

    def test_…(door_server):
        receipt = door_server.visitor().tip("Three boats lie at the old pier.")   # over HTTP
        door_server.kill()                                                        # as a power cut would
        with door_server.hatch():
            waiting = queries.waiting(10)                # every query and verb of the hatch, on the door's own

On PostgreSQL the door signs in with the role that `hatch/roles.py` gives it, so it has the least rights here too.
"""

import contextlib
import http.client
import itertools
import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psutil
import psycopg
import pytest
from django.db import connections
from django.db.utils import load_backend
from django.http import HttpResponse

from tests import postgres
from tests.offices import BOUNDARY, TestOffice, Visitor, form_body, found
from tipstaff.config.demo.processes import PATIENCE
from tipstaff.config.office import serving
from tipstaff.footing.database import from_url
from tipstaff.hatch import log, roles

ROOT = Path(__file__).parents[1]
GRACE = 15.0  # seconds that a server has to end by itself
_numbers = itertools.count(1)


class DoorDown(Exception):
    """The server ended, or does not answer; what it said stands in the sentence."""


@dataclass
class Door:
    """One door on a free port of 127.0.0.1, started and stopped as often as a test likes.

    `owner_url` is the hatch as its owner reaches it, `hatch_url` as the door does. All that the server might
    write lies under `path`: `office/` with the keys and an SQLite hatch, `tmp/` (its TMPDIR), `home/`, `log`.
    """

    path: Path
    owner_url: str
    hatch_url: str
    office: TestOffice
    workers: int = serving.DOOR.workers
    threads: int = serving.DOOR.threads
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What the server printed, in all its lives."""
        return self.path / "log"

    @property
    def said(self) -> str:
        """The log's text."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def environment(self) -> dict[str, str]:
        """What the server is told; nothing of this process's own settings."""
        for name in ("tmp", "home"):
            (self.path / name).mkdir(exist_ok=True)
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "HOME": str(self.path / "home"),
            "TMPDIR": str(self.path / "tmp"),
            "TIPSTAFF_OFFICE": str(self.office.path),
            "TIPSTAFF_DOOR_HOSTS": "127.0.0.1",
            "HATCH_URL": self.hatch_url,
            **self.settings,
        }

    def start(self) -> "Door":
        """Start the server and wait until it answers. Raises DoorDown."""
        self.port = self.port or postgres.free_port()
        site = replace(
            serving.DOOR, host="127.0.0.1", port=self.port, workers=self.workers, threads=self.threads
        )
        with self.log.open("ab") as log_file:
            self.process = subprocess.Popen(
                site.command(),
                env=self.environment(),
                cwd=self.path,
                stdin=subprocess.DEVNULL,
                stdout=log_file,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that the workers can be killed with it
            )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise DoorDown(f"The door ended by itself: {self.said}")
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.visitor().get("/healthz").status_code == 200:
                    return self
            time.sleep(0.05)
        raise DoorDown(f"The door does not answer: {self.said}")

    def kill(self) -> None:
        """SIGKILL to the server and its workers at once: nobody gets to tidy up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the server to end, and wait."""
        self._end(signal.SIGTERM)

    def _end(self, with_signal: signal.Signals) -> None:
        if self.process is None:
            return
        group = self.process.pid
        with contextlib.suppress(ProcessLookupError):
            if with_signal == signal.SIGKILL:
                os.killpg(group, signal.SIGKILL)
            else:
                self.process.terminate()
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(group, signal.SIGKILL)
            self.process.wait()
        _wait_for_group(group)
        self.process = None

    def processes(self) -> list[psutil.Process]:
        """The server and its workers."""
        assert self.process is not None, "the door is not running"
        server = psutil.Process(self.process.pid)
        return [server, *server.children(recursive=True)]

    @property
    def memory(self) -> int:
        """The bytes that the largest of the processes has in memory."""
        return max(int(process.memory_info().rss) for process in self.processes())

    @property
    def cpu_seconds(self) -> float:
        """Processor time of all its processes since they started."""
        return float(sum(sum(process.cpu_times()[:2]) for process in self.processes()))

    def visitor(self, language: str = "en", **headers: str) -> "FarVisitor":
        """Somebody with a plain browser who comes over HTTP."""
        return FarVisitor(language=language, headers=headers, port=self.port)

    @contextmanager
    def hatch(self) -> Iterator[None]:
        """Within the block every query and verb of `hatch` works on this door's hatch, with real commits."""
        with hatch_at(self.owner_url):
            yield

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What a SELECT gives, read past all our own code and with the owner's rights."""
        if self.owner_url.startswith("sqlite"):
            with contextlib.closing(sqlite3.connect(self.owner_url.removeprefix("sqlite:///"))) as connection:
                return connection.execute(statement).fetchall()
        with psycopg.connect(self.owner_url) as connection:
            return connection.execute(statement.encode()).fetchall()


@dataclass
class FarVisitor(Visitor):
    """A visitor who really comes over HTTP: a new connection for each page, no cookie, no script."""

    port: int = 0
    patience: float = 60.0

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("GET", path, b"", self.headers | headers)

    def post_raw(self, path: str, body: bytes, kind: str | None = None) -> HttpResponse:
        kind = kind or f"multipart/form-data; boundary={BOUNDARY}"
        return self.ask("POST", path, body, self.headers | {"Content-Type": kind})

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> HttpResponse:
        """Any request; its answer as Django would show it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        response = HttpResponse(content, status=answer.status)
        del response.headers["Content-Type"]
        for name, value in answer.getheaders():
            response.headers[name] = value
        return response

    def begin(self, path: str, fields: dict[str, str], files: list[tuple[str, bytes]], share: float) -> Any:
        """Post only the first `share` (0 to 1) of a form, and then stop. The open socket; close it to break off."""
        body = form_body(fields, files)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        connection.putrequest("POST", path)
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Content-Length": str(len(body))}
        for name, value in (self.headers | kind).items():
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(body[: int(len(body) * share)])
        return connection.sock


@contextmanager
def new_door(path: Path, server: postgres.Server | None, **options: Any) -> Iterator[Door]:
    """A door with new keys, an empty hatch and one published notice, running; ended, and its hatch dropped, after.

    `server` is the PostgreSQL for the hatch; None makes an SQLite file. `options` are Door's.
    """
    office = found(path / "office")
    with _new_hatch(office, server) as (owner_url, hatch_url):
        door = Door(path, owner_url, hatch_url, office, **options)
        with door.hatch():
            office.publish()
        try:
            yield door.start()
        finally:
            door.kill()


@contextmanager
def _new_hatch(office: TestOffice, server: postgres.Server | None) -> Iterator[tuple[str, str]]:
    """An empty hatch: its owner's address and the door's."""
    if server is None:
        file = office.path / "data" / "hatch.sqlite3"
        shutil.copy(_empty_sqlite_hatch(office.path.parent), file)
        yield f"sqlite:///{file}", f"sqlite:///{file}"
        return
    name = f"hatch_{os.getpid()}_{next(_numbers)}"
    owner_url = server.create(name)
    migrate(office.path.parent, owner_url)
    role, password = f"{name}_door", secrets.token_hex(16)
    with psycopg.connect(owner_url, autocommit=True) as connection:
        for statement in roles.statements("door", role, password):
            connection.execute(statement.encode())
    parts = urlsplit(owner_url)
    try:
        yield owner_url, urlunsplit(parts._replace(netloc=f"{role}:{password}@{parts.hostname}:{parts.port}"))
    finally:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
            connection.execute(f"DROP ROLE {role}".encode())


_templates: list[Path] = []


def _empty_sqlite_hatch(folder: Path) -> Path:
    """A migrated, empty hatch to copy: made once, because migrating takes a second."""
    if not _templates or not _templates[0].exists():
        _templates[:] = [folder / "empty-hatch.sqlite3"]
        migrate(folder, f"sqlite:///{_templates[0]}")
    return _templates[0]


def migrate(folder: Path, hatch_url: str) -> None:
    """Make the hatch's tables from a process of its own, as an office does."""
    with hatch_at(hatch_url):
        from django.core.management import call_command

        call_command("migrate", "hatch", database="hatch", verbosity=0, interactive=False)


@contextmanager
def hatch_at(url: str) -> Iterator[None]:
    """Within the block the hatch of this process is the database at `url`."""
    settings = from_url(url)
    connections.configure_settings({"default": settings})
    before = connections["hatch"]
    there = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "hatch")
    there.inc_thread_sharing()
    connections["hatch"] = there
    log.forget_tiles()
    try:
        yield
    finally:
        there.close()
        connections["hatch"] = before
        log.forget_tiles()


def _wait_for_group(group: int) -> None:
    """Until the last process of the group is gone: a worker may live on for a moment."""
    until = time.monotonic() + GRACE
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    raise DoorDown("a worker of the door does not end")


def on_postgresql() -> bool:
    """Does this run of the suite keep its hatch on PostgreSQL?"""
    return connections["hatch"].vendor == "postgresql"


def door_hatch_server(request: pytest.FixtureRequest) -> postgres.Server | None:
    """The server for a door's hatch, or None when this run is on SQLite."""
    return request.getfixturevalue("postgres_server") if on_postgresql() else None


@pytest.fixture
def door_server(tmp_path: Path, django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[Door]:
    """A door of the test's own, to be killed, broken and looked into."""
    with django_db_blocker.unblock(), new_door(tmp_path, door_hatch_server(request)) as door:
        yield door


@pytest.fixture(scope="session")
def standing_door(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any, request: pytest.FixtureRequest
) -> Iterator[Door]:
    """One door for all tests that only visit it: what others sent before lies in it too."""
    folder = tmp_path_factory.mktemp("standing-door")
    with django_db_blocker.unblock(), new_door(folder, door_hatch_server(request)) as door:
        yield door


__all__ = ["Door", "DoorDown", "FarVisitor", "door_server", "hatch_at", "new_door", "standing_door"]
