"""The cast: Petra and Quinn protect sources in Harbour, Dora only looks there, Cleo has every right, in Ridge.

Whom they protect is invented: Alma Quill, who sold nets at the old pier.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from tests.rooms.tips.officers import STAFF, browser, staff
from tipstaff.audit.models import Record
from tipstaff.people.access import Actor
from tipstaff.people.roles import ROLES, VERBS
from tipstaff.vault import actions, keys
from tipstaff.vault.holder import Holder
from tipstaff.vault.models import Identity, Opening, Request, Sealed
from tipstaff.vault.sealing import Details

__all__ = ["browser", "staff"]

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FIRST = "seven green bottles on the harbour wall"
SECOND = "nobody counts the gulls before winter"
REASON = "The award is decided; protection must be arranged."
ALMA = Details(
    name="Alma Quill", contact="Sundays, at the chapel, never by telephone", family="Ned Quill, son, nine",
    protection="The Grey Gull’s people know her street", payee="cash, in two parts", notes="Speaks no English",
)  # fmt: skip


def granted(verbs: Any, compartment: str) -> frozenset[tuple[str, str]]:
    return frozenset((verb, compartment) for verb in verbs)


@pytest.fixture
def petra() -> Actor:
    return Actor("petra", "harbour-police", granted(ROLES["protector"], "harbour"))


@pytest.fixture
def quinn() -> Actor:
    return Actor("quinn", "harbour-police", granted(ROLES["protector"], "harbour"))


@pytest.fixture
def dora() -> Actor:
    return Actor("dora", "harbour-police", granted(["vault.identity.see"], "harbour"))


@pytest.fixture
def cleo() -> Actor:
    return Actor("cleo", "ridge-police", granted(VERBS, "ridge"))


class Clock:
    """Monotonic seconds that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path, clock: Clock) -> Iterator[Path]:
    """The vault's own keys in a folder; this process's vault is theirs."""
    path = tmp_path / "desk"
    path.mkdir()
    keys.make(path, FIRST, SECOND, log_n=4)
    config: Any = apps.get_app_config("vault")
    before = config.holder
    config.holder = Holder(path, clock=clock)
    yield path
    config.holder = before


@pytest.fixture
def alma(folder: Path, petra: Actor) -> str:
    """The reference under which Alma Quill is sealed."""
    return actions.seal_identity(compartment="harbour", details=ALMA, actor=petra, now=NOON)


@pytest.fixture
def asked(alma: str, petra: Actor) -> str:
    """Petra's request to open her."""
    return actions.ask_to_open(ref=alma, reason=REASON, passphrase=FIRST, actor=petra, now=NOON)


def records() -> list[tuple[str, str]]:
    """Verb and actor of everything that was recorded of the vault, oldest first."""
    found = Record.objects.unscoped("a test looks").filter(verb__startswith="vault.").order_by("pk")
    return list(found.values_list("verb", "actor"))


def tables() -> tuple[object, ...]:
    """Everything that a refused act must leave as it was."""
    identities = Identity.objects.unscoped("a test looks").values_list()
    rest = [[repr(row) for row in model.objects.values_list()] for model in (Sealed, Request, Opening)]
    return [repr(row) for row in identities], rest, records()


PROTECTORS = {
    "petra": ("Petra Pike", "harbour-police", [("protector", "harbour")]),
    "quinn": ("Quinn Quay", "harbour-police", [("protector", "harbour")]),
}


@pytest.fixture
def protectors(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The tips' officers and, with browsers of their own, Petra and Quinn."""
    for ref, told in PROTECTORS.items():
        monkeypatch.setitem(STAFF, ref, told)
    request.getfixturevalue("staff")
