"""Accessibility rules on every page: both sites, light and dark, phone and desktop; and no page left out."""

import http.client
import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.urls import get_resolver, resolve
from django.urls.resolvers import URLPattern, URLResolver

from tests.browser import chromium
from tests.browser.mirrored_office import MirroredOffice
from tests.browser.survey import AXE, LOOKS, Survey
from tipstaff.door.urls import urlpatterns as door_addresses

DESK = "tipstaff.config.urls_desk"
DOOR = "tipstaff.config.urls_door"
# What the door answers with that is no page to read.
NO_PAGES = {"door:leave", "door:healthz", "door:log-file"}
pytestmark = pytest.mark.once
ILL = """<!doctype html><html lang="en"><title>Ill</title><main><h1>Ill</h1>
<p style="color: #999; background: #aaa">Grey on grey</p><img src="data:,">
<a href="/a" style="font-size: 6px">a</a><a href="/b" style="font-size: 6px">b</a></main>"""


def test_no_page_breaks_a_rule_of_accessibility(survey: Survey) -> None:
    assert survey.found("violations") == {}


def test_a_page_that_breaks_rules_is_noticed() -> None:
    with chromium.launched() as browser:
        page = browser.new_page()
        page.set_content(ILL)
        page.add_script_tag(path=AXE)
        page.add_script_tag(path=LOOKS)
        broken = {violation.split(":")[0] for violation in page.evaluate("looks.violations()")}

    assert {"color-contrast", "image-alt", "target-size"} <= broken


def test_every_address_of_the_door_was_visited(survey: Survey) -> None:
    visited = {
        resolve(seen.path, DOOR).view_name
        for seen in survey.seen
        if seen.site == "door" and "nothing" not in seen.path
    }
    addresses = {f"door:{pattern.name}" for pattern in door_addresses}

    assert addresses - visited - NO_PAGES == {"door:start"}, (
        "the start is the home page in the browser's language"
    )


def test_every_page_of_the_desk_was_visited(survey: Survey, furnished_office: MirroredOffice) -> None:
    """An address that nobody visited shows no page to anybody who walked here."""
    visited = {
        resolve(seen.path, DESK).view_name
        for seen in survey.seen
        if seen.site == "desk" and "nothing" not in seen.path
    }
    samples = {"ref": furnished_office.furnished.tips["talked"], "number": "1", "pk": "1"}
    missed = []
    for (name, route), session in product(addresses(get_resolver(DESK)), survey.sessions.values()):
        path = "/" + re.sub(r"<\w+:(\w+)>", lambda part: samples.get(part[1], "1"), route)
        if name not in visited and "(?P" not in route and is_page(furnished_office, path, session):
            missed.append(path)

    assert missed == []


def addresses(resolver: URLResolver, before: str = "", room: str = "") -> Iterator[tuple[str, str]]:
    """The name and the route of every address."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{room}{pattern.name}", route
        else:
            yield from addresses(pattern, route, f"{pattern.namespace}:" if pattern.namespace else room)


def is_page(office: MirroredOffice, path: str, session: str) -> bool:
    """Whether somebody with that session is shown a page there."""
    connection = http.client.HTTPConnection("127.0.0.1", office.desk_port, timeout=60)
    try:
        connection.request("GET", path, headers={"Host": "localhost", "Cookie": f"desk={session}"})
        answer = connection.getresponse()
        answer.read()
        return answer.status == 200 and answer.getheader("Content-Type", "").startswith("text/html")
    finally:
        connection.close()


@pytest.mark.parametrize("officer", ["rosa", "lin", "ines"])
def test_the_sessions_of_the_walk_still_open_the_desk(
    survey: Survey, furnished_office: MirroredOffice, officer: str
) -> None:
    """Else the test above would find no page anywhere."""
    assert is_page(furnished_office, "/", survey.sessions[officer])
