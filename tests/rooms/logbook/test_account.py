"""The account: each leaf as opened, not openable (why), waiting or cover; for auditors, and nobody else."""

from typing import Any

import pytest
from django.test import RequestFactory

from tests.keepers import NOON
from tests.offices import TestOffice, Visitor
from tests.rooms.logbook.conftest import Publish
from tipstaff.hatch.models import Envelope
from tipstaff.logbook import queries, views
from tipstaff.logbook.chart import WIDTH, chart
from tipstaff.people.access import Actor, NotAllowed
from tipstaff.tips import jobs as tips


@pytest.fixture
def mixed(publish: Publish, office: TestOffice, visitor: Visitor, three_tips: list[str]) -> None:
    """Leaves 0 and 2 opened, leaf 1 damaged, 253 covers, then one tip that waits."""
    Envelope.objects.filter(leaf=1).update(body=b"not what the log holds")
    tips.open_waiting(office.keyring, NOON)
    publish()
    visitor.tip("A fourth boat.")


def test_every_leaf_is_accounted_for(mixed: None, ana: Actor) -> None:
    rows = list(queries.account(ana))

    assert [row.number for row in rows] == list(range(257))
    assert [(row.kind, row.reason) for row in rows[:4]] == [
        ("opened", ""),
        ("not-openable", "altered"),
        ("opened", ""),
        ("cover", ""),
    ]
    assert rows[256].kind == "waiting"


def test_the_sums_agree_with_the_leaves(mixed: None, ana: Actor) -> None:
    totals = queries.totals(ana)

    assert (totals.size, totals.public) == (257, 256)
    assert totals.counts == {"opened": 2, "not-openable": 1, "waiting": 1, "cover": 253, "not-yet-known": 0}
    (head,) = queries.newest_heads(ana)
    assert (head.since, head.size, head.envelopes) == (0, 256, 3)


def test_a_part_can_be_asked_for(mixed: None, ana: Actor) -> None:
    assert [row.number for row in queries.account(ana, 254, 300)] == [254, 255, 256]


def test_an_outsider_gets_no_number(mixed: None, cleo: Actor) -> None:
    for ask in (queries.account, queries.totals, queries.newest_heads, queries.alarms):
        with pytest.raises(NotAllowed):
            ask(cleo)


def test_the_chart_is_drawn_to_one_scale(mixed: None, ana: Actor) -> None:
    drawn = chart(queries.newest_heads(ana))

    (bar,) = drawn.bars
    assert [piece.kind for piece in bar.pieces] == ["opened", "not-openable", "cover"]
    assert bar.pieces[-1].x + bar.pieces[-1].width == pytest.approx(WIDTH, abs=0.1)
    assert chart([]).bars == ()


def page(view: Any, actor: Actor, address: str = "/log/") -> str:
    request: Any = RequestFactory().get(address)
    request.actor, request.user = actor, actor.ref
    content: str = view(request).content.decode()
    return content


def test_the_pages_show_the_account_to_whoever_may_see_it(mixed: None, ben: Actor, cleo: Actor) -> None:
    assert "All 257 leaves; the first 256 are public" in page(views.log, ben)
    leaves = page(views.leaves, ben, "/log/leaves/?from=3")
    assert "Leaves from 0 on" in leaves
    assert "Its bytes do not give the hash" in leaves
    for view in (views.log, views.leaves):
        with pytest.raises(NotAllowed):
            page(view, cleo)


@pytest.mark.parametrize("asked", ["-1", "x", "9" * 40, "²"])
def test_an_odd_page_number_is_the_first_page(mixed: None, ben: Actor, asked: str) -> None:
    assert "Leaves from 0 on" in page(views.leaves, ben, f"/log/leaves/?from={asked}")
