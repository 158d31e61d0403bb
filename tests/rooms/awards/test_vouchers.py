from tests.rooms.awards.cast import Road
from tests.rooms.awards.window import issued, paid


def test_smoke(road: Road) -> None:
    sources = issued(road)
    assert road.award.state == "vouchered"
    paid(sources[0])
    assert road.award.state == "vouchered"
    paid(sources[1])
    assert road.award.state == "paid"
