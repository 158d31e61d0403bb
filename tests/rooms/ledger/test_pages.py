"""The ledger's pages over HTTP: what each person sees, what a refusal looks like, and how many queries it takes."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.rooms.ledger.conftest import AWARD, P, Y, acted, balances, everything
from tipstaff.ledger import actions, queries
from tipstaff.ledger.chart import WIDTH, chart
from tipstaff.people.factors import enrol_app
from tipstaff.people.models import Agency, Compartment, Grant, Officer
from tipstaff.people.states import GrantState

ROLES = {
    "tess": ("harbour", "treasurer"),
    "ann": ("harbour", "auditor"),
    "ben": ("harbour", "analyst"),
    "cleo": ("ridge", "treasurer"),
}


@pytest.fixture
def browser(db: None) -> Callable[[str], Client]:
    """A browser in which somebody of the cast is signed in, with a second factor."""
    now = datetime.now(UTC)
    for name in ("harbour", "ridge"):
        agency = Agency.objects.create(code=f"{name}-police", name=name.title())
        Compartment.objects.create(code=name, name=name.title(), agency=agency)
    officers = {
        name: Officer.objects.create(
            username=name, full_name=name.title(), agency_id=f"{place}-police", added_at=now
        )
        for name, (place, _) in ROLES.items()
    }
    for name, (place, role) in ROLES.items():
        giver, confirmer = [other for key, other in officers.items() if key != name][:2]
        Grant.objects.create(
            officer=officers[name], role=role, compartment_id=place, starts_on=now.date(),
            state=GrantState.CONFIRMED, given_at=now, given_by=giver, confirmed_at=now, confirmed_by=confirmer,
        )  # fmt: skip

    def browser(name: str) -> Client:
        enrol_app(name)
        client = Client(enforce_csrf_checks=True)
        client.force_login(officers[name])
        session = client.session
        session["account_authentication_methods_user"] = user_id_to_str(officers[name])
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session.save()
        return client

    return browser


def address(name: str, *args: Any) -> str:
    return reverse(f"ledger:{name}", args=args)


def post(client: Client, where: str, **fields: object) -> Any:
    """Post with the forgery token that every page of the desk hands out."""
    client.get(address("books"))
    token = client.cookies["desk-form"].value if "desk-form" in client.cookies else ""
    return client.post(where, fields | {"csrfmiddlewaretoken": token})


def words(response: Any) -> str:
    """What a person reads on a page."""
    text = re.sub(r"<(style|script).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


TYPED = {
    "programme": P,
    "compartment": "harbour",
    "fiscal_year": "2027",
    "amount": "2,000,000",
    "currency": "USD",
    "reference": "Act 119-2",
    "reason": "",
}


def test_the_list_shows_every_figure_and_opens_its_rows(browser, fund, dee):
    fund(1000)
    acted(actions.commit, 600, actor=dee)
    acted(actions.pay, 250, actor=dee)
    page = browser("ann").get(address("books"))

    said = words(page)
    assert f"{P} 2027 $1,000 $400 $350 $250 $0" in said
    for account in ("treasury", "available", "committed", "paid", "returned"):
        assert f'href="{address("transfers", P, Y)}?account={account}"' in page.content.decode()


def test_a_books_page_has_a_chart_and_the_table_beside_it(browser, fund, dee):
    fund(1000)
    acted(actions.commit, 600, actor=dee)
    acted(actions.pay, 250, actor=dee)
    page = browser("ann").get(address("book", P, Y))

    source = page.content.decode()
    assert re.findall(r'<rect class="fund-(\w+)" x="([\d.]+)" y="0" width="([\d.]+)"', source) == [
        ("available", "0.0", "240.0"),
        ("committed", "240.0", "210.0"),
        ("paid", "450.0", "150.0"),
    ]
    assert "Available $400 Committed $350 Paid $250 Returned $0 Appropriated $1,000" in words(page)
    assert "Return money" not in words(page)


def test_the_chart_of_an_empty_book_has_no_parts(fund, tess):
    number = fund(1000)
    actions.correct(number=number, reason="a mistake", actor=tess, now=datetime.now(UTC))

    assert chart(queries.figures_of(P, Y)).pieces == ()
    assert WIDTH == 600


def test_each_figure_is_the_sum_of_the_rows_it_opens(browser, fund, dee):
    fund(1000)
    acted(actions.commit, 600, actor=dee)
    acted(actions.release, 100, actor=dee)
    client = browser("ann")

    said = words(client.get(address("transfers", P, Y), {"account": "committed"}))

    assert "Committed: $500 , which is what came in less what went out." in said
    assert f"Commitment Available Committed {AWARD} $600" in said
    assert f"Release Committed Available {AWARD} $100" in said
    assert "Act 119-1" not in said
    assert "Act 119-1" in words(client.get(address("transfers", P, Y), {"kind": "appropriate"}))
    assert "No transfer fits" in words(client.get(address("transfers", P, Y), {"subject": "AWD-NONE"}))


@pytest.mark.parametrize("query", [{"account": "x"}, {"kind": "x"}, {"before": "x"}, {"before": "9" * 40}])
def test_a_filter_that_is_not_understood_filters_nothing(browser, fund, query):
    fund(1000)

    assert "Act 119-1" in words(browser("ann").get(address("transfers", P, Y), query))


def test_the_list_is_paged_from_the_newest_to_the_first(browser, fund, dee):
    fund(1000)
    for _ in range(60):
        acted(actions.commit, 1, actor=dee)
    client = browser("ann")
    first = client.get(address("transfers", P, Y), {"account": "available"})
    older = re.search(r'rel="next" href="([^"]+)"', first.content.decode())

    assert older
    second = words(client.get(unescape(older[1])))
    assert words(first).count(AWARD) == 50
    assert second.count(AWARD) == 10
    assert "Act 119-1" in second
    assert "Older transfers" not in second


def test_a_transfer_and_its_reversal_name_each_other(browser, fund, dee):
    fund(1000)
    number = acted(actions.commit, 600, actor=dee)
    reversal = acted(actions.reverse, number=number, actor=dee, reason="<b>typing</b> error")
    client = browser("ann")

    assert f"transfer {reversal} reverses it" in words(client.get(address("transfer", number)))
    page = client.get(address("transfer", reversal))
    assert f"It reverses transfer {number} ." in words(page)
    assert "&lt;b&gt;typing&lt;/b&gt; error" in page.content.decode()


def test_a_treasurer_appropriates(browser, tess):
    client = browser("tess")
    assert "1 October to 30 September" in words(client.get(address("appropriate")))

    answer = post(client, address("appropriate"), **TYPED)

    assert answer.status_code == 302
    assert balances()["available"] == 2_000_000
    said = words(client.get(answer["Location"]))
    assert "The appropriation is in the books." in said
    assert "Act 119-2" in said


@pytest.mark.parametrize(
    "changes, status, said",
    [
        ({"amount": "two million"}, 422, "Write an amount in figures"),
        ({"amount": "-5"}, 422, "Write an amount in figures"),
        ({"amount": "0"}, 422, "Write an amount in figures"),
        ({"amount": "٢"}, 422, "Write an amount in figures"),
        ({"compartment": "ridge"}, 422, "Some fields need another look"),
        ({"currency": "usd"}, 422, "Some fields need another look"),
        ({"reference": "a\x00b"}, 422, "Some fields need another look"),
        ({"fiscal_year": "2150"}, 409, "Fiscal year 2150 is not between 1985 and"),
        ({"programme": "Har Bour"}, 409, "is no code"),
        ({"currency": "EUR"}, 409, "EUR 2,000,000 is in EUR , and these books are kept in USD"),
    ],
    ids=str,
)
def test_a_refused_appropriation_keeps_what_was_typed(browser, fund, changes, status, said):
    fund(1000)
    client, before = browser("tess"), everything()

    answer = post(client, address("appropriate"), **TYPED | changes)

    assert answer.status_code == status
    assert said in words(answer)
    assert 'value="Act 119-2"' in answer.content.decode() or "reference" in changes
    assert everything() == before


def test_a_treasurer_returns_what_is_available_and_no_more(browser, fund):
    fund(1000)
    client = browser("tess")
    typed = {"amount": "1,000.01", "reference": "Letter 1", "reason": "not needed"}

    refused = post(client, address("return", P, Y), **typed)
    assert refused.status_code == 409
    assert "$1,000.01 is asked for, and $1,000 is available. Nothing was moved." in words(refused)
    assert 'value="1,000.01"' in refused.content.decode()
    assert balances()["returned"] == 0
    assert post(client, address("return", P, Y), **typed | {"reason": ""}).status_code == 422

    assert post(client, address("return", P, Y), **typed | {"amount": "999.99"}).status_code == 302
    assert queries.figures_of(P, Y).available.minor == 1


def test_a_spanish_desk_is_refused_in_spanish(browser, fund):
    fund(1000)
    client = browser("tess")
    client.cookies["desk-language"] = "es"

    refused = post(
        client, address("return", P, Y), amount="1,000.01", reference="Carta 1", reason="no hace falta"
    )

    assert refused.status_code == 409
    assert "Se piden $1,000.01 y hay $1,000 disponibles. No se movió nada." in words(refused)


def test_a_treasurer_corrects_once(browser, fund):
    number = fund(1000)
    client = browser("tess")
    assert "Reverse it" in words(client.get(address("transfer", number)))

    assert post(client, address("correct", number), reason="").status_code == 409
    assert balances()["available"] == 1000
    assert post(client, address("correct", number), reason="a mistake").status_code == 302
    assert balances()["available"] == 0
    assert post(client, address("correct", number), reason="a mistake").status_code == 409
    assert "Reverse it" not in words(client.get(address("transfer", number)))


@pytest.mark.parametrize("who, expected", [("ann", 403), ("ben", 403), ("cleo", 404)])
def test_nobody_else_posts(browser, fund, who, expected):
    number = fund(1000)
    client, before = browser(who), everything()

    assert (
        post(client, address("return", P, Y), amount="1", reference="x", reason="y").status_code == expected
    )
    assert post(client, address("correct", number), reason="y").status_code == expected
    appropriated = post(client, address("appropriate"), **TYPED)
    assert appropriated.status_code == (422 if who == "cleo" else 403)
    assert everything() == before


@pytest.mark.parametrize("who, expected", [("tess", 200), ("ann", 200), ("ben", 403), ("cleo", 404)])
def test_who_reads_a_book(browser, fund, who, expected):
    number = fund(1000)
    client = browser(who)

    for where in (address("book", P, Y), address("transfers", P, Y), address("transfer", number)):
        assert client.get(where).status_code == expected
    assert client.get(address("books")).status_code == (403 if who == "ben" else 200)
    assert (P in words(client.get(address("books")))) == (expected == 200)


@pytest.mark.parametrize(
    "where", [address("book", P, 1999), address("book", "none", Y), address("transfer", 10**18)]
)
def test_what_is_not_there_is_not_found(browser, fund, where):
    fund(1000)

    assert browser("ann").get(where).status_code == 404


def test_a_page_takes_as_many_queries_for_100_rows_as_for_one(browser, fund, dee):
    number = fund(1000)
    client = browser("ann")
    addresses = [
        address("books"),
        address("book", P, Y),
        address("transfers", P, Y),
        address("transfers", P, Y) + "?account=available",
        address("transfer", number),
    ]

    def counts() -> list[int]:
        found = []
        for where in addresses:
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert client.get(where).status_code == 200
            found.append(len(captured))
        return found

    counts()
    few = counts()
    for year in range(1990, 2020):
        fund(10, fiscal_year=year)
    for place in range(100):
        acted(actions.commit, 1, subject=f"AWD-{place}", actor=dee)

    assert counts() == few
