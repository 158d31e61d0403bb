"""What pages and other rooms read about people: plain rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import FETCH_RAISE, Q

from tipstaff.people.access import Actor, NotVisible
from tipstaff.people.models import Agency, Compartment, Grant, Officer
from tipstaff.people.roles import OFFICE, ROLES
from tipstaff.people.states import GrantState


@dataclass(frozen=True, slots=True)
class CompartmentRow:
    """A compartment and the agency that owns it."""

    code: str
    name: str
    agency: str


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer in a list. `roles` are those in force on the day asked for, as (role, compartment)."""

    ref: str
    full_name: str
    agency: str
    opened: bool
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant on an officer's page; `standing` is what it is today: waiting, in force, to come, over or
    ended.
    """

    number: int
    role: str
    compartment: str
    starts_on: date
    ends_on: date | None
    standing: str
    founding: bool
    given_by: str | None
    confirmed_by: str | None
    ended_by: str | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class OfficerPage:
    """One officer with every grant there ever was, the newest first."""

    ref: str
    full_name: str
    agency: str
    added_at: datetime
    opened: bool
    grants: tuple[GrantRow, ...]


def in_force(today: date) -> Q:
    """Grants that carry their verbs on `today`."""
    return Q(state=GrantState.CONFIRMED, starts_on__lte=today) & (
        Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    )


def actor_of(officer: Officer, today: date) -> Actor:
    """What `officer` may do on `today`: the verbs of confirmed grants, each in its compartment."""
    held = Grant.objects.filter(in_force(today), officer=officer).values_list("role", "compartment_id")
    grants = frozenset((verb, compartment) for role, compartment in held for verb in ROLES[role])
    return Actor(ref=officer.ref, agency=officer.agency_id, grants=grants)


def actor_named(ref: str, today: date) -> Actor:
    """The actor for the officer `ref`, for the command line and jobs. NotVisible when there is none."""
    officer = Officer.objects.filter(username=ref, is_active=True).first()
    if officer is None:
        raise NotVisible(ref)
    return actor_of(officer, today)


def officer_exists() -> bool:
    """Has the office been founded?"""
    return Officer.objects.exists()


def name_of(ref: str) -> str:
    """An officer's full name for pages that show who did something; a job's or unknown ref as it is."""
    officer = Officer.objects.filter(username=ref).only("full_name").first()
    return ref if officer is None else officer.full_name


def names_of(refs: Sequence[str]) -> dict[str, str]:
    """Full names by ref, in one query; refs without an officer stand for themselves."""
    names = dict(Officer.objects.filter(username__in=set(refs)).values_list("username", "full_name"))
    return {ref: names.get(ref, ref) for ref in refs}


def officers_holding(verb: str, compartment: str, today: date) -> list[tuple[str, str]]:
    """Ref and full name of every officer who may do `verb` in `compartment` on `today`, by name."""
    roles = [role for role, verbs in ROLES.items() if verb in verbs]
    held = Grant.objects.filter(
        in_force(today), role__in=roles, compartment=compartment, officer__is_active=True
    )
    named = held.values_list("officer__username", "officer__full_name").distinct()
    return list(named.order_by("officer__full_name", "officer__username"))


def compartments() -> list[CompartmentRow]:
    """Every compartment, the office's own included, by code."""
    rows = Compartment.objects.order_by("code").values_list("code", "name", "agency_id")
    return [CompartmentRow(*row) for row in rows]


def agencies() -> list[tuple[str, str]]:
    """Code and name of every agency, by code."""
    return list(Agency.objects.order_by("code").values_list("code", "name"))


def officers(actor: Actor, today: date) -> list[OfficerRow]:
    """Every officer with the roles in force, by user name. Raises NotAllowed without `people.officer.see`."""
    actor.must("people.officer.see", OFFICE)
    roles: dict[str, list[tuple[str, str]]] = {}
    held = Grant.objects.filter(in_force(today)).order_by("role", "compartment_id")
    for username, role, compartment in held.values_list("officer__username", "role", "compartment_id"):
        roles.setdefault(username, []).append((role, compartment))
    rows = Officer.objects.order_by("username").values_list(
        "username", "full_name", "agency__name", "opening_until"
    )
    return [
        OfficerRow(ref, name, agency, until is None, tuple(roles.get(ref, ())))
        for ref, name, agency, until in rows
    ]


def officer_page(actor: Actor, ref: str, today: date) -> OfficerPage:
    """One officer with all grants. Raises NotAllowed without `people.officer.see`, NotVisible without an
    officer.
    """
    actor.must("people.officer.see", OFFICE)
    officer = Officer.objects.select_related("agency").filter(username=ref).first()
    if officer is None:
        raise NotVisible(ref)
    grants = Grant.objects.filter(officer=officer).order_by("-given_at", "-pk")
    grants = grants.select_related("compartment", "given_by", "confirmed_by", "ended_by")
    rows = tuple(_row(grant, today) for grant in grants.fetch_mode(FETCH_RAISE))
    agency = officer.agency.name
    return OfficerPage(ref, officer.full_name, agency, officer.added_at, officer.opening_until is None, rows)


def waiting_grants(actor: Actor) -> list[tuple[str, str, str]]:
    """Grants that wait for a second officer: (holder's ref, role, compartment), the oldest first."""
    actor.must("people.grant.see", OFFICE)
    waiting = Grant.objects.filter(state=GrantState.GIVEN).order_by("given_at", "pk")
    return list(waiting.values_list("officer__username", "role", "compartment_id"))


def _row(grant: Grant, today: date) -> GrantRow:
    return GrantRow(
        number=grant.pk,
        role=grant.role,
        compartment=grant.compartment.name,
        starts_on=grant.starts_on,
        ends_on=grant.ends_on,
        standing=_standing(grant, today),
        founding=grant.founding,
        given_by=_ref(grant.given_by),
        confirmed_by=_ref(grant.confirmed_by),
        ended_by=_ref(grant.ended_by),
        ended_on=grant.ended_on,
    )


def _ref(officer: Officer | None) -> str | None:
    return None if officer is None else officer.ref


def _standing(grant: Grant, today: date) -> str:
    if grant.state == GrantState.GIVEN:
        return "waiting"
    if grant.state == GrantState.ENDED:
        return "ended"
    if grant.starts_on > today:
        return "to come"
    return "over" if grant.ends_on is not None and grant.ends_on < today else "in force"
