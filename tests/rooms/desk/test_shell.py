"""My work and the shell: each officer sees the rooms they have a part in, and what waits for them there."""

import re
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connections
from django.test import Client, RequestFactory

from tests.offices import PASSPHRASE, TestOffice
from tests.rooms.tips.conftest import NOON
from tests.rooms.tips.officers import Browser, Desk, text
from tests.rooms.tips.source import Source, put_in_hatch
from tipstaff.custody import holder
from tipstaff.desk import errors
from tipstaff.desk.navigation import ROOMS
from tipstaff.outbox.models import Parcel
from tipstaff.people.access import Actor
from tipstaff.people.roles import VERBS
from tipstaff.tips import actions, jobs
from tipstaff.tips.models import Tip

Opened = Callable[..., Tip]


def rooms(desk: Desk) -> list[str]:
    page = desk.get("/").content.decode()
    nav = page.partition("<nav")[2].partition("</nav>")[0]
    return re.findall(r'href="([^"]+)"', nav)


@pytest.mark.parametrize(
    "who, links",
    [
        ("ana", ["/", "/tips/", "/offers/"]),
        ("dora", ["/", "/cases/", "/awards/", "/rules/", "/ledger/", "/audit/"]),
        ("kim", ["/", "/log/", "/keys/", "/outbox/"]),
    ],
)
def test_the_navigation_leads_where_ones_verbs_lead(
    office: TestOffice, browser: Browser, who: str, links: list[str]
) -> None:
    desk = browser(who)

    assert rooms(desk) == links
    for link in links:
        assert desk.client.get(link, follow=True).status_code == 200, link


def test_every_room_asks_for_verbs_that_exist() -> None:
    assert frozenset().union(*(room.verbs for room in ROOMS)) <= set(VERBS)


def test_my_work_shows_mine_and_what_nobody_has(
    harbour: TestOffice, source: Source, opened: Opened, ana: Actor, browser: Browser
) -> None:
    mine, free = opened(source).ref, opened().ref
    theirs = opened(Source(harbour), offer="RDG-1", offer_version=1).ref
    actions.claim(ref=mine, actor=ana, now=NOON)
    source.message("The blue one is gone.")
    jobs.open_waiting(harbour.keyring, NOON)
    desk = browser("ana")

    page = desk.get("/").content.decode()
    assert "New words from sources" in page
    assert page.count(f"/tips/{mine}/") == 2
    assert page.count(f"/tips/{free}/") == 1
    assert theirs not in page

    desk.get(f"/tips/{mine}/")
    assert "New words from sources" not in desk.get("/").content.decode()


def test_closed_envelopes_are_counts_and_the_lock_is_said(source: Source, browser: Browser) -> None:
    source.tip()
    jobs.take_in_waiting(NOON)
    Source(source.office).tip()
    kim, ana = browser("kim"), browser("ana")

    assert "1 closed, waiting for the keys" in text(kim.get("/"))
    assert "1 still in the hatch" in text(kim.get("/"))
    assert "Unlock the keys" in text(kim.get("/"))
    assert "A custodian can unlock them" in text(ana.get("/"))

    holder.current().hold(holder.current().open(PASSPHRASE, by="kim"), by="kim")
    assert "the keys are locked" not in text(kim.get("/"))


def test_what_did_not_open_is_explained(source: Source, browser: Browser) -> None:
    put_in_hatch(b"no envelope at all", source.mailbox, new=True)
    jobs.open_waiting(source.office.keyring, NOON)
    kim = browser("kim")

    assert "1 that did not open" in text(kim.get("/"))
    assert "It is not a sealed envelope." in text(kim.get("/tips/envelopes/"))


def test_a_hatch_that_is_not_believed_is_said_at_once(source: Source, browser: Browser) -> None:
    source.tip()
    with connections["hatch"].cursor() as cursor:
        cursor.execute("UPDATE hatch_loghead SET checkpoint = 'torn'")

    page = text(browser("kim").get("/"))

    assert "The hatch needs a look" in page
    assert "The hatch's log was not accepted" in page.replace("&#x27;", "'")


def test_a_hatch_out_of_reach_stops_no_work(
    source: Source, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable() -> int:
        raise DatabaseError

    monkeypatch.setattr("tipstaff.hatch.queries.count_waiting", unreachable)

    answer = browser("ana").get("/")

    assert answer.status_code == 200
    assert "The hatch cannot be reached." in text(answer)


def test_stuck_parcels_are_shown_to_those_who_tend_them(harbour: TestOffice, browser: Browser) -> None:
    Parcel.objects.create(kind="slots", key="00", not_before=NOON, put_on=NOON.date(), state="STUCK")

    assert "1 parcel to the hatch is stuck." in text(browser("kim").get("/"))
    assert "parcel" not in text(browser("ana").get("/"))


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_sign_of_life_needs_no_sign_in_and_tells_nothing(method: str) -> None:
    answer = getattr(Client(), method)("/healthz")

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain")
    assert answer.content == (b"ok\n" if method == "get" else b"")


def test_the_shell_changes_only_by_post_and_answers_nobody_else(browser: Browser) -> None:
    assert browser("ana").post("/").status_code == 405
    assert Client().get("/").status_code == 302


def test_a_page_that_is_not_there_says_no_more(browser: Browser) -> None:
    answer = browser("ana").get("/no/such/page/")

    assert answer.status_code == 404
    assert "There is nothing here" in text(answer)
    assert "Django" not in answer.content.decode()


@pytest.mark.parametrize(
    "answer, status",
    [
        (lambda request: errors.bad_request(request, ValueError("marmalade")), 400),
        (lambda request: errors.not_allowed(request, PermissionError("marmalade")), 403),
        (lambda request: errors.forged(request, "marmalade"), 403),
        (lambda request: errors.not_found(request, LookupError("marmalade")), 404),
        (errors.broken, 500),
    ],
)
def test_an_error_says_what_to_do_and_not_what_broke(
    rf: RequestFactory, answer: Callable[..., object], status: int
) -> None:
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/secret/path/")
    request.user = AnonymousUser()
    page = answer(request)

    assert page.status_code == status  # type: ignore[attr-defined]  # every handler answers with a page
    content = page.content.decode()  # type: ignore[attr-defined]  # as above
    assert "<h1>" in content
    assert not re.search("marmalade|secret|Traceback|Django", content)
