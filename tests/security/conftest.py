"""The desk's side of these tests has the cast and the office of the tips' tests."""

from tests.rooms.tips.conftest import ana, ben, cleo, dora, harbour, opened, source
from tests.rooms.tips.officers import browser, staff

__all__ = ["ana", "ben", "browser", "cleo", "dora", "harbour", "opened", "source", "staff"]
