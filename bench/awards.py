"""The pages of awards with 100,000 outcomes and contributions at the desk, and how often each asks the database."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import machine
from bench.cases import DAY, NOON, browser, desk, fill, office, request
from tipstaff.awards.actions import committee, nominating
from tipstaff.awards.models import Award, Conflict, Item, ScoreSheet
from tipstaff.awards.texts import NominationText, ShareText
from tipstaff.cases import queries as cases
from tipstaff.cases.models import Contribution
from tipstaff.kernel.money import Money
from tipstaff.ledger import actions as ledger
from tipstaff.offers import actions as offers
from tipstaff.offers.models import Offer, OfferVersion, PinnedSheet, Step
from tipstaff.offers.programme_file import read
from tipstaff.people.access import Actor
from tipstaff.people.roles import ROLES
from tipstaff.rulebook import actions as rulebook
from tipstaff.rulebook.sheet_file import shipped

ROWS = 100_000
AWARDS = 1_000
DOCKET = 50
MEMBERS = ("mia", "max", "moe")
TARGET = 50
PROGRAMME = Path("programmes/darien-2024.toml")
OFFER = "CDG-1"


def measure(runs: int, rows: int = ROWS) -> None:
    """Print the table for both databases."""
    found = [line for database in ("SQLite", "PostgreSQL") for line in _measured(database, runs, rows)]
    machine.show(
        f"Pages of awards at {rows:,} outcomes and contributions and {AWARDS:,} awards, medians of {runs} × 5 requests "
        "(least–greatest)",
        ("", "server time, ms", "CPU of this process, ms", "queries", "target"),
        found,
    )


def _measured(database: str, runs: int, rows: int) -> Iterator[list[str]]:
    with desk(database):
        office()
        clerk, investigator = browser("cora", "clerk"), browser("ana", "investigator")
        for member in MEMBERS:
            browser(member, "member")
        fill(rows)
        meeting, award, case = _docket()
        pages: tuple[tuple[str, Client, str, int | None], ...] = (
            (f"a docket of {DOCKET}", clerk, f"/awards/committee/{meeting}/", TARGET),
            ("an award", clerk, f"/awards/{award}/", TARGET),
            ("its case", investigator, f"/cases/{case}/", TARGET),
            ("its papers", clerk, f"/awards/{award}/papers/", None),
            ("the list of awards", clerk, "/awards/", None),
            ("what is due", clerk, "/awards/due/", None),
            ("statistics", clerk, "/awards/statistics/", None),
        )
        for name, client, path, target in pages:
            asked = _queries(client, path)
            spent = [request(client, path) for _ in range(5 * runs)]
            times = [machine.spread(part, 1) for part in zip(*spent, strict=True)]
            yield [f"{database}: {name}", *times, str(asked), f"{target} ms" if target else ""]


def _queries(client: Client, path: str) -> int:
    """How many queries a page takes, once everything that a session keeps is there."""
    request(client, path)
    with CaptureQueriesContext(connections["default"]) as captured:
        request(client, path)
    return len(captured)


def _docket() -> tuple[str, str, str]:
    """A meeting with awards on its docket, many awards more, and money for them: the meeting, an award, its case."""
    _offer()
    ledger.appropriate(
        programme="darien-2024", compartment="harbour", fiscal_year=2027, amount=Money(10**11, "USD"),
        reference="LAW-1", actor=_acting("tess", "treasurer"), now=NOON,
    )  # fmt: skip
    given = Contribution.objects.filter(outcome__confirmation__isnull=False).select_related(
        "outcome", "source", "case"
    )
    first, *others = given.order_by("-pk")[:DOCKET]
    awards = [_nominated(each) for each in (first, *others)]
    _copies(awards[-1])
    _before_the_committee(awards)
    return _scored(awards), awards[0], first.case.ref


def _offer() -> None:
    """One offer of the shipped programme, public, under the shipped rule sheet; its notice is not sent anywhere."""
    editor, sheet = _acting("edi", "editor"), shipped("tocrp")
    row = rulebook.propose_sheet(sheet=sheet, compartment="harbour", actor=editor, now=NOON)
    for name in ("ben", "fay"):
        rulebook.approve_sheet(ref=row.ref, digest=sheet.digest(), actor=_acting(name, "approver"), now=NOON)
    programme = replace(read(PROGRAMME.read_text(encoding="utf-8")), compartment="harbour")
    offers.load_programme(programme=programme, actor=editor, now=NOON)
    offers.propose_offer(ref=OFFER, actor=editor, now=NOON)
    offer = Offer.objects.unscoped("a measurement").get(ref=OFFER)
    version = OfferVersion.objects.get(offer=offer, number=1)
    PinnedSheet.objects.create(version=version, code=sheet.code, number=1, digest=sheet.digest())
    Step.objects.create(offer=offer, version=1, move="publish", state="published", actor="ben", at=NOON)


def _nominated(given: Contribution) -> str:
    """An award that was nominated and endorsed."""
    text = NominationText(
        offer=OFFER, offer_version=1, condition=1, agency="harbour-police", form="money", reason="It led there.",
        shares=(ShareText(tip=given.source.tip, requested=Money(5_000_000, "USD")),),
    )  # fmt: skip
    nominator = _acting("nia", "nominator")
    return nominating.draft_nomination(outcome=given.outcome.ref, text=text, actor=nominator, now=NOON).ref


def _copies(ref: str) -> None:
    """More awards, approved, on outcomes of their own."""
    pattern = Award.objects.unscoped("a measurement").get(ref=ref)
    known = cases.outcome_facts(pattern.outcome)
    rows = Contribution.objects.filter(case__ref=known.case).values_list("outcome__ref", flat=True)
    outcomes = list(rows[:100])
    pattern.state, pattern.approved_minor, pattern.fiscal_year = "approved", 5_000_000, 2027
    copies = list[Award]()
    for number in range(AWARDS - DOCKET):
        values = {field.attname: getattr(pattern, field.attname) for field in Award._meta.concrete_fields}
        own: dict[str, Any] = {
            "id": None,
            "ref": f"AWD-{number}",
            "outcome": outcomes[number % len(outcomes)],
        }
        copies.append(Award(**(values | own)))
    Award.objects.bulk_create(copies, batch_size=500)


def _before_the_committee(awards: list[str]) -> None:
    Award.objects.unscoped("a measurement").filter(ref__in=awards).update(state="eligible")


def _scored(awards: list[str]) -> str:
    """The awards on a docket, each declared on and scored by every member; the meeting's reference."""
    clerk = _acting("cora", "clerk")
    meeting = committee.convene_meeting(
        compartment="harbour", title="Committee", held_on=DAY, members=list(MEMBERS), actor=clerk, now=NOON
    )
    for award in awards:
        item = committee.docket(meeting=meeting.ref, award=award, actor=clerk, now=NOON)
        for member in MEMBERS:
            Conflict.objects.create(item=item, officer=member, conflicted=False, at=NOON)
            ScoreSheet.objects.create(item=item, officer=member, levels={}, saved_at=NOON, submitted_at=NOON)
    Item.objects.update(state="scoring")
    return meeting.ref


def _acting(name: str, role: str) -> Actor:
    return Actor(name, "harbour-police", frozenset((verb, "harbour") for verb in ROLES[role]))
