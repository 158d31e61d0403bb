"""The cast, an office with tips in its log, and a hand that moves the head."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.keepers import NOON, ana, ben, cleo
from tests.offices import TestOffice, Visitor
from tipstaff.custody.queries import public_keys
from tipstaff.logbook.jobs import publish_head
from tipstaff.outbox.jobs import deliver
from tipstaff.people.access import Actor

__all__ = ["ana", "ben", "cleo"]

type Publish = Callable[..., int]


@pytest.fixture
def publish(office: TestOffice, ana: Actor) -> Publish:
    """Move the head as Ana, and deliver it."""

    def publish(now: datetime = NOON, actor: Actor = ana) -> int:
        size = publish_head(office.keyring, public_keys(), actor=actor, now=now)
        deliver(office.keyring, now)
        return size

    return publish


@pytest.fixture
def three_tips(visitor: Visitor) -> list[str]:
    """Three sealed tips that wait in the hatch; their references."""
    return [visitor.tip(f"Boat number {number} at the old pier.").reference for number in range(3)]
