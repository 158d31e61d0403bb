"""My work and the navigation on the reward road: each officer finds what waits for them, and no link that is closed."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.urls.resolvers import URLPattern

from tests.rooms.awards.browsers import OFFICERS, Browser, post
from tests.rooms.awards.cast import Road
from tests.rooms.awards.test_payment_pages import sources
from tests.rooms.awards.window import Source, payout_now
from tipstaff.awards.models import Meeting, Payout, Seat
from tipstaff.awards.urls import urlpatterns

__all__ = ["sources"]
GIVEN = {
    "number": 1,
    "place": 1,
    "compartment": "harbour",
    "version": "whole",
    "paper": "a4",
    "language": "en",
}


@pytest.mark.parametrize("name", OFFICERS)
def test_no_room_in_the_navigation_is_closed_or_leads_elsewhere(
    road: Road, browser: Browser, name: str
) -> None:
    desk = browser(name)
    nav = desk.get("/").content.decode().partition("<nav")[2].partition("</nav>")[0]

    links = [link for link in re.findall(r'href="([^"]+)"', nav) if link != "/"]

    assert links
    assert {link: desk.get(link, follow=True).status_code for link in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize(
    "name, room",
    [("mia", "/awards/committee/"), ("pam", "/awards/payments/"), ("wes", "/awards/payments/witness/")],
)
def test_who_votes_pays_or_witnesses_has_one_entry_of_their_own(
    road: Road, browser: Browser, name: str, room: str
) -> None:
    page = browser(name).get(room).content.decode()

    assert re.findall(r'href="(/awards/[^"]*)"( aria-current="page")?', page.partition("</nav>")[0]) == [
        (room, ' aria-current="page"')
    ]


def test_my_work_shows_an_award_to_whom_it_waits_for(road: Road, browser: Browser) -> None:
    road.to("nominated")

    found = [name for name in OFFICERS if at_home(road.ref) in browser(name).get("/").content.decode()]
    assert found == ["hugo"]


def test_my_work_shows_the_windows_of_today_to_who_pays(
    road: Road, browser: Browser, sources: list[Source]
) -> None:
    payouts = [f"/awards/payments/{payout_now(source).ref}/" for source in sources]

    page = browser("pam").get("/").content.decode()
    assert [link for link in payouts if link in page] == payouts
    assert "AWD-" not in page
    for name in set(OFFICERS) - {"pam"}:
        assert [link for link in payouts if link in browser(name).get("/").content.decode()] == []


@pytest.mark.parametrize("name", ["hugo", "pam", "wes", "gus", "cora"])
def test_my_work_costs_the_same_at_one_and_at_a_hundred(
    road: Road, browser: Browser, sources: list[Source], name: str
) -> None:
    desk, counts = browser(name), []
    desk.get("/")
    for more in (0, 99):
        award = road.award
        payout = Payout.objects.unscoped("a test prepares").order_by("id")[0]
        share = award.shares.order_by("id")[0]
        for number in range(more):
            award.pk, award.ref, award.state = None, f"AWD-{number}", "nominated"
            award.save(force_insert=True)
            share.pk, share.award = None, award
            share.save(force_insert=True)
            payout.pk, payout.ref, payout.share = None, f"PAY-{number}", share
            payout.voucher_sha256 = number.to_bytes(32)
            payout.save(force_insert=True)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get("/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_award_leads_to_its_item_on_the_docket(road: Road, browser: Browser) -> None:
    road.to("recommended")
    meeting = Meeting.objects.unscoped("a test prepares").get()
    for name in ("mia", "max", "moe"):
        Seat.objects.get_or_create(meeting=meeting, officer=name)

    links = {
        name: re.findall(
            r'href="(/awards/committee/[^"]+)"', browser(name).get(f"/awards/{road.ref}/").content.decode()
        )
        for name in ("cora", "ann")
    }
    assert len(links["cora"]) == 1
    for name, found in links.items():
        assert [browser(name).get(link).status_code for link in found] == [200] * len(found)


def at_home(ref: str) -> str:
    return f'href="/awards/{ref}/"'


def test_each_address_is_in_some_roles_reach(road: Road, browser: Browser) -> None:
    """No address is closed to all: some role is not forbidden it, read or pressed.

    What this road does not have yet is not there (404): whose it would be was asked before.
    """
    road.to("nominated")
    desks = {name: browser(name) for name in OFFICERS}

    def reached(route: URLPattern) -> bool:
        given = {key: GIVEN.get(key, road.ref) for key in route.pattern.converters}
        address = reverse(f"awards:{route.name}", kwargs=given)
        answers = (
            desk.get(address) if desk.get(address).status_code != 405 else post(desk, address)
            for desk in desks.values()
        )
        return any(answer.status_code != 403 for answer in answers)

    assert [route.name for route in urlpatterns if isinstance(route, URLPattern) and not reached(route)] == []
