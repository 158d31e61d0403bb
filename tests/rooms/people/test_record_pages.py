"""The record's pages over HTTP, as officers see them: who may, what they show, and that they change nothing."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from tests.rooms.people.conftest import NOON, submit
from tests.rooms.people.test_pages import text
from tipstaff.audit.actions import sequence
from tipstaff.audit.models import Head, Record
from tipstaff.footing.append_only import lifted
from tipstaff.people.access import OFFICE
from tipstaff.people.models import Officer

Browser = Callable[..., Client]
Hire = Callable[..., Officer]


@pytest.fixture
def dora(hire: Hire, browser: Browser) -> Client:
    """Audits the whole office; her browser."""
    hire("dora", ("auditor", OFFICE))
    return browser("dora")


@pytest.fixture
def rita(hire: Hire, browser: Browser) -> Client:
    """Audits Ridge; her browser."""
    hire("rita", ("auditor", "ridge"))
    return browser("rita")


def test_an_auditor_reads_who_did_what(dora: Client) -> None:
    page = text(dora.get("/audit/"))

    assert "system:init system people.grant.founded office ana role: administrator" in page
    assert "Check that nothing was altered" in page


def test_the_filter_is_in_the_address(dora: Client) -> None:
    page = text(dora.get("/audit/?verb=people.office.founded&subject=harbour-police"))

    assert "founders: ana, ben" in page
    assert "people.officer.added dora" not in page


@pytest.mark.parametrize("query", ["before=x", "before=-1", "actor=%00", "verb=" + "x" * 500])
def test_a_filter_that_makes_no_sense_filters_nothing(dora: Client, query: str) -> None:
    assert dora.get(f"/audit/?{query}").status_code == 200


def test_an_auditor_of_one_compartment_sees_none_of_the_office(rita: Client) -> None:
    page = text(rita.get("/audit/"))

    assert "No record fits this filter." in page
    assert "Check that nothing was altered" not in page
    assert rita.get("/audit/check/").status_code == 403
    assert submit(rita, "/audit/check/run/", page="/audit/").status_code == 403


@pytest.mark.parametrize("path", ["/audit/", "/audit/check/"])
def test_an_administrator_does_not_audit(browser: Browser, path: str) -> None:
    assert browser("ana").get(path).status_code == 403


def test_the_check_says_that_all_is_as_it_was(dora: Client) -> None:
    sequence(NOON)
    count = Record.objects.unscoped("the test counts all").count()

    page = text(submit(dora, "/audit/check/run/", page="/audit/check/"))

    assert f"All {count} records are as they were written, each in its place." in page
    assert bytes(Head.objects.get().root).hex() in page


def test_the_check_names_what_was_altered(dora: Client) -> None:
    sequence(NOON)
    first = Record.objects.unscoped("the test reads all").order_by("pk")[0]
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_record SET actor = 'nobody' WHERE id = %s", [first.pk])

    answer = submit(dora, "/audit/check/run/", page="/audit/check/")

    assert "The record was tampered with" in text(answer)
    assert f"Record {first.pk}, number 0, was changed after it was written" in text(answer)


def test_a_head_noted_earlier_is_compared(dora: Client) -> None:
    sequence(NOON)
    head = Head.objects.get()
    right, wrong = bytes(head.root).hex(), "0" * 64

    good = submit(dora, "/audit/check/run/", page="/audit/check/", size=head.size, root=f" {right.upper()} ")
    bad = submit(dora, "/audit/check/run/", page="/audit/check/", size=head.size, root=wrong)

    assert "each in its place" in text(good)
    assert "it was rewritten" in text(bad)


@pytest.mark.parametrize("fields", [{"size": 3}, {"root": "0" * 64}, {"size": "x", "root": "y"}])
def test_half_a_head_is_asked_for_again(dora: Client, fields: dict[str, object]) -> None:
    assert submit(dora, "/audit/check/run/", page="/audit/check/", **fields).status_code == 400


def test_the_check_is_a_post_with_the_forms_token(dora: Client) -> None:
    assert dora.get("/audit/check/run/").status_code == 405
    assert dora.post("/audit/check/run/").status_code == 403
