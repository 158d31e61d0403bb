"""The cast of the office's own rooms: who keeps keys, parcels and the log.

Ana holds every right in the office as a whole; Ben sees and may do nothing; Cleo holds every right there is, in
Ridge, and none in the office.
"""

from datetime import UTC, datetime

import pytest

from tipstaff.audit.models import Record
from tipstaff.people.access import OFFICE, Actor
from tipstaff.people.roles import VERBS

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SEEING = ("outbox.parcel.see", "logbook.account.see", "custody.keys.lock")


@pytest.fixture
def ana() -> Actor:
    return Actor("ana", "harbour-police", frozenset((verb, OFFICE) for verb in VERBS))


@pytest.fixture
def ben() -> Actor:
    return Actor("ben", "harbour-police", frozenset((verb, OFFICE) for verb in SEEING))


@pytest.fixture
def cleo() -> Actor:
    return Actor("cleo", "ridge-police", frozenset((verb, "ridge") for verb in VERBS))


def records() -> list[tuple[str, str, str]]:
    """Everything that was recorded: verb, subject, actor, in order."""
    every = Record.objects.unscoped("a test looks at the whole record").order_by("id")
    return list(every.values_list("verb", "subject", "actor"))
