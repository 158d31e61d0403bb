"""What happened in the furnished office before anybody looks: officers, tips in every state, offers, parcels."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from tests.browser.furnishing import Person
from tests.offices import TestOffice
from tests.rooms.tips.source import Source, put_in_hatch, stranger
from tipstaff.audit.actions import sequence
from tipstaff.config.demo.story import TIPS
from tipstaff.custody import holder
from tipstaff.custody.queries import public_keys
from tipstaff.hatch import notice, queries
from tipstaff.kernel.clock import day
from tipstaff.logbook.jobs import publish_head
from tipstaff.offers import actions as offer_acts
from tipstaff.offers.queries import public_text
from tipstaff.outbox import jobs as outbox
from tipstaff.outbox import kinds
from tipstaff.outbox.actions import put
from tipstaff.outbox.models import Parcel
from tipstaff.outbox.states import ParcelState
from tipstaff.people import actions as people
from tipstaff.people.access import Actor, system
from tipstaff.people.factors import enrol_app
from tipstaff.people.queries import actor_named
from tipstaff.sealed.envelope import pack_envelope
from tipstaff.sealed.keyfile import Keyring
from tipstaff.sealed.receipt import Receipt
from tipstaff.tips import actions as tips
from tipstaff.tips.jobs import open_waiting
from tipstaff.tips.states import Disposition, Urgency
from tipstaff.tlog.note import Verifier

PASSWORD = "five quiet herons wading"
# Long words and addresses are what breaks a page that is 320 pixels wide.
LONG = "https://harbour.example/" + "a-very-long-address-without-any-break-" * 4
FILE = ("Lista de lanchas: la Gaviota Gris, la Marta II, la que no tiene nombre.\n" * 12).encode()
FOUNDERS = ("first-admin", "second-admin")


def keyring(passphrase: str) -> Keyring:
    """The desk's keys, opened in this process only."""
    return holder.current().open(passphrase, by="system:demo")


def staff(now: datetime) -> dict[str, Person]:
    """Lin runs the office, Ines audits it, Tomás is the second officer, Nia comes in with an opening code."""
    first = actor_named(FOUNDERS[0], day(now))
    found = {}
    for name, full_name, roles in (
        ("lin", "Lin Okafor-Castellanos", [("administrator", "office")]),
        ("ines", "Inés Beltrán", [("auditor", "office"), ("auditor", "darien")]),
    ):
        people.add_officer(
            username=name, full_name=full_name, agency="demo", actor=first, now=now, password=PASSWORD
        )
        for role, compartment in roles:
            _grant(name, role, compartment, now)
        found[name] = Person(name, PASSWORD, enrol_app(name))
    added = people.add_officer(username="nia", full_name="Nia", agency="demo", actor=first, now=now)
    found["nia"] = Person("nia", added.opening_code, "")
    people.add_officer(
        username="omar", full_name="Omar", agency="demo", actor=first, now=now, password=PASSWORD
    )
    found["omar"] = Person("omar", PASSWORD, "")
    people.end_grant(
        number=_grant("nia", "editor", "darien", now), reason="It was meant for another", actor=first, now=now
    )
    people.give_grant(
        officer="nia", role="analyst", compartment="darien", starts_on=day(now),
        ends_on=day(now) + timedelta(days=90), actor=first, now=now,
    )  # fmt: skip
    return found


def _grant(name: str, role: str, compartment: str, now: datetime) -> int:
    first, second = (actor_named(founder, day(now)) for founder in FOUNDERS)
    number = people.give_grant(
        officer=name,
        role=role,
        compartment=compartment,
        starts_on=day(now),
        ends_on=None,
        actor=first,
        now=now,
    )
    people.confirm_grant(number=number, actor=second, now=now)
    return number


