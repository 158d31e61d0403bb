"""The room's pages over HTTP: who gets which answer, what typed text can do there (nothing), and how many queries."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from tests.rooms.cases.conftest import (
    CANARY,
    NOON,
    SECRET,
    everything,
    make_tip,
    outcome_text,
    tip_source,
)
from tests.rooms.cases.desk import address, browser, post, words
from tipstaff.cases import actions, chain, queries, urls
from tipstaff.cases.chain import ChainEnd
from tipstaff.cases.models import Case, Contribution, Finding, Outcome, Task
from tipstaff.people.models import Grant, Officer

__all__ = ["browser"]
READ = ("cases", "outcomes", "outcome", "finding", "contribution", "case", "part")
FORMS = ("open", "state", "record", "attest", "correct_finding", "correct_outcome", "correct_contribution")
POSTS = ("confirm", "close", "reopen", "share", "note", "task", "finish_task")


def test_every_address_is_in_this_matrix():
    assert {str(pattern.name) for pattern in urls.urlpatterns} == {*READ, *FORMS, *POSTS}


@pytest.mark.parametrize("who", ["ana", "ben", "dora", "cleo"])
@pytest.mark.parametrize("name", READ + FORMS)
def test_who_may_look_at_what(world, browser, name, who):
    answer = browser(who).get(address(name, world))

    if name in ("cases", "outcomes"):
        expected = 403 if who == "dora" else 200
    elif name == "open":
        expected = 200 if who in ("ana", "cleo") else 403
    else:
        reads = {"ana": 200, "ben": 200 if name in READ else 403, "dora": 403, "cleo": 404}
        expected = reads[who]
    assert answer.status_code == expected
    if expected != 200 or who == "cleo":
        assert "Grey Gull" not in answer.content.decode()


@pytest.mark.parametrize("who", ["ben", "dora", "cleo"])
@pytest.mark.parametrize("name", POSTS)
def test_whoever_may_not_changes_nothing(world, browser, gus, name, who):
    if name == "finish_task":
        actions.add_task(ref=world.case, title="x", assignee="gus", due_on=NOON.date(), actor=gus, now=NOON)
    client, before = browser(who), everything()

    fields = {"seen": 1, "reason": "x", "text": "x", "title": "x", "assignee": "ana", "due_on": "2026-12-01"}
    answer = post(client, address(name, world), compartment="ridge", **fields)

    assert answer.status_code == (404 if who == "cleo" else 403)
    assert everything() == before


def test_an_auditor_goes_on_to_the_outcomes_and_sees_no_case(world, browser):
    Officer.objects.create(username="odo", full_name="Odo", agency_id="harbour-police", added_at=NOON)
    Grant.objects.create(
        officer=Officer.objects.get(username="odo"), role="auditor", compartment_id="harbour", state="CONFIRMED",
        starts_on=NOON.date(), founding=True, given_at=NOON,
    )  # fmt: skip
    client = browser("odo")

    assert client.get("/cases/")["Location"] == "/cases/outcomes/"
    page = client.get(address("outcome", world))
    assert (page.status_code, world.case in page.content.decode()) == (200, False)
    assert world.contribution not in page.content.decode()
    assert client.get(address("case", world)).status_code == 403


def test_the_whole_road_by_hand(staff, browser):
    ana, eva, tip = browser("ana"), browser("eva"), make_tip().ref

    opened = post(ana, "/cases/open/", title="Heron", organisation="", compartment="harbour")
    case = opened["Location"]
    stated = post(
        ana, f"{case}finding/", statement="Boats.",
        **{f"source-0-{k}": v for k, v in tip_fields(tip).items()},
    )  # fmt: skip
    recorded = post(ana, f"{case}outcome/", **outcome_fields())
    finding, outcome = Finding.objects.get(), Outcome.objects.get()
    given = post(ana, f"{case}contribution/", **contribution_fields(tip, finding.ref, outcome.ref))
    confirmed = post(eva, f"{recorded['Location']}confirm/", seen=1)

    assert [answer.status_code for answer in (opened, stated, recorded, given, confirmed)] == [302] * 5
    assert (finding.statement, outcome.amount_minor, Contribution.objects.get().used_on.isoformat()) == (
        "Boats.", 200_050, "2026-11-10",
    )  # fmt: skip
    page = words(ana.get(case))
    assert "Boats." in page
    assert "Eva Amador" in page


def tip_fields(tip: str) -> dict[str, str]:
    return {
        "kind": "tip", "reference": tip, "reliability": "B", "credibility": "2", "says": "a pier", "day": "2026-11-01",
    }  # fmt: skip


def outcome_fields(**changes: str) -> dict[str, str]:
    fields = {
        "kind": "arrest", "day": "2026-11-15", "country": "co", "scope": "international", "subject_kind": "person",
        "subject": "Grey Gull", "role": "leader", "suspicion": "in command", "paragraph": "b8", "outside_us": "on",
        "review_on": f"{datetime.now(UTC).year + 1}-01-01", "amount": "2,000.50", "currency": "usd",
    }  # fmt: skip
    return fields | changes


def contribution_fields(tip: str, finding: str, outcome: str) -> dict[str, str]:
    return {
        "tip": tip, "finding": finding, "outcome": outcome, "how_used": "watched", "used_on": "2026-11-10", "known": "no",
    }  # fmt: skip


@pytest.mark.parametrize(
    "changes, status, said",
    [
        ({"role": "victim"}, 422, "victim is not one of the available choices"),
        ({"suspicion": ""}, 409, "State why this person is reasonably suspected"),
        ({"country": "XX"}, 409, "XX is no country"),
        ({"paragraph": "b7"}, 409, "Paragraph b7 does not pay"),
        ({"currency": ""}, 422, "three letters"),
        ({"day": "2126-01-01"}, 409, "has not come yet"),
    ],
)
def test_a_refused_outcome_comes_back_as_it_was_typed(world, browser, changes, status, said):
    client, before = browser("ana"), everything()

    answer = post(client, address("record", world), **outcome_fields(subject="Red Heron", **changes))

    assert answer.status_code == status
    assert said in words(answer)
    assert 'value="Red Heron"' in answer.content.decode()
    assert everything() == before


def test_corrections_begin_with_what_stands(world, browser):
    client = browser("ana")

    finding = client.get(address("correct_finding", world)).content.decode()
    outcome = client.get(address("correct_outcome", world)).content.decode()
    contribution = client.get(address("correct_contribution", world)).content.decode()
    sent = post(
        client, address("correct_finding", world), seen=1, why="by day", statement="By day.",
        **{f"source-0-{k}": v for k, v in tip_fields(world.tip).items()},
    )  # fmt: skip

    assert "The pier is used at night." in finding
    assert world.tip in finding
    assert 'value="Grey Gull"' in outcome
    assert "led the watch to the pier" in contribution
    assert sent.status_code == 302
    old = words(client.get(address("finding", world)))
    assert "By day." in old
    assert "The pier is used at night." in old


def test_a_case_is_worked_on_from_its_page(world, browser):
    client = browser("ana")
    post(client, address("note", world), text="Look at the pier.")
    post(client, address("task", world), title="Watch it", assignee="eva", due_on="2020-01-01")
    empty = post(client, address("note", world), text=" ")
    page = words(client.get(address("case", world)))
    post(client, address("finish_task", world))
    post(client, address("close", world), reason="All said.")
    closed = words(client.get(address("case", world)))
    again = post(client, address("close", world), reason="All said.")
    post(client, address("reopen", world), reason="News.")

    assert "Look at the pier." in page
    assert "Late" in page
    assert (empty.status_code, "Something is missing" in words(empty)) == (409, True)
    assert "State a finding" not in closed
    assert (again.status_code, Task.objects.get().done_by) == (409, "ana")
    assert Case.objects.unscoped("a test looks").get().state == "reopened"


def test_a_spanish_desk_is_refused_in_spanish(world, browser):
    client = browser("ana")
    client.cookies["desk-language"] = "es"

    refused = post(client, address("note", world), text=" ")

    assert refused.status_code == 409
    assert "Falta algo: escríbalo con palabras." in words(refused)


def test_the_list_and_the_register_narrow(world, browser, gus):
    other = actions.open_case(title="Red Heron", organisation="", compartment="harbour", actor=gus, now=NOON)
    actions.close_case(ref=other.ref, reason="done", actor=gus, now=NOON)
    client = browser("ana")

    assert "Red Heron" in words(client.get("/cases/"))
    assert "Red Heron" not in words(client.get("/cases/?state=open"))
    assert "Red Heron" in words(client.get("/cases/?words=heron"))
    for query, there in (
        ("kind=arrest&country=co&year=2026&compartment=harbour&standing=waiting", True),
        ("kind=charge", False), ("country=PA", False), ("year=2025", False), ("standing=confirmed", False),
        ("year=nonsense&before=2026-99-99.1", True),
    ):  # fmt: skip
        assert (world.outcome in client.get(f"/cases/outcomes/?{query}").content.decode()) == there, query


def test_each_figure_of_the_register_opens_its_rows(world, browser):
    client = browser("ana")
    page = client.get("/cases/outcomes/?country=CO").content.decode()

    link = re.search(r'href="(\?[^"]*kind=arrest[^"]*standing=waiting)">1<', page)
    assert link
    assert world.outcome in client.get("/cases/outcomes/" + unescape(link[1])).content.decode()


def test_the_chain_stands_on_the_case_and_on_the_tip(world, browser):
    client = browser("ana")
    for page in (client.get(address("case", world)), client.get(reverse("tips:tip", args=[world.tip]))):
        html = page.content.decode()
        assert page.status_code == 200
        svg = re.search(r'<svg class="chart chain".*?</svg>', html, re.DOTALL)
        assert svg
        for name in ("finding", "outcome"):
            assert f'href="{address(name, world)}"' in svg[0]
        assert f'href="{address("contribution", world)}"' in html


def test_who_sees_no_case_finds_nothing_of_it_on_the_tip(world, browser):
    page = browser("dora").get(reverse("tips:tip", args=[world.tip])).content.decode()

    assert "What became of it" not in page
    assert "cases/" not in page


def test_a_case_of_others_leaves_no_trace_on_the_tip(world, ana, cleo):
    ridge = actions.open_case(title="Ridge", organisation="", compartment="ridge", actor=cleo, now=NOON)
    theirs = make_tip("ridge").ref
    actions.state_finding(case=ridge.ref, statement="x", sources=[tip_source(theirs)], actor=cleo, now=NOON)

    assert queries.links_of_tip(ana, theirs) == ()
    assert [link.case for link in queries.links_of_tip(cleo, theirs)] == [ridge.ref]
    assert queries.links_of_tip(cleo, world.tip) == ()


@pytest.mark.parametrize("name", ["case", "part", "finding", "outcome", "contribution"])
def test_who_reads_no_tips_learns_of_a_tip_its_number_alone(world, browser, name):
    page = browser("ben").get(address(name, world)).content.decode()

    assert world.tip not in page
    assert "S-" in page or name == "outcome"
    assert SECRET not in page


@pytest.mark.parametrize("name", READ + FORMS)
def test_no_page_of_the_room_shows_a_tips_words(world, browser, name):
    assert SECRET not in browser("ana").get(address(name, world)).content.decode()


def test_rooms_above_add_what_followed(world, ana, browser, monkeypatch):
    def award(actor: object, outcomes: Any) -> Iterator[ChainEnd]:
        yield from (ChainEnd(ref, "A-1", "/awards/AWD-1/", "Recommended") for ref in outcomes)

    monkeypatch.setattr(chain, "_ends", [])
    chain.register_chain_end(award)
    chain.register_chain_end(award)

    page = browser("ana").get(address("case", world)).content.decode()

    assert page.count('aria-label="A-1: Recommended"') == 1
    assert "Awards" in page


def test_typed_text_does_nothing(world, browser, ana):
    actions.add_note(ref=world.case, text=CANARY, actor=ana, now=NOON)
    actions.add_task(ref=world.case, title=CANARY, assignee="eva", due_on=NOON.date(), actor=ana, now=NOON)
    finding = actions.state_finding(
        case=world.case, statement=CANARY, sources=[tip_source(world.tip, says=CANARY)], actor=ana, now=NOON
    )
    outcome = actions.record_outcome(
        case=world.case, text=outcome_text(subject=CANARY, charge=CANARY, court=CANARY, suspicion=CANARY), actor=ana,
        now=NOON,
    )  # fmt: skip
    given = actions.attest_contribution(
        case=world.case, text=world.contribution_text(finding=finding.ref, outcome=outcome.ref, how_used=CANARY,
        known="yes", known_since=NOON.date(), known_from=CANARY, corroboration=CANARY, evidence=CANARY),
        actor=ana, now=NOON,
    )  # fmt: skip
    actions.close_case(ref=world.case, reason=CANARY, actor=ana, now=NOON)
    client = browser("ana")
    for path in (
        address("case", world), f"/cases/findings/{finding.ref}/", f"/cases/outcomes/{outcome.ref}/",
        f"/cases/contributions/{given.ref}/", "/cases/outcomes/", "/cases/", reverse("tips:tip", args=[world.tip]),
    ):  # fmt: skip
        page = client.get(path).content.decode()
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
        assert "\u202e" not in page, path
