"""Something of every kind that an address of the desk can name, all of it Harbour's, done by people who do not ask."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from tests.offices import TestOffice
from tests.rooms.cases.conftest import make_world
from tests.rooms.tips.source import Source, put_in_hatch
from tests.security.people import NOON, acting
from tipstaff.cases import actions as cases
from tipstaff.kernel.money import Money
from tipstaff.ledger import actions as ledger
from tipstaff.offers import actions as offers
from tipstaff.offers.programme_file import read
from tipstaff.outbox.models import Parcel
from tipstaff.people.models import Grant, Officer
from tipstaff.rulebook import actions as rulebook
from tipstaff.rulebook.sheet_file import shipped
from tipstaff.tips import jobs
from tipstaff.tips.models import Envelope, Tip
from tipstaff.vault import actions as vault
from tipstaff.vault import keys
from tipstaff.vault.sealing import Details

PROGRAMME = Path(__file__).parents[1] / "unit" / "offers" / "harbour.toml"
LONG_AGO = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
BOOK, YEAR = "harbour-2026", 2027
OFFER, PUBLISHED = "HL-1", "HL-2"
FIRST, SECOND = "seven green bottles on the harbour wall", "nobody counts the gulls before winter"


def tips(office: TestOffice, programme: str | None = None) -> dict[str, Any]:
    """An offer in draft, a tip with a file, an envelope that did not open, a stuck parcel, a grant that waits."""
    source = Source(office)
    text = programme or PROGRAMME.read_text(encoding="utf-8")
    offers.load_programme(programme=read(text), actor=acting("eda", "editor"), now=NOON)
    source.tip(files=(source.file("boats.txt", b"three boats"),))
    put_in_hatch(b"no envelope at all", bytes(32), new=False)
    jobs.open_waiting(office.keyring, NOON)
    stuck = Parcel.objects.create(kind="slots", key="00", not_before=NOON, put_on=NOON.date(), state="STUCK")
    waits = Grant.objects.create(
        officer=Officer.objects.get(username="newcomer"), role="analyst", compartment_id="harbour",
        state="GIVEN", starts_on=NOON.date(), given_at=NOON, given_by=Officer.objects.get(username="founder"),
    )  # fmt: skip
    return {
        "offers.ref": OFFER,
        "offers:version.ref": PUBLISHED,
        "tips.ref": Tip.objects.unscoped("a test looks").get().ref,
        "tips:open_again.ref": Envelope.objects.unscoped("a test looks").get(state="not-openable").ref,
        "outbox.number": stuck.number,
        "people.ref": "newcomer",
        "people.number": waits.pk,
    }


def books() -> dict[str, Any]:
    """A book with a transfer in it."""
    number = ledger.appropriate(
        programme=BOOK, compartment="harbour", fiscal_year=YEAR, amount=Money(5_000_000_00, "USD"), reference="LAW-1",
        actor=acting("tess", "treasurer"), now=NOON,
    )  # fmt: skip
    return {"ledger.programme": BOOK, "ledger.fiscal_year": YEAR, "ledger.number": number}


def sheets() -> dict[str, Any]:
    """One rule sheet in force, since before anything was offered under it, and one that waits for two approvals."""
    eda = acting("eda", "editor")
    row = rulebook.propose_sheet(sheet=shipped("tocrp"), compartment="harbour", actor=eda, now=LONG_AGO)
    for name in ("ben", "fay"):
        ben = acting(name, "approver")
        rulebook.approve_sheet(ref=row.ref, digest=shipped("tocrp").digest(), actor=ben, now=LONG_AGO)
    waits = rulebook.propose_sheet(
        sheet=shipped("crime-stoppers"), compartment="harbour", actor=eda, now=NOON
    )
    return {"rulebook.ref": waits.ref}


def case() -> dict[str, Any]:
    """A case with a finding, an outcome, a contribution and a task."""
    gus = acting("gus", "investigator")
    world = make_world(gus)
    cases.add_task(
        ref=world.case, title="Ask the harbour master.", assignee="investigator", due_on=NOON.date(), actor=gus, now=NOON,
    )  # fmt: skip
    refs = {"finding": world.finding, "outcome": world.outcome, "contribution": world.contribution}
    routes = {"finding": ("finding", "correct_finding"), "outcome": ("outcome", "confirm", "correct_outcome"),
              "contribution": ("contribution", "correct_contribution")}  # fmt: skip
    named = {f"cases:{route}.ref": refs[kind] for kind, found in routes.items() for route in found}
    return {"cases.ref": world.case, **named}


def identities(folder: Path) -> dict[str, Any]:
    """A sealed identity that somebody asked to open, and another that somebody asked to destroy."""
    keys.make(folder, FIRST, SECOND, log_n=4)
    pia = acting("pia", "protector")
    alma, ned = (
        vault.seal_identity(compartment="harbour", details=Details(name=name), actor=pia, now=NOON)
        for name in ("Alma Quill", "Ned Quill")
    )
    why = "The award is decided; protection must be arranged."
    opens = vault.ask_to_open(ref=alma, reason=why, passphrase=FIRST, actor=pia, now=NOON)
    destroys = vault.ask_to_destroy(
        ref=ned, reason=why, actor=pia, now=timezone.now()
    )  # it holds for some days
    return {
        "vault.ref": alma,
        **dict.fromkeys(("vault:agree.ref", "vault:open.ref"), opens),
        "vault:destroy.ref": destroys,
    }
