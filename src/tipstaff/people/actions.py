"""The verbs of this room. Each is one transaction: check, change, record."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.footing.integrity import explains
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refusal, Refused
from tipstaff.kernel.reference import LETTERS
from tipstaff.people import policy
from tipstaff.people.access import Actor, NotVisible
from tipstaff.people.enrolment import OPENING_LASTS, agency_named, enrol, taken
from tipstaff.people.models import Agency, Compartment, Grant, Officer
from tipstaff.people.names import check_code, check_full_name
from tipstaff.people.queries import in_force
from tipstaff.people.roles import OFFICE
from tipstaff.people.states import GRANT, GrantState


@dataclass(frozen=True, slots=True)
class Added:
    """A new officer. `opening_code` is shown once, to be handed over in person; only its hash is kept."""

    ref: str
    opening_code: str
    opening_until: datetime


@transaction.atomic(durable=True)
def add_agency(*, code: str, name: str, actor: Actor, now: datetime) -> str:
    """A further agency. Raises NotAllowed, Refused (bad code or name, or taken). Returns its code."""
    actor.must("people.officer.add", OFFICE)
    check_code(code)
    check_full_name(name)
    with explains({"people_agency.code": lambda: taken(code)}), transaction.atomic():
        Agency.objects.create(code=code, name=name)
    record("people.agency.added", subject=code, actor=actor, at=now, name=name)
    return code


@transaction.atomic(durable=True)
def add_compartment(*, code: str, name: str, agency: str, actor: Actor, now: datetime) -> str:
    """A further compartment of `agency`. Raises NotAllowed, NotVisible (no such agency), Refused."""
    actor.must("people.officer.add", OFFICE)
    check_code(code)
    check_full_name(name)
    agency_named(agency)
    with explains({"people_compartment.code": lambda: taken(code)}), transaction.atomic():
        Compartment.objects.create(code=code, name=name, agency_id=agency)
    record(
        "people.compartment.added",
        subject=code,
        actor=actor,
        at=now,
        compartment=code,
        name=name,
        owner=agency,
    )
    return code


@transaction.atomic(durable=True)
def add_officer(
    *, username: str, full_name: str, agency: str, actor: Actor, now: datetime, password: str | None = None
) -> Added:
    """A new officer, who can sign in and may do nothing yet.

    Without `password` an opening code is made: it lasts 72 hours and opens only the page that replaces it.
    (A demo passes a password; then nothing has to be replaced.) Raises NotAllowed, NotVisible (no such
    agency), Refused.
    """
    actor.must("people.officer.add", OFFICE)
    code = _opening_code() if password is None else ""
    until = now + OPENING_LASTS if password is None else None
    enrol(
        username=username, full_name=full_name, agency=agency, password=password or code, until=until, now=now
    )
    record(
        "people.officer.added", subject=username, actor=actor, at=now, full_name=full_name, member_of=agency
    )
    return Added(username, code, until or now)


@transaction.atomic(durable=True)
def give_grant(
    *,
    officer: str,
    role: str,
    compartment: str,
    starts_on: date,
    ends_on: date | None,
    actor: Actor,
    now: datetime,
) -> int:
    """Give `officer` a role; it carries nothing until a second officer confirms it. Returns the grant's
    number.

    Raises NotAllowed, NotVisible (no such officer or compartment), Refused.
    """
    actor.must("people.grant.give", OFFICE)
    holder = _locked_officer(officer)
    if not Compartment.objects.filter(code=compartment).exists():
        raise NotVisible(compartment)
    wanted = policy.Held(role, compartment, starts_on, ends_on)
    facts = policy.GiveFacts(
        giver=actor.ref, holder=officer, grant=wanted, today=day(now), held=_held(holder)
    )
    policy.may_give(facts).or_raise()

    grant = Grant.objects.create(
        officer=holder, role=role, compartment_id=compartment, starts_on=starts_on, ends_on=ends_on,
        given_by=Officer.objects.get(username=actor.ref), given_at=now,
    )  # fmt: skip
    _recorded("people.grant.given", grant, actor, now, starts_on=starts_on, ends_on=ends_on)
    return grant.pk


@transaction.atomic(durable=True)
def confirm_grant(*, number: int, actor: Actor, now: datetime) -> None:
    """Confirm what another officer gave; from its first day on it carries the role's verbs.

    Raises NotAllowed, NotVisible, MoveNotInTable, Refused.
    """
    actor.must("people.grant.confirm", OFFICE)
    grant = _locked_grant(number)
    state = GRANT.after("confirm", GrantState(grant.state))
    assert grant.given_by is not None, "only a founding grant has no giver, and it is never waiting"
    facts = policy.ConfirmFacts(
        confirmer=actor.ref, giver=grant.given_by.ref, holder=grant.officer.ref, grant=_as_held(grant),
        today=day(now), held=_held(grant.officer, but=grant.pk),
    )  # fmt: skip
    policy.may_confirm(facts).or_raise()

    grant.state, grant.confirmed_by, grant.confirmed_at = state, Officer.objects.get(username=actor.ref), now
    grant.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _recorded("people.grant.confirmed", grant, actor, now)


@transaction.atomic(durable=True)
def end_grant(*, number: int, reason: str, actor: Actor, now: datetime) -> None:
    """End a grant at once, waiting or in force. One officer is enough: taking power away must not wait.

    Raises NotAllowed, NotVisible, MoveNotInTable, Refused (it would leave fewer than two administrators, or
    no reason).
    """
    actor.must("people.grant.end", OFFICE)
    if not reason.strip():
        raise Refused((Refusal("people.reason-given", "Say why the grant ends."),))
    list(
        Officer.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)
    )  # two ends cannot cross
    grant = _locked_grant(number)
    state = GRANT.after("end", GrantState(grant.state))
    today = day(now)
    others = Grant.objects.filter(in_force(today), role="administrator").exclude(officer=grant.officer)
    force = Grant.objects.filter(in_force(today), pk=grant.pk).exists()
    left = others.values("officer").distinct().count()
    policy.may_end(role=grant.role, in_force=force, administrators_left=left).or_raise()

    grant.state, grant.ended_by, grant.ended_on = state, Officer.objects.get(username=actor.ref), today
    grant.save(update_fields=["state", "ended_by", "ended_on"])
    _recorded("people.grant.ended", grant, actor, now, reason=reason.strip()[:500])


def _recorded(verb: str, grant: Grant, actor: Actor, now: datetime, **facts: object) -> None:
    where = grant.compartment_id
    holder = grant.officer.ref
    record(
        verb, subject=holder, actor=actor, at=now, compartment=where, grant=grant.pk, role=grant.role, **facts
    )


def _locked_officer(ref: str) -> Officer:
    # Without the key: a grant that names this officer as its giver need not wait, and two verbs cannot wait in a ring.
    officer = Officer.objects.select_for_update(no_key=True).filter(username=ref).first()
    if officer is None:
        raise NotVisible(ref)
    return officer


def _locked_grant(number: int) -> Grant:
    """The grant, under the lock of its holder's row first: grants to one officer are decided in turn."""
    holder = Grant.objects.filter(pk=number).values_list("officer__username", flat=True).first()
    if holder is None:
        raise NotVisible(str(number))
    officer = _locked_officer(holder)
    grant = Grant.objects.select_for_update().get(pk=number)
    grant.officer = officer
    return grant


def _held(holder: Officer, but: int = 0) -> tuple[policy.Held, ...]:
    standing = Grant.objects.filter(officer=holder).exclude(state=GrantState.ENDED).exclude(pk=but)
    return tuple(_as_held(grant) for grant in standing.order_by("pk"))


def _as_held(grant: Grant) -> policy.Held:
    return policy.Held(grant.role, grant.compartment_id, grant.starts_on, grant.ends_on)


def _opening_code() -> str:
    """Sixteen letters of 4.95 bits: 79 bits, in groups that can be read out."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(16))
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))
