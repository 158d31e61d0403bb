"""Who is still connected when the test databases are to go.

PostgreSQL drops no database that somebody is connected to. What the suite leaves open is ended here, so that no run
becomes red by its end, and is told at the foot of the run, so that somebody closes it.
"""

import time
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connections
from django.db.backends.base.creation import TEST_DATABASE_PREFIX

PATIENCE = 5.0  # seconds that a session on its way out has
PAUSE = 0.1
FOUND = pytest.StashKey[list["Leak"]]()

_SESSIONS = """
    SELECT pid, datname, application_name, usename, state, query FROM pg_stat_activity
    WHERE datname = ANY(%s) AND pid <> pg_backend_pid() ORDER BY pid
"""


@dataclass(frozen=True, slots=True)
class Leak:
    """A session that somebody left open, as the server knows it."""

    pid: int
    database: str
    application: str
    role: str
    state: str
    query: str

    def __str__(self) -> str:
        who = self.application or "a program without a name"
        asked = " ".join(self.query.split())[:200] or "nothing"
        return (
            f"{who} stayed connected to {self.database} as {self.role} ({self.state}); it asked last: {asked}"
        )


def end_all(patience: float = PATIENCE) -> list[Leak]:
    """End every session with a test database, and give those that did not end by themselves.

    The connections of this thread are closed first: they are no leak, Django closes them in the next moment.
    """
    ours = [connection for connection in connections.all() if connection.vendor == "postgresql"]
    names = [name for one in ours if (name := one.settings_dict["NAME"]).startswith(TEST_DATABASE_PREFIX)]
    connections.close_all()
    if not names:
        return []
    with ours[0]._nodb_cursor() as cursor:
        return end(cursor, names, patience)


def end(cursor: Any, names: list[str], patience: float) -> list[Leak]:
    """Wait for the sessions with these databases to end, then end those that are left, and give them."""
    until = time.monotonic() + patience
    while (left := _sessions(cursor, names)) and time.monotonic() < until:
        time.sleep(PAUSE)
    for leak in left:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [leak.pid])
    return left


def _sessions(cursor: Any, names: list[str]) -> list[Leak]:
    cursor.execute(_SESSIONS, [names])
    return [Leak(pid, *(told or "" for told in row)) for pid, *row in cursor.fetchall()]
