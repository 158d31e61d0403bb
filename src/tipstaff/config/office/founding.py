"""Filling a new office: its databases brought up to date, its first two officers."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from tipstaff.kernel.reference import LETTERS
from tipstaff.people.access import system
from tipstaff.people.founding import Founder, found_office
from tipstaff.people.roles import OFFICE

ALIASES = ("default", "hatch")


@dataclass(frozen=True, slots=True)
class Person:
    """A first officer as named on the command line: user name and full name."""

    username: str
    full_name: str


def migrate() -> None:
    """Bring both databases up to date."""
    for alias in ALIASES:
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def unapplied(alias: str) -> list[str]:
    """Names of the migrations that this database lacks."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    ours = [step for step, _ in plan if (step.app_label == "hatch") == (alias == "hatch")]
    return [f"{step.app_label}.{step.name}" for step in ours]


def new_password() -> str:
    """A random password that can be read out: 24 letters in sixes, 118 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(6)) for _ in range(4))


def found(
    people: tuple[Person, Person], *, agency: tuple[str, str], compartment: tuple[str, str], now: datetime
) -> list[tuple[str, str]]:
    """Make the agency, the compartment and the first two officers; (user name, password) of both.

    Raises Refused, and then nothing was made.
    """
    first, second = (
        Founder(person.username, person.full_name, new_password(), _roles(), opening=True)
        for person in people
    )
    found_office(
        agency=agency, compartments=[compartment], founders=(first, second), actor=system("init"), now=now
    )
    return [(founder.username, founder.password) for founder in (first, second)]


def _roles() -> tuple[tuple[str, str], ...]:
    return (("administrator", OFFICE), ("custodian", OFFICE))
