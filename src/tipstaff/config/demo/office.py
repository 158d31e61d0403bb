"""The demo's first acts inside Django: officers with roles by two, rules by three, a programme published by two."""

from collections.abc import Iterable
from datetime import datetime

from tipstaff.awards.actions.figures import load_figures
from tipstaff.awards.figures_file import read as read_figures
from tipstaff.config.demo.cast import AGENCY, CAST, DARIEN, FOUNDERS, HARBOUR, TEAMS, Part, Team
from tipstaff.config.demo.place import Card
from tipstaff.config.office import founding
from tipstaff.custody import holder
from tipstaff.kernel.clock import day
from tipstaff.offers.actions import approve_offer, load_programme, propose_offer, publish_offer
from tipstaff.offers.programme_file import read
from tipstaff.outbox.jobs import deliver
from tipstaff.people.access import Actor
from tipstaff.people.actions import add_compartment, add_officer, confirm_grant, give_grant
from tipstaff.people.factors import enrol_app
from tipstaff.people.queries import actor_named
from tipstaff.rulebook.actions import approve_sheet, propose_sheet
from tipstaff.rulebook.sheet import Sheet
from tipstaff.rulebook.sheet_file import SHIPPED, shipped
from tipstaff.sealed.keyfile import Keyring


def found(now: datetime) -> None:
    """The two founders, who only give and confirm; and the demo's two compartments."""
    first, second = (founding.Person(*person) for person in FOUNDERS)
    founding.found((first, second), agency=AGENCY, compartment=DARIEN, now=now)
    code, name = HARBOUR
    add_compartment(code=code, name=name, agency=AGENCY[0], actor=acting(FOUNDERS[0][0], now), now=now)


def add_people(now: datetime, cast: Iterable[Part] = CAST) -> list[Card]:
    """Everybody of `cast`, each role given by one founder and confirmed by the other; how each signs in."""
    giver, confirmer = (acting(username, now) for username, _ in FOUNDERS)
    cards = []
    for part in cast:
        password = founding.new_password()
        add_officer(
            username=part.username,
            full_name=part.full_name,
            agency=AGENCY[0],
            actor=giver,
            now=now,
            password=password,
        )
        for role, compartment in part.roles:
            number = give_grant(
                officer=part.username,
                role=role,
                compartment=compartment,
                starts_on=day(now),
                ends_on=None,
                actor=giver,
                now=now,
            )
            confirm_grant(number=number, actor=confirmer, now=now)
        cards.append(Card(part.username, password, enrol_app(part.username)))
    return cards


def publish(text: str, now: datetime) -> None:
    """Load the programme file `text`; one proposes each offer, another approves and publishes it.

    The rule sheet that it names comes first, where it is one of those that ship.
    """
    programme = read(text)
    team = TEAMS[programme.compartment]
    editor, approver = acting(team.editor, now), acting(team.approvers[0], now)
    if programme.rules in SHIPPED:
        _put_in_force(shipped(programme.rules), programme.compartment, team, now)
    load_programme(programme=programme, actor=editor, now=now)
    for offer in programme.offers:
        proposed = propose_offer(ref=offer.ref, actor=editor, now=now)
        approve_offer(ref=offer.ref, version=proposed.proposed_version or 1, actor=approver, now=now)
        publish_offer(ref=offer.ref, actor=approver, now=now)


def keep_figures(text: str, now: datetime) -> None:
    """Keep what others published about the real programme, beside its own figures, of which a demo has none."""
    editor = acting(TEAMS[DARIEN[0]].editor, now)
    load_figures(figures=read_figures(text), compartment=DARIEN[0], actor=editor, now=now)


def unlocked(passphrase: str) -> Keyring:
    """The office's keys, for what happens before its worker runs."""
    return holder.current().open(passphrase, by="system:demo")


def deliver_what_waits(keyring: Keyring, now: datetime) -> None:
    """Sign and lay out what was published or written, so that the door can show it."""
    deliver(keyring, now)


def acting(username: str, now: datetime) -> Actor:
    """An officer of the demo with what they may do on that day."""
    return actor_named(username, day(now))


def _put_in_force(sheet: Sheet, compartment: str, team: Team, now: datetime) -> None:
    """One proposes the sheet, two others approve it."""
    editor = acting(team.editor, now)
    proposed = propose_sheet(sheet=sheet, compartment=compartment, actor=editor, now=now)
    for approver in team.approvers:
        approve_sheet(ref=proposed.ref, digest=sheet.digest(), actor=acting(approver, now), now=now)
