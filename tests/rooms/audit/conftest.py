"""The cast of the record's tests: who audits, who does not."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.people.access import OFFICE, Actor
from tipstaff.people.roles import ROLES

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SEE = "audit.record.see"


@pytest.fixture
def ana() -> Actor:
    """Works in Harbour; every right there but the auditor's."""
    verbs = {verb for role, held in ROLES.items() for verb in held if role != "auditor"}
    return Actor("ana", "harbour-police", frozenset((verb, "harbour") for verb in verbs))


@pytest.fixture
def ben() -> Actor:
    """Audits Harbour."""
    return Actor("ben", "harbour-police", frozenset({(SEE, "harbour")}))


@pytest.fixture
def cleo() -> Actor:
    """Audits Ridge."""
    return Actor("cleo", "ridge-police", frozenset({(SEE, "ridge")}))


@pytest.fixture
def dora() -> Actor:
    """Audits the whole office."""
    return Actor("dora", "inspectorate", frozenset({(SEE, OFFICE)}))


@pytest.fixture
def write(ana: Actor) -> Callable[..., None]:
    """Write records, one for each subject."""

    def write(
        *subjects: str, verb: str = "tips.tip.claimed", compartment: str = "harbour", **facts: object
    ) -> None:
        for subject in subjects:
            with transaction.atomic():
                record(verb, subject=subject, actor=ana, at=NOON, compartment=compartment, **facts)

    return write
