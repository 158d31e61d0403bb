"""Everybody who asks: nobody at all, one officer for each role, and one of another agency who holds them all there.

An officer is called like their role. What the whole office needs is granted in the office; an auditor may be of the
office or of Harbour, so there are two. What lies on the desk was done by others, who have no browser: whoever asks has
acted on nothing, and is stopped by their role alone.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from tests.rooms.tips.officers import PASSWORD
from tipstaff.people.access import Actor
from tipstaff.people.models import Agency, Compartment, Grant, Officer
from tipstaff.people.roles import OFFICE, OFFICE_ROLES, ROLES

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ROLE_NAMES = tuple(sorted(ROLES))
OF_OFFICE = frozenset({*OFFICE_ROLES, "auditor"})
INSPECTOR = "auditor-of-harbour"
ELSEWHERE = "elsewhere"
OFFICERS = (*ROLE_NAMES, INSPECTOR, ELSEWHERE)
EVERYBODY = ("nobody", *OFFICERS)
OUTSIDE = frozenset(
    {*OF_OFFICE, ELSEWHERE}
)  # who has no part in Harbour: what is Harbour's is not there for them
SOME = ("nobody", "administrator", "supervisor")


def _grants() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield "nobody", []
    for role in ROLE_NAMES:
        yield role, [(role, OFFICE if role in OF_OFFICE else "harbour")]
    yield INSPECTOR, [("auditor", "harbour")]
    yield ELSEWHERE, [(role, "ridge") for role in ROLE_NAMES if role not in OFFICE_ROLES]


GRANTS = dict(_grants())
# Who holds which verb where.
HELD = {
    who: frozenset((verb, place) for role, place in roles for verb in ROLES[role])
    for who, roles in GRANTS.items()
}


def acting(ref: str, role: str) -> Actor:
    """A colleague of theirs in Harbour with this role, who does what must have happened before."""
    return Actor(ref, "harbour-police", frozenset((verb, "harbour") for verb in ROLES[role]))


def add_everybody() -> None:
    """The agencies, the compartments, and the officers with their grants."""
    for agency in ("harbour-police", "ridge-police"):
        Agency.objects.create(code=agency, name=agency)
    for code in (OFFICE, "harbour", "ridge"):
        agency = "ridge-police" if code == "ridge" else "harbour-police"
        Compartment.objects.create(code=code, name=code, agency_id=agency)
    for who in OFFICERS:
        _add(who, "ridge-police" if who == ELSEWHERE else "harbour-police", GRANTS[who])
    for name in ("founder", "newcomer"):
        _add(name, "harbour-police", [])


def _add(name: str, agency: str, roles: list[tuple[str, str]]) -> None:
    officer = Officer(username=name, full_name=name.title(), agency_id=agency, added_at=NOON)
    officer.set_password(PASSWORD)
    officer.save()
    for role, compartment in roles:
        Grant.objects.create(
            officer=officer, role=role, compartment_id=compartment, state="CONFIRMED",
            starts_on=NOON.date(), founding=True, given_at=NOON,
        )  # fmt: skip
