"""The pages about officers over HTTP, with the forgery check on; and what no page ever shows."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.rooms.people.conftest import PASSWORD, moved, submit, today
from tipstaff.people.access import Actor
from tipstaff.people.factors import enrol_app
from tipstaff.people.models import Grant, Officer
from tipstaff.people.queries import actor_named

Browser = Callable[..., Client]
Hire = Callable[..., Officer]


def text(answer: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def give(client: Client, ref: str = "dan", **fields: object) -> HttpResponse:
    filled = {"role": "analyst", "compartment": "harbour", "starts_on": today().isoformat()} | fields
    answer = submit(client, f"/people/officer/{ref}/give/", page=f"/people/officer/{ref}/", **filled)
    assert isinstance(answer, HttpResponse)
    return answer


def test_from_a_name_to_a_working_officer(browser: Browser) -> None:
    ana, ben = browser("ana"), browser("ben")

    added = submit(ana, "/people/add/", username="dan", full_name="Dan Doyle", agency="harbour-police")
    code = re.search(r"[0-9A-Y]{4}(-[0-9A-Y]{4}){3}", text(added))
    assert code, "the opening code is shown"
    assert give(ana).status_code == 302
    assert "waits for a second administrator" in text(ana.get("/people/officer/dan/"))
    assert "Confirm this grant" not in text(ana.get("/people/officer/dan/"))
    number = Grant.objects.get(officer__username="dan").pk
    assert "dan: analyst in harbour" in text(ben.get("/people/"))
    submit(ben, f"/people/officer/dan/grants/{number}/confirm/", page="/people/officer/dan/")
    assert actor_named("dan", today()).may("tips.tip.see", "harbour")
    assert code[0] not in text(ana.get("/people/officer/dan/")), "and never again"

    ended = submit(
        ana, f"/people/officer/dan/grants/{number}/end/", page="/people/officer/dan/", reason="left"
    )
    assert ended.status_code == 302
    assert not actor_named("dan", today()).verbs


def test_the_pages_say_who_is_who(browser: Browser, cleo: Actor) -> None:
    client = browser("ana")

    listed = text(client.get("/people/"))
    assert "Cleo cleo Ridge Police analyst – ridge approver – ridge attorney – ridge clerk – ridge" in listed
    page = text(client.get("/people/officer/ana/"))
    assert "administrator in The office in force" in page
    assert "Given when the office was founded" in page
    assert "Give a role" not in page


@pytest.mark.parametrize(
    "path", ["/people/", "/people/add/", "/people/officer/ana/", "/people/officer/ana/grants/1/confirm/"]
)
def test_without_the_verb_every_page_is_refused(browser: Browser, cleo: Actor, path: str) -> None:
    client = browser("cleo")

    expected = 405 if path.endswith("confirm/") else 403
    assert client.get(path).status_code == expected


def test_an_officer_or_grant_that_is_not_there_is_not_found(browser: Browser, dan: str) -> None:
    client = browser("ana")
    before = moved()

    assert client.get("/people/officer/nobody/").status_code == 404
    assert give(client, ref="dan", compartment="nowhere").status_code == 400
    for act in ("confirm", "end"):
        answer = submit(client, f"/people/officer/dan/grants/999/{act}/", page="/people/", reason="x")
        assert answer.status_code == 404
    assert moved() == before


def test_a_rule_that_stands_in_the_way_is_a_page_with_its_sentence(browser: Browser, dan: str) -> None:
    client = browser("ana")
    before = moved()

    answer = give(client, role="administrator", compartment="harbour")

    assert answer.status_code == 409
    assert "The role administrator is granted for the whole office only." in text(answer)
    assert "Nothing was changed." in text(answer)
    assert moved() == before


def test_what_was_changed_meanwhile_is_a_page_too(browser: Browser, dan: str) -> None:
    ana, ben = browser("ana"), browser("ben")
    give(ana)
    number = Grant.objects.get(officer__username="dan").pk
    path = f"/people/officer/dan/grants/{number}/confirm/"
    submit(ben, path, page="/people/officer/dan/")

    again = submit(ben, path, page="/people/officer/dan/")

    assert again.status_code == 409
    assert "This was changed in the meantime" in text(again)


@pytest.mark.parametrize(
    "fields, fault",
    [
        ({"role": "king"}, "king"),
        ({"starts_on": "soon"}, "date"),
        ({"ends_on": "2026-13-40"}, "date"),
        ({"compartment": ""}, "required"),
    ],
)
def test_a_form_that_makes_no_sense_comes_back_with_what_was_typed(
    browser: Browser, dan: str, fields: dict[str, object], fault: str
) -> None:
    client = browser("ana")
    before = moved()

    answer = give(client, **fields)

    assert answer.status_code == 400
    assert fault in text(answer)
    assert moved() == before


POSTS = [
    ("/people/add/", {"username": "eve", "full_name": "Eve", "agency": "harbour-police"}),
    ("/people/officer/dan/give/", {"role": "analyst", "compartment": "harbour", "starts_on": "2026-11-20"}),
    ("/people/officer/dan/grants/{number}/confirm/", {}),
    ("/people/officer/dan/grants/{number}/end/", {"reason": "x"}),
    ("/accounts/logout/", {}),
    (
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "a b c d e f g h", "password2": "x"},
    ),
    ("/accounts/2fa/totp/deactivate/", {}),
    ("/accounts/2fa/recovery-codes/generate/", {}),
]


@pytest.mark.parametrize("path, fields", POSTS)
def test_without_the_forms_token_nothing_changes(
    browser: Browser, dan: str, ana: Actor, path: str, fields: dict[str, str]
) -> None:
    client = browser("ben")
    give(browser("ana"), starts_on=(today() + timedelta(days=1)).isoformat())
    path = path.format(number=Grant.objects.get(officer__username="dan").pk)
    before = moved()

    assert client.post(path, fields).status_code == 403
    assert client.post(path, fields, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert moved() == before
    assert client.get("/people/").status_code == 200, "still signed in"


@pytest.mark.parametrize("path, fields", POSTS[:4])
def test_nothing_changes_by_a_link(browser: Browser, dan: str, path: str, fields: dict[str, str]) -> None:
    client = browser("ana")
    give(client)
    path = path.format(number=Grant.objects.get(officer__username="dan").pk)
    before = moved()

    answer = client.get(path, fields)

    assert answer.status_code in {200, 405}
    assert moved() == before


def paths(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Every address of the desk, its parameters filled in with things that exist."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from paths(pattern.url_patterns, route)
        else:
            filled = re.sub(r"<str:ref>", "dan", route.replace("^", "").replace("$", ""))
            yield "/" + re.sub(r"<[^>]*>|\(\?P.*\)", "1", filled)


def test_no_page_shows_an_administrator_what_opens_anothers_account(browser: Browser, hire: Hire) -> None:
    hire("dan")
    secret = enrol_app("dan")
    officer = Officer.objects.get(username="dan")
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    codes = RecoveryCodes.activate(officer).generate_codes()
    sealed = [
        str(value) for factor in Authenticator.objects.filter(user=officer) for value in factor.data.values()
    ]
    unseen = [secret, officer.password, *codes, *(value for value in sealed if len(value) > 20)]
    assert len(unseen) == 14
    client = browser("ana")
    every = sorted(set(paths(get_resolver().url_patterns)))
    assert {reverse("people:officer", kwargs={"ref": "dan"}), reverse("audit:index")} <= set(every)

    seen = 0
    for path in every:
        if "logout" in path:
            continue
        answer = client.get(path)
        content = answer.getvalue().decode(errors="replace") if not answer.streaming else ""
        assert [value for value in unseen if value in content] == [], path
        seen += answer.status_code == 200
    assert seen >= 8
    assert client.get("/people/").status_code == 200
