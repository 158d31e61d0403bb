"""Who stands at the door here."""

import pytest

from tests.offices import TestOffice, Visitor
from tests.rooms.door.rewarded import Source
from tipstaff.sealed.receipt import Receipt


@pytest.fixture
def source(office: TestOffice, visitor: Visitor) -> Source:
    """Somebody who has sent a tip and kept the receipt."""
    sent = visitor.tip("Three boats.")
    return Source(office, visitor, Receipt.read(" ".join(sent.words)))
