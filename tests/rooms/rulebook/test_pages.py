"""The rule sheets' pages over HTTP: what each person reads and may press, and what a refusal looks like."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.rooms.browsers import browsers_of
from tests.rooms.rulebook.conftest import TOCRP, everything, numbered, sheet_now

CAST = {
    "ana": ("harbour", "editor"),
    "ben": ("harbour", "approver"),
    "fay": ("harbour", "approver"),
    "dora": ("harbour", "analyst"),
    "cleo": ("ridge", "editor", "approver"),
}


@pytest.fixture
def browser(db: None) -> Callable[[str], Client]:
    return browsers_of(CAST)


def post(client: Client, address: str, **fields: object):  # type: ignore[no-untyped-def]  # Django's test response has no public type
    """Post with the forgery token that every page of the desk hands out."""
    client.get("/rules/")
    client.get(address.rsplit("/", 2)[0] + "/")
    token = client.cookies["desk-form"].value if "desk-form" in client.cookies else ""
    return client.post(address, fields | {"csrfmiddlewaretoken": token})


def words(response) -> str:  # type: ignore[no-untyped-def]  # as above
    """What a person reads on a page."""
    text = re.sub(r"<(style|script).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_list_shows_ones_own_compartments_alone(bring, browser):
    row = bring("proposed")

    mine, theirs = browser("ana").get("/rules/"), browser("cleo").get("/rules/")

    assert "Programa de recompensas contra la delincuencia organizada transnacional" in words(mine)
    assert row.ref in mine.content.decode()
    assert "There are no rule sheets yet." in words(theirs)
    assert row.ref not in theirs.content.decode()


@pytest.mark.parametrize("who, status", [("ana", 200), ("ben", 200), ("dora", 403), ("cleo", 404)])
def test_who_reads_a_sheet(bring, browser, who, status):
    row = bring("proposed")

    assert browser(who).get(f"/rules/{row.ref}/").status_code == status


def test_a_lawyer_reads_numbers_rules_and_what_is_invented(bring, browser):
    row = bring("in-force")

    page = browser("ana").get(f"/rules/{row.ref}/")

    read = words(page)
    for said in (
        "$25,000,000", "$50,000,000", "$100,000", "Notice before cryptocurrency 15", "weight 30",
        "Officials are barred when they told on duty", "toc-group , fto", "at most 30 per cent", "secretary , delegate",
        "Invented: First proposal", "rulebook.R05-secretary-decides", "22 U.S.C. 2708(e)(2), (4)",
        "Would being paid put you or your family in danger, so that you need protection?", TOCRP.digest(),
        "Approved by the second officer Fay",
    ):  # fmt: skip
        assert said in read, said


def test_two_officers_approve_what_they_read(bring, browser):
    row = bring("proposed")
    address = f"/rules/{row.ref}/approve/"

    first = post(browser("ben"), address, digest=TOCRP.digest())
    second = post(browser("fay"), address, digest=TOCRP.digest())

    assert (first.status_code, second.status_code) == (302, 302)
    assert sheet_now(row.ref).state == "in-force"


def test_who_has_acted_is_offered_no_button_and_refused_in_words(bring, browser):
    row = bring("seconded")
    client = browser("ben")

    page = words(client.get(f"/rules/{row.ref}/"))
    before = everything()
    refused = post(client, f"/rules/{row.ref}/approve/", digest=TOCRP.digest())

    assert "You approved this sheet. Another officer has to approve it too." in page
    assert "Approve it as the second of two" not in page
    assert refused.status_code == 409
    assert "You approved this sheet already: another officer approves it too." in words(refused)
    assert everything() == before


@pytest.mark.parametrize("digest", ["", "nothing", "0" * 64])
def test_a_forged_digest_approves_nothing(bring, browser, digest):
    row = bring("proposed")
    client, before = browser("ben"), everything()

    assert post(client, f"/rules/{row.ref}/approve/", digest=digest).status_code == 409
    assert everything() == before


def test_a_return_keeps_what_was_typed_when_it_is_refused(bring, browser):
    row = bring("proposed")
    client, long = browser("ben"), "The cap is wrong. " * 40

    refused = post(client, f"/rules/{row.ref}/return/", reason=long)

    assert refused.status_code == 409
    assert "Say why, in at most 500 characters" in words(refused)
    assert long.strip() in words(refused)
    assert post(client, f"/rules/{row.ref}/return/", reason="The cap is wrong.").status_code == 302
    assert "The cap is wrong." in words(client.get(f"/rules/{row.ref}/"))
    assert sheet_now(row.ref).state == "returned"


def test_a_spanish_desk_reads_the_rules_and_a_refusal_in_spanish(bring, browser):
    row = bring("proposed")
    client = browser("ben")
    client.cookies["desk-language"] = "es"

    refused = post(client, f"/rules/{row.ref}/return/", reason="x" * 501)

    assert refused.status_code == 409
    assert "Diga por qué, en 500 caracteres como máximo" in words(refused)
    assert "No se paga a quien planeó o dirigió la conducta." in words(refused)


def test_what_differs_from_the_sheet_before_is_a_table(bring, browser):
    bring("in-force")
    row = bring("proposed", numbered(2, citation="22 U.S.C. 2708, as amended"))

    read = words(browser("ben").get(f"/rules/{row.ref}/"))

    assert "What differs from the sheet before" in read
    assert "citation 22 U.S.C. 2708; 28 CFR 13.5 22 U.S.C. 2708, as amended" in read


@pytest.mark.parametrize("act", ["approve", "return"])
def test_reading_an_address_changes_nothing(bring, browser, act):
    row = bring("proposed")
    client, before = browser("ben"), everything()

    assert client.get(f"/rules/{row.ref}/{act}/").status_code == 405
    assert everything() == before


def test_a_list_asks_as_often_for_three_as_for_one(bring, browser, django_assert_num_queries):
    client = browser("ana")
    bring("in-force")
    client.get("/rules/")
    with CaptureQueriesContext(connection) as one:
        client.get("/rules/")
    bring("in-force", numbered(2))
    bring("proposed", numbered(3))

    with django_assert_num_queries(len(one)):
        client.get("/rules/")
