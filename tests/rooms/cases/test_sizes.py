"""A hundred of everything: the number of queries stays, and long lists are paged."""

import re
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.rooms.cases.conftest import NOON, World, make_tip, outcome_text, tip_source
from tests.rooms.cases.desk import address, browser, words
from tipstaff.cases import actions
from tipstaff.tips.models import Tip

__all__ = ["browser"]


def crowd(world: World, gus: Any, count: int) -> None:
    """`count` of everything more, each tip another."""
    for number in range(count):
        tip = make_tip().ref
        finding = actions.state_finding(
            case=world.case, statement="x", sources=[tip_source(tip)], actor=gus, now=NOON
        ).ref
        outcome = actions.record_outcome(case=world.case, text=outcome_text(), actor=gus, now=NOON).ref
        text = world.contribution_text(tip=tip, finding=finding, outcome=outcome)
        actions.attest_contribution(case=world.case, text=text, actor=gus, now=NOON)
        actions.add_task(ref=world.case, title="x", assignee="gus", due_on=NOON.date(), actor=gus, now=NOON)
        actions.add_note(ref=world.case, text=f"note {number}", actor=gus, now=NOON)
        actions.open_case(title="x", organisation="", compartment="harbour", actor=gus, now=NOON)


def asked(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries_:
        assert client.get(path).status_code == 200
    return len(queries_)


def test_the_number_of_queries_does_not_grow(world, browser, gus):
    client = browser("ana")
    crowd(world, gus, 1)
    paths = ["/cases/", "/cases/outcomes/", reverse("tips:tip", args=[world.tip])]
    paths += [
        address(name, world) for name in ("case", "part", "outcome", "finding", "contribution", "attest")
    ]
    few = {path: asked(client, path) for path in paths}
    crowd(world, gus, 99)

    assert {path: asked(client, path) for path in paths} == few
    assert Tip.objects.unscoped("a test looks").count() == 101


def test_long_lists_are_paged(world, browser, gus):
    crowd(world, gus, 60)
    client, seen = browser("ana"), set()
    path: str | None = reverse("cases:part", kwargs={"ref": world.case, "part": "outcomes"})
    while path:
        page = client.get(path).content.decode()
        seen |= set(re.findall(r'<th scope="row"><a href="/cases/outcomes/(OUT-[^/]+)/"', page))
        more = re.search(r'rel="next" href="(\?before=\d+)"', page)
        path = path.partition("?")[0] + more[1] if more else None

    assert len(seen) == 61
    assert "See all 61" in words(client.get(address("case", world)))
    register, found = "/cases/outcomes/", set()
    while register:
        page = client.get(register).content.decode()
        found |= set(re.findall(r'<th scope="row"><a href="/cases/outcomes/(OUT-[^/]+)/"', page))
        more = re.search(r'rel="next" href="(\?[^"]+)"', page)
        register = "/cases/outcomes/" + unescape(more[1]) if more else ""
    assert found == seen
    assert "See all" not in words(client.get("/cases/"))
    assert 'rel="next"' in client.get("/cases/").content.decode()
