"""A whole desk with one officer for each role, and every address of it asked by everybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.db import connections, transaction

from tests.offices import TestOffice
from tests.rooms.tips.officers import PASSWORD, Desk
from tests.rooms.tips.source import Source, put_in_hatch
from tests.security.routes import routes
from tipstaff.audit.models import Record
from tipstaff.custody import holder
from tipstaff.offers import actions as offers
from tipstaff.offers.models import Offer
from tipstaff.offers.programme_file import read
from tipstaff.outbox.models import Parcel
from tipstaff.people import gate
from tipstaff.people.access import Actor
from tipstaff.people.models import Agency, Compartment, Grant, Officer
from tipstaff.people.roles import OFFICE, ROLES
from tipstaff.tips import jobs
from tipstaff.tips.models import Envelope, Tip

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PROGRAMME = Path(__file__).parents[1] / "unit" / "offers" / "harbour.toml"
OFFER = "HL-1"
# Everybody: nobody at all, one officer for each role, and one of another agency with every deciding role there.
ROLE_NAMES = tuple(sorted(ROLES))
ELSEWHERE = "elsewhere"
EVERYBODY = ("nobody", *ROLE_NAMES, ELSEWHERE)
SOME = ("nobody", "administrator", "supervisor")


@dataclass
class WholeDesk:
    """Something of every kind that the desk's addresses can name, all of it Harbour's."""

    office: TestOffice
    tip: str
    envelope: str
    offer: str
    parcel: int
    grant: int
    browsers: dict[str, Desk] = field(default_factory=dict)
    receipt: list[str] = field(default_factory=list)

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Each route's name and an address under which there is something."""
        numbers = {"outbox": self.parcel, "people": self.grant, "offers": 1, "tips": 1}
        by_room = {room: dict(routes(tip=self.tip, envelope=self.envelope, offer=self.offer, officer="newcomer",
                                     number=number)) for room, number in numbers.items()}  # fmt: skip
        for name, address in routes(officer="newcomer"):
            yield name, by_room.get(name.split(":")[0], {name: address})[name]

    def desk(self, who: str) -> Desk:
        """The browser of `who`, signed in once."""
        if who not in self.browsers:
            self.browsers[who] = Desk(None if who == "nobody" else who)
        return self.browsers[who]

    def status(self, who: str, method: str, path: str) -> int:
        """How `who` is answered; whatever was done is undone. What is refused has left no record either."""
        desk = self.desk(who)
        holder.current().hold(self.office.keyring, by="custodian")  # somebody may just have locked them
        cookies = deepcopy(desk.client.cookies)  # signing out would take them away
        with undone():
            before = Record.objects.unscoped("a test counts").count()
            answer = getattr(desk, method.lower())(path)
            if answer.streaming:
                b"".join(answer.streaming_content)
            records = Record.objects.unscoped("a test counts").count() - before
        desk.client.cookies = cookies
        if answer.status_code >= 400 or who == "nobody":
            assert records == 0, f"{who} {method} {path}: {answer.status_code}, and a record was left"
        return int(answer.status_code)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the desk writes within the block is taken back."""
    block = transaction.atomic(using="default")
    block._from_testcase = True  # type: ignore[attr-defined]  # so that the verbs inside may still be durable
    with block:
        yield
        transaction.set_rollback(True, using="default")
    connections["default"].needs_rollback = False


def furnish(office: TestOffice, programme_file: str | None = None) -> WholeDesk:
    """People, an offer, a tip with a file, an envelope that did not open, a stuck parcel, a waiting grant."""
    _people()
    source = Source(office)
    editor = Actor("editor", "harbour-police", frozenset((verb, "harbour") for verb in ROLES["editor"]))
    programme = read(programme_file or PROGRAMME.read_text(encoding="utf-8"))
    offers.load_programme(programme=programme, actor=editor, now=NOON)
    source.tip(files=(source.file("boats.txt", b"three boats"),))
    put_in_hatch(b"no envelope at all", bytes(32), new=False)
    jobs.open_waiting(office.keyring, NOON)
    parcel = Parcel.objects.create(kind="slots", key="00", not_before=NOON, put_on=NOON.date(), state="STUCK")
    grant = Grant.objects.create(
        officer=Officer.objects.get(username="newcomer"), role="analyst", compartment_id="harbour",
        state="GIVEN", starts_on=NOON.date(), given_at=NOON, given_by=Officer.objects.get(username="founder"),
    )  # fmt: skip
    tip = Tip.objects.unscoped("a test looks").get().ref
    envelope = Envelope.objects.unscoped("a test looks").get(state="not-openable").ref
    return WholeDesk(
        office,
        tip,
        envelope,
        Offer.objects.unscoped("a test looks").get(ref=OFFER).ref,
        parcel.number,
        grant.pk,
    )


def _people() -> None:
    for agency in ("harbour-police", "ridge-police"):
        Agency.objects.create(code=agency, name=agency)
    for code, agency in (
        (OFFICE, "harbour-police"),
        ("harbour", "harbour-police"),
        ("ridge", "ridge-police"),
    ):
        Compartment.objects.create(code=code, name=code, agency_id=agency)
    in_office = {"administrator", "auditor", "custodian"}
    for role in ROLE_NAMES:
        _officer(role, "harbour-police", [(role, OFFICE if role in in_office else "harbour")])
    _officer(ELSEWHERE, "ridge-police", [(role, "ridge") for role in ("approver", "editor", "supervisor")])
    for name in ("founder", "newcomer"):
        _officer(name, "harbour-police", [])


def _officer(name: str, agency: str, roles: list[tuple[str, str]]) -> None:
    officer = Officer(username=name, full_name=name.title(), agency_id=agency, added_at=NOON)
    officer.set_password(PASSWORD)
    officer.save()
    for role, compartment in roles:
        Grant.objects.create(
            officer=officer, role=role, compartment_id=compartment, state="CONFIRMED",
            starts_on=NOON.date(), founding=True, given_at=NOON,
        )  # fmt: skip


def exists(name: str) -> bool:
    """Is there a page behind this route? Those of allauth that we do not use are answered as not found."""
    return gate.exists(name)


def ask_everybody(whole: WholeDesk, named: set[tuple[str, str]]) -> dict[tuple[str, str, str], int]:
    """(route, method, who) -> status. Everybody is asked where the route and method are `named`, some elsewhere."""
    found: dict[tuple[str, str, str], int] = {}
    for name, path in whole.addresses():
        if not exists(name):
            continue
        for method in ("GET", "POST"):
            for who in EVERYBODY if (name, method) in named else SOME:
                found[name, method, who] = whole.status(who, method, path)
    return found
