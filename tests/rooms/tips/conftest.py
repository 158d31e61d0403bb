"""The cast: Ana and Ben take tips in Harbour, Dora only reads there, Cleo has every right, in Ridge."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.offices import TestOffice
from tests.rooms.tips.officers import browser, staff
from tests.rooms.tips.source import Source
from tipstaff.audit.models import Record
from tipstaff.hatch import notice
from tipstaff.offers.models import Offer, Programme, Publication
from tipstaff.people.access import Actor
from tipstaff.people.roles import ROLES, VERBS
from tipstaff.tips.jobs import open_waiting
from tipstaff.tips.models import Tip

__all__ = ["browser", "staff"]
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def granted(verbs: Any, compartment: str) -> frozenset[tuple[str, str]]:
    return frozenset((verb, compartment) for verb in verbs)


@pytest.fixture
def ana() -> Actor:
    """Supervises in Harbour."""
    return Actor("ana", "harbour-police", granted(ROLES["supervisor"], "harbour"))


@pytest.fixture
def ben() -> Actor:
    """An analyst in Harbour."""
    return Actor("ben", "harbour-police", granted(ROLES["analyst"], "harbour"))


@pytest.fixture
def dora() -> Actor:
    """Reads tips in Harbour and decides nothing."""
    return Actor("dora", "harbour-police", granted(["tips.tip.see"], "harbour"))


@pytest.fixture
def cleo() -> Actor:
    """Everything there is, in Ridge."""
    return Actor("cleo", "ridge-police", granted(VERBS, "ridge"))


@pytest.fixture
def harbour(office: TestOffice) -> TestOffice:
    """The office, its notice known to the desk, with one offer of Harbour's and one of Ridge's."""
    for ref, compartment in (("HBR-1", "harbour"), ("RDG-1", "ridge")):
        programme = Programme.objects.create(
            code=compartment, name=compartment, compartment=compartment, authority="the Harbour Board",
            ceiling_minor=1, ceiling_currency="USD", languages=["en"], content={}, loaded_by="ana", loaded_at=NOON,
        )  # fmt: skip
        Offer.objects.create(
            ref=ref, programme=programme, compartment=compartment, state="published", public_version=1,
            changed_on=NOON.date(),
        )  # fmt: skip
    text = notice.text(office.notice)
    Publication.objects.create(number=office.notice.number, cause="a test", text=text, actor="ana", at=NOON)
    return office


@pytest.fixture
def source(harbour: TestOffice) -> Source:
    """Somebody who has seen three boats."""
    return Source(harbour)


@pytest.fixture
def opened(harbour: TestOffice) -> Callable[..., Tip]:
    """Send a tip, take it in and open it; what happened until then leaves no record in the test."""

    def opened(
        source: Source | None = None, text: str = "Three boats at the old pier.", **changes: Any
    ) -> Tip:
        sender = source or Source(harbour)
        sender.tip(text, **changes)
        open_waiting(harbour.keyring, NOON)
        return get_tip(sender.ref)

    return opened


def get_tip(ref: str) -> Tip:
    """The tip's row as it stands in the database."""
    return Tip.objects.unscoped("a test looks").get(ref=ref)


def records(prefix: str = "tips.tip.") -> list[tuple[str, str]]:
    """Verb and actor of every record so far, oldest first."""
    found = Record.objects.unscoped("a test looks").filter(verb__startswith=prefix).order_by("pk")
    return list(found.values_list("verb", "actor"))
