"""Founding an office: the first two officers, whom nobody was there to add or to grant anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refusal, Refused
from tipstaff.people import policy
from tipstaff.people.access import Actor
from tipstaff.people.enrolment import OPENING_LASTS, enrol
from tipstaff.people.models import Agency, Compartment, Grant, Officer
from tipstaff.people.names import check_code, check_full_name
from tipstaff.people.roles import OFFICE
from tipstaff.people.states import GrantState

# Both can add officers and give grants from the first day on; each of these grants is marked as founding.
FOUNDING_ROLES = ("administrator", "custodian")


@dataclass(frozen=True, slots=True)
class Founder:
    """One of the first two officers. `roles` are (role, compartment) pairs in place of the usual ones.

    With `opening` the password is an opening code, which somebody else has seen: the officer replaces it within
    72 hours, before anything else opens.
    """

    username: str
    full_name: str
    password: str
    roles: tuple[tuple[str, str], ...] = tuple((role, OFFICE) for role in FOUNDING_ROLES)
    opening: bool = False


@transaction.atomic(durable=True)
def found_office(
    *,
    agency: tuple[str, str],
    compartments: Sequence[tuple[str, str]],
    founders: tuple[Founder, Founder],
    actor: Actor,
    now: datetime,
) -> None:
    """Make the agency (code, name), its compartments (code, name), `office` and the first two officers with
    roles.

    It can be done once. Raises Refused when there is an officer already, the founders are one person, a name
    or password is no good, or a founder's roles are kept apart.
    """
    if Officer.objects.exists():
        raise Refused(
            (Refusal("people.founded-once", "This office has officers already; add more at the desk."),)
        )
    if founders[0].username == founders[1].username:
        raise Refused(
            (Refusal("people.two-founders", "An office is founded by two people with two user names."),)
        )
    code, name = agency
    check_code(code)
    check_full_name(name)
    Agency.objects.create(code=code, name=name)
    for each, title in [(OFFICE, "The office"), *compartments]:
        check_code(each)
        check_full_name(title)
        Compartment.objects.create(code=each, name=title, agency_id=code)
    record(
        "people.office.founded", subject=code, actor=actor, at=now, founders=[f.username for f in founders]
    )
    for founder in founders:
        _found_officer(founder, code, actor, now)


def _found_officer(founder: Founder, agency: str, actor: Actor, now: datetime) -> None:
    officer = enrol(
        username=founder.username, full_name=founder.full_name, agency=agency,
        password=founder.password, until=now + OPENING_LASTS if founder.opening else None, now=now,
    )  # fmt: skip
    record("people.officer.added", subject=founder.username, actor=actor, at=now, full_name=founder.full_name)
    held: tuple[policy.Held, ...] = ()
    for role, compartment in founder.roles:
        wanted = policy.Held(role, compartment, day(now), None)
        facts = policy.GiveFacts(giver=actor.ref, holder=officer.ref, grant=wanted, today=day(now), held=held)
        policy.may_give(facts).or_raise()
        held = (*held, wanted)
        Grant.objects.create(
            officer=officer, role=role, compartment_id=compartment, starts_on=day(now),
            state=GrantState.CONFIRMED, founding=True, given_at=now,
        )  # fmt: skip
        record(
            "people.grant.founded",
            subject=officer.ref,
            actor=actor,
            at=now,
            compartment=compartment,
            role=role,
        )
