"""The pages of papers over HTTP: who sees what, refusals with what was typed, PDF answers, and how many queries."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.rooms.awards.browsers import Browser, at, post, words
from tests.rooms.awards.cast import NOON, Road, acting, make_ground, who
from tipstaff.awards.actions import reporting
from tipstaff.awards.actions.memoranda import issue_memorandum
from tipstaff.awards.models import Award, Clock, Determination, Memorandum
from tipstaff.awards.queries.clocks import due_list, my_due
from tipstaff.awards.queries.papers import papers_page
from tipstaff.awards.queries.statistics import publication, reward_rows, statistics
from tipstaff.awards.states import ClockKind
from tipstaff.kernel.clock import day

CANARY = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
TODAY = day(datetime.now(UTC))
PAGES = ("due", "statistics", "statistics_published", "statistics_rows", "statistics_export")


def issued(road: Road, state: str = "approved") -> None:
    road.to(state)
    issue_memorandum(ref=road.ref, public_summary=CANARY, actor=who("cora"), now=NOON)


def committee_clock(road: Road) -> Clock:
    award = road.to("eligible")
    clock = reporting.start_clock(
        award=award, kind=ClockKind.COMMITTEE, on=TODAY, actor=who("cora"), now=NOON
    )
    assert clock is not None
    return clock


@pytest.mark.parametrize("name", ["hana", "pam", "mia", "wes", "edi"])
def test_who_has_no_part_in_awards_sees_no_papers(road: Road, browser: Browser, name: str) -> None:
    issued(road)
    client = browser(name)
    for page in PAGES:
        assert client.get(at(page)).status_code == 403, page
    for page in (at("papers", road.ref), at("memorandum", road.ref, 1)):
        assert client.get(page).status_code == 403, page


def test_another_compartments_papers_are_not_there(road: Road, browser: Browser) -> None:
    issued(road)
    cleo, ann = browser("cleo"), browser("ann")
    clock = Clock.objects.unscoped("a test looks").first()
    assert clock is not None

    assert cleo.get(at("papers", road.ref)).status_code == 404
    assert cleo.get(at("memorandum", road.ref, 1)).status_code == 404
    assert post(cleo, at("file_report", clock.pk), reference="x").status_code == 404
    assert road.ref not in words(cleo.get(at("due")))
    assert ann.get(at("memorandum", road.ref, 9)).status_code == 404
    assert ann.get(at("memorandum_pdf", road.ref, 1, "whole", "a5", "en")).status_code == 404
    assert ann.get(at("memorandum_pdf", road.ref, 1, "whole", "a4", "fr")).status_code == 404
    assert ann.get(at("memorandum_pdf", road.ref, 1, "half", "a4", "en")).status_code == 404


def test_a_memorandum_is_read_on_screen_and_as_paper(road: Road, browser: Browser) -> None:
    issued(road)
    ann = browser("ann")
    digest = Memorandum.objects.get().digest

    whole, public = (
        ann.get(at("memorandum", road.ref, 1)),
        ann.get(at("memorandum", road.ref, 1) + "?version=public"),
    )
    spanish = words(ann.get(at("memorandum", road.ref, 1) + "?language=es"))

    assert digest in words(whole) and digest in words(public)
    assert "Contribution of each source" in words(whole)
    assert "Contribution of each source" not in words(public)
    assert "What this version leaves out" in words(public)
    assert "Aportación" in spanish or "Contribución de cada fuente" in spanish
    assert "<script>" not in public.content.decode() and "&lt;script&gt;" in public.content.decode()
    for version in ("whole", "public"):
        paper = ann.get(at("memorandum_pdf", road.ref, 1, version, "us-letter", "es"))
        assert paper.headers["Content-Type"] == "application/pdf"
        assert paper.headers["Cache-Control"] == "no-store"
        assert (
            paper.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        )
        assert paper.headers["Content-Disposition"].startswith("attachment;")
        assert paper.content.startswith(b"%PDF-")


def test_a_demo_says_so_in_every_marking(
    road: Road, browser: Browser, settings: pytest.FixtureRequest
) -> None:
    issued(road)
    settings.DEMO = True  # type: ignore[attr-defined]  # pytest-django's own fixture

    for version in ("", "?version=public"):
        assert "DEMO · TLP:" in words(browser("ann").get(at("memorandum", road.ref, 1) + version))


def test_issuing_on_the_page(road: Road, browser: Browser) -> None:
    road.to("recommended")
    cora = browser("cora")
    long = "x" * 2001

    refused = post(cora, at("issue_memorandum", road.ref), public_summary=long)
    assert refused.status_code == 422
    assert long in refused.content.decode()
    done = post(cora, at("issue_memorandum", road.ref), public_summary="Short.")
    assert done.url == at("memorandum", road.ref, 1)
    again = post(cora, at("issue_memorandum", road.ref), public_summary="Short.")
    assert again.status_code == 409
    assert "The newest version says the same." in words(again)
    assert "Short." in again.content.decode()
    assert post(browser("ann"), at("issue_memorandum", road.ref), public_summary="").status_code == 403


def test_days_stand_still_and_go_on_on_the_page(road: Road, browser: Browser) -> None:
    clock = committee_clock(road)
    cora = browser("cora")

    refused = post(cora, at("pause_clock", clock.pk), reason="", until="")
    assert refused.status_code == 409
    assert "Write down the good cause" in words(refused)
    assert post(cora, at("pause_clock", clock.pk), reason="x", until="soon").status_code == 422
    assert post(cora, at("pause_clock", clock.pk), reason=CANARY, until="").status_code == 302
    page = cora.get(at("due"))
    assert "stands still" in words(page)
    assert "<script>" not in page.content.decode()
    assert post(cora, at("resume_clock", clock.pk)).status_code == 302
    assert post(cora, at("resume_clock", clock.pk)).status_code == 409


def test_a_years_report_is_filed_on_the_page(road: Road, browser: Browser) -> None:
    road.to("approved")
    clock = Clock.objects.unscoped("a test looks").get(kind="annual-report")
    cora = browser("cora")

    refused = post(cora, at("file_report", clock.pk), reference="LTR-5", publicity="")
    assert refused.status_code == 409
    assert 'value="LTR-5"' in refused.content.decode()
    assert post(cora, at("file_report", clock.pk), reference="LTR-5", publicity="much").status_code == 422
    assert (
        post(cora, at("file_report", clock.pk), reference="LTR-5", publicity="12,500.50").status_code == 302
    )
    assert "LTR-5" in words(cora.get(at("due")))


def test_a_receipt_and_a_report_on_the_papers_page(road: Road, browser: Browser) -> None:
    road.to("paid")
    cora = browser("cora")

    assert "Hold the receipt" in words(cora.get(at("papers", road.ref)))
    assert "Hold the receipt" not in words(browser("ann").get(at("papers", road.ref)))
    assert post(cora, at("hold_receipt", road.ref), reference="").status_code == 409
    assert post(cora, at("hold_receipt", road.ref), reference="RCP-1").status_code == 302
    refused = post(cora, at("report_payment", road.ref), reference="LTR-1", significance="")
    assert refused.status_code == 409
    assert 'value="LTR-1"' in refused.content.decode()
    done = post(cora, at("report_payment", road.ref), reference="LTR-1", significance="it led there")
    assert done.url == at("papers", road.ref)
    assert "it led there" in words(cora.get(done.url))


def test_an_auditor_sees_every_determination_asked_again(road: Road, browser: Browser) -> None:
    road.to("approved")

    page = words(browser("ann").get(at("papers", road.ref)))

    assert page.count("It agrees.") == Determination.objects.count() == 3


def test_my_work_shows_what_is_due_from_its_reader(road: Road, browser: Browser) -> None:
    committee_clock(road)

    assert "Due from you" in words(browser("cora").get("/"))
    assert "Due from you" not in words(browser("ann").get("/"))


def test_an_export_opens_in_a_spreadsheet_and_runs_nothing(road: Road, browser: Browser) -> None:
    road.to("approved")

    answer = browser("ann").get(at("statistics_export"))

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="statistics.csv"'
    assert '"rewards by country","CO","1"' in answer.content.decode()


def test_published_pages_hide_small_counts(road: Road, browser: Browser) -> None:
    road.to("approved")

    assert "Too few to publish anything." in words(browser("ann").get(at("statistics_published")))
    assert road.ref in words(browser("ann").get(at("statistics_rows") + "?country=CO"))


def test_pages_ask_as_often_for_a_hundred_as_for_one(road: Road) -> None:
    issued(road)
    ann, cora = who("ann"), acting("cora", "clerk")
    asks = {
        "due": lambda: due_list(ann, TODAY),
        "my due": lambda: my_due(cora, TODAY),
        "papers": lambda: papers_page(ann, road.ref, TODAY),
        "statistics": lambda: statistics(ann),
        "published": lambda: publication(ann),
        "rows": lambda: reward_rows(ann),
    }
    one = {name: queries(ask) for name, ask in asks.items()}
    many(road)

    assert {name: queries(ask) for name, ask in asks.items()} == one
    assert len(due_list(ann, TODAY).rows) == 100
    assert max(one.values()) <= 13, one


def queries(ask: object) -> int:
    with CaptureQueriesContext(connection) as found:
        ask()  # type: ignore[operator]  # each is a function
    return len(found)


def many(road: Road) -> None:
    """A hundred more of everything that the pages list: awards, clocks, versions, determinations."""
    award = road.award
    kept = Memorandum.objects.get()
    made = Determination.objects.filter(award=award).first()
    assert made is not None
    for number in range(2, 102):
        Memorandum.objects.create(
            award=award, number=number, content=kept.content, digest=kept.digest, actor="cora", at=NOON
        )
        Determination.objects.create(
            award=award, number=number + 100, stage=made.stage, allowed=made.allowed, content=made.content,
            digest=made.digest, actor="cora", at=NOON,
        )  # fmt: skip
        Clock.objects.create(
            compartment="harbour", programme="harbour", fiscal_year=3000 + number, kind="annual-report",
            rule="rulebook.R12-annual-report", owner="clerk", starts_on=TODAY, days=60, due_on=TODAY,
        )  # fmt: skip
    outcome = make_ground(0).outcome
    for number in range(100):
        copy = Award.objects.unscoped("a test copies").get(pk=award.pk)
        copy.pk, copy.ref, copy.outcome = None, f"AWD-{number}", outcome
        copy.save(force_insert=True)
