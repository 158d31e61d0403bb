"""The demo's acts inside Django: officers with roles by two people, rules by three, a programme published by two."""

from datetime import datetime

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model

from tipstaff.config.demo.making import AGENCY, COMPARTMENT, FOUNDERS, OFFICER, ROLES, SECOND, THIRD
from tipstaff.config.office import founding
from tipstaff.custody import holder
from tipstaff.kernel.clock import day
from tipstaff.offers.actions import approve_offer, load_programme, propose_offer, publish_offer
from tipstaff.offers.programme_file import read
from tipstaff.outbox.jobs import deliver
from tipstaff.people.access import Actor
from tipstaff.people.actions import add_officer, confirm_grant, give_grant
from tipstaff.people.queries import actor_named
from tipstaff.rulebook.actions import approve_sheet, propose_sheet
from tipstaff.rulebook.sheet import Sheet
from tipstaff.rulebook.sheet_file import SHIPPED, shipped


def add_people(password: str, totp: str, now: datetime) -> None:
    """The founders, then Rosa (who signs in with `password` and codes of `totp`), Tomás and Elena."""
    first, second = (founding.Person(*person) for person in FOUNDERS)
    founding.found((first, second), agency=AGENCY, compartment=COMPARTMENT, now=now)
    giver, confirmer = (_actor(username, now) for username, _ in FOUNDERS)
    for username, full_name in (OFFICER, SECOND, THIRD):
        add_officer(
            username=username,
            full_name=full_name,
            agency=AGENCY[0],
            actor=giver,
            now=now,
            password=password if username == OFFICER[0] else founding.new_password(),
        )
        for role, compartment in ROLES[username]:
            number = give_grant(
                officer=username,
                role=role,
                compartment=compartment,
                starts_on=day(now),
                ends_on=None,
                actor=giver,
                now=now,
            )
            confirm_grant(number=number, actor=confirmer, now=now)
    TOTP.activate(get_user_model()._default_manager.get(username=OFFICER[0]), totp)


def publish(text: str, now: datetime) -> None:
    """Load the programme file `text`; one proposes each offer, the other approves and publishes it.

    The rule sheet that it names comes first, where it is one of those that ship.
    """
    editor, approver = _actor(OFFICER[0], now), _actor(SECOND[0], now)
    programme = read(text)
    if programme.rules in SHIPPED:
        _put_in_force(shipped(programme.rules), programme.compartment, now)
    load_programme(programme=programme, actor=editor, now=now)
    for offer in programme.offers:
        proposed = propose_offer(ref=offer.ref, actor=editor, now=now)
        approve_offer(ref=offer.ref, version=proposed.proposed_version or 1, actor=approver, now=now)
        publish_offer(ref=offer.ref, actor=approver, now=now)


def _put_in_force(sheet: Sheet, compartment: str, now: datetime) -> None:
    """One proposes the sheet, two others approve it."""
    proposed = propose_sheet(sheet=sheet, compartment=compartment, actor=_actor(OFFICER[0], now), now=now)
    for username in (SECOND[0], THIRD[0]):
        approve_sheet(ref=proposed.ref, digest=sheet.digest(), actor=_actor(username, now), now=now)


def deliver_notices(passphrase: str, now: datetime) -> None:
    """Sign and lay out what was published, so that the door can show it from the start."""
    deliver(holder.current().open(passphrase, by="system:demo"), now)


def _actor(username: str, now: datetime) -> Actor:
    return actor_named(username, day(now))
