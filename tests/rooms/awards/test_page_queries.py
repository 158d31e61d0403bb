"""The number of queries of the awards' pages: it grows neither with awards, nor with history, nor with sources."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.rooms.awards.browsers import Browser, at
from tests.rooms.awards.cast import NOON, Road, answer, make_tip, who
from tipstaff.awards.queries.awards_list import awards_list


def test_queries_do_not_grow_with_the_awards(road: Road) -> None:
    road.to("nominated")
    counts = []
    for more in (0, 99):
        row = road.award
        for number in range(more):
            row.pk, row.ref = None, f"AWD-{number}"
            row.save(force_insert=True)
        with CaptureQueriesContext(connection) as queries:
            found = awards_list(who("hugo"))
        counts.append(len(queries))
    assert counts == [2, 2]
    assert (len(found.waiting), len(found.rows)) == (50, 50)


def test_queries_of_an_awards_page_do_not_grow_with_its_history(road: Road, browser: Browser) -> None:
    road.to("denied")
    ann, counts = browser("ann"), []
    for more in (0, 100):
        award = road.award
        for _ in range(more):
            award.steps.create(move="reconsider", state="denied", duty="convene", actor="cora", at=NOON)
        ann.get(at("award", road.ref))
        with CaptureQueriesContext(connection) as queries:
            assert ann.get(at("award", road.ref)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "who_looks, page", [("cora", "award"), ("cora", "payment"), ("pia", "payment"), ("ann", "award")]
)
def test_queries_of_an_awards_pages_do_not_grow_with_its_sources(
    road: Road, browser: Browser, who_looks: str, page: str
) -> None:
    road.to("endorsed")
    desk, counts = browser(who_looks), []
    desk.get(at(page, road.ref))
    answer(road.award.shares.order_by("id")[0])
    for more in (0, 99):
        share = road.award.shares.order_by("id")[0]
        for number in range(more):
            share.pk, share.number, share.tip = None, f"1{number:02}", make_tip().ref
            share.save(force_insert=True)
            answer(share)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(at(page, road.ref)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