def sources(folder: Path, keys: Keyring, before: datetime, now: datetime) -> tuple[Receipt, dict[str, str]]:
    """Tips of the last days: one that was talked about, one of a colleague's, one judged, some that nobody has."""
    rosa, tomas = actor_named("rosa", day(now)), actor_named("tomas", day(now))
    row = queries.latest_notice()
    assert row is not None
    public = notice.parse(row.note, Verifier.parse(public_keys().notice_vkey))
    office = TestOffice(folder, keys, public)

    def sent(number: int, age: int, **changes: object) -> Source:
        source = Source(office, day=day(now - timedelta(days=age)))
        told = TIPS[number]
        fields = {name: told.fields.get(name, "") for name in ("people", "places", "dates", "how")}
        offer = told.fields.get("offer")
        version = 1 if offer else None
        changes = {**fields, "offer": offer, "offer_version": version, "language": told.language, **changes}
        source.tip(told.fields["text"], **changes)
        return source

    talked = Source(office, day=day(before))
    files = (
        talked.file("lista.txt", FILE, 0),
        talked.file("foto del muelle " + "x" * 80 + ".jpg", b"\xff\xd8" * 900, 1),
    )
    talked.tip(TIPS[0].fields["text"] + "\n\n" + LONG, people=TIPS[0].fields["people"], places=LONG,
               offer="CDG-3", offer_version=1, files=files, reward=True)  # fmt: skip
    theirs, judged, urgent = sent(1, 6), sent(2, 2), sent(3, 1)
    sent(4, 0)
    put_in_hatch(
        pack_envelope(Source(office).sealed_tip(), [stranger()]), b"\x05" * 32, new=True, today=day(now)
    )
    open_waiting(keys, now)

    _talk(talked, rosa, now)
    open_waiting(keys, now)
    tips.claim(ref=theirs.ref, actor=tomas, now=now)
    tips.claim(ref=judged.ref, actor=rosa, now=now)
    tips.dispose(
        ref=judged.ref,
        kind=Disposition.MISDIRECTED,
        reason="It is about another harbour.",
        actor=rosa,
        now=now,
    )
    tips.set_state(ref=judged.ref, move="read", actor=rosa, now=now)
    tips.set_urgency(ref=urgent.ref, urgency=Urgency.DANGER, actor=rosa, now=now)
    refs = {"talked": talked.ref, "theirs": theirs.ref, "judged": judged.ref, "urgent": urgent.ref}
    return talked.receipt, refs


def _talk(source: Source, rosa: Actor, now: datetime) -> None:
    """Question and answer, something erased, and a message that is not proved to be the source's."""
    tips.claim(ref=source.ref, actor=rosa, now=now)
    for move in ("read", "want_more"):
        tips.set_state(ref=source.ref, move=move, actor=rosa, now=now)
    tips.set_urgency(ref=source.ref, urgency=Urgency.TIME_BOUND, actor=rosa, now=now)
    tips.write(
        ref=source.ref, text="¿Cuál de los dos muelles? Conteste solo si es seguro.", actor=rosa, now=now
    )
    number = tips.write(ref=source.ref, text="This was meant for somebody else.", actor=rosa, now=now)
    tips.erase(ref=source.ref, number=number, actor=rosa, now=now)
    tips.add_note(
        ref=source.ref, text="Compare with the harbour plan; the north pier has a crane.", actor=rosa, now=now
    )
    tips.dispose(ref=source.ref, kind=Disposition.INFORMATION, reason="Not enough yet.", actor=rosa, now=now)
    tips.dispose(
        ref=source.ref, kind=Disposition.ACTIONABLE, reason="Names, a place and a day.", actor=rosa, now=now
    )
    source.message("El del norte, junto a la grúa. " + LONG)
    source.message("I am the source, believe me.", signer=Source(source.office))


def offers(now: datetime) -> None:
    """CDG-1 has an amendment in draft, CDG-2 is suspended, CDG-3 waits with an amendment for a second officer."""
    rosa, tomas = actor_named("rosa", day(now)), actor_named("tomas", day(now))
    offer_acts.begin_amendment(ref="CDG-1", actor=rosa, now=now)
    offer_acts.suspend_offer(
        ref="CDG-2", reason="The agencies are checking a telephone number.", actor=tomas, now=now
    )
    offer = offer_acts.begin_amendment(ref="CDG-3", actor=rosa, now=now)
    text = public_text(offer)
    assert text is not None
    longer = {language: f"{said} ({day(now).year})" for language, said in text.summary.items()}
    changed = replace(text, summary=longer, change=dict.fromkeys(text.languages, "…"))
    offer_acts.save_draft(ref="CDG-3", text=changed, revision=offer.draft_revision, actor=rosa, now=now)
    offer_acts.propose_offer(ref="CDG-3", actor=rosa, now=now)


def deliver_and_publish(keys: Keyring, now: datetime) -> None:
    """The worker's rounds: replies and notice out, a public head, the record numbered."""
    publish_head(keys, public_keys(), actor=system("worker"), now=now)
    outbox.deliver(keys, now)
    sequence(now)


def parcels(now: datetime) -> None:
    """One parcel that waits and one that is stuck: the worker is not running, so they stay."""
    with transaction.atomic():
        put(kind="slots", key="00" * 32, now=now)
        stuck = put(kind="notice", key=kinds.NOTICE_KEY, body="{}", now=now)
    Parcel.objects.filter(number=stuck).update(state=ParcelState.STUCK, tries=10, error="OperationalError")
