"""The road of an award as a story: who does what, in which order, and what is kept of it."""

import pytest

from tests.rooms.awards.cast import ROADS, Road


@pytest.mark.parametrize("state", ROADS)
def test_the_road_leads_to(road: Road, state: str) -> None:
    road.form = "crypto" if "notice" in state else "money"

    award = road.to(state)

    assert award.steps.count() > 0
