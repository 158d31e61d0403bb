"""The cast of the rulebook's tests, and a sheet wherever it can stand.

In Harbour Ana edits, Ben and Fay approve, Eva holds both roles and Dora only reads offers. Cleo holds every right, in
Ridge.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tipstaff.audit.models import Record
from tipstaff.people.access import Actor
from tipstaff.people.roles import ROLES, VERBS
from tipstaff.rulebook import actions
from tipstaff.rulebook.models import RuleSheet, SheetStep, SheetText
from tipstaff.rulebook.sheet import Sheet
from tipstaff.rulebook.sheet_file import shipped

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
TOCRP = shipped("tocrp")


def acting(ref: str, *roles: str) -> Actor:
    """An officer of Harbour with these roles there."""
    verbs = frozenset[str]().union(*(ROLES[role] for role in roles))
    return Actor(ref, "harbour-police", frozenset((verb, "harbour") for verb in verbs))


@pytest.fixture
def ana() -> Actor:
    return acting("ana", "editor")


@pytest.fixture
def ben() -> Actor:
    return acting("ben", "approver")


@pytest.fixture
def fay() -> Actor:
    return acting("fay", "approver")


@pytest.fixture
def eva() -> Actor:
    return acting("eva", "editor", "approver")


@pytest.fixture
def dora() -> Actor:
    return acting("dora", "analyst")


@pytest.fixture
def cleo() -> Actor:
    return Actor("cleo", "ridge-police", frozenset((verb, "ridge") for verb in VERBS))


@pytest.fixture
def bring(ana: Actor, ben: Actor, fay: Actor) -> Callable[..., RuleSheet]:
    """Bring a sheet into a state by the verbs that lead there."""

    def bring(state: str = "proposed", sheet: Sheet = TOCRP, now: datetime = NOON) -> RuleSheet:
        row = actions.propose_sheet(sheet=sheet, compartment="harbour", actor=ana, now=now)
        if state in ("seconded", "in-force"):
            actions.approve_sheet(ref=row.ref, digest=sheet.digest(), actor=ben, now=now)
        if state == "in-force":
            actions.approve_sheet(ref=row.ref, digest=sheet.digest(), actor=fay, now=now)
        if state == "returned":
            actions.return_sheet(ref=row.ref, reason="a cap is wrong", actor=ben, now=now)
        return sheet_now(row.ref)

    return bring


def numbered(number: int, **changes: Any) -> Sheet:
    """The sheet of that number, with changes."""
    return replace(TOCRP, number=number, **changes)


def sheet_now(ref: str) -> RuleSheet:
    """The sheet's row as it stands in the database."""
    return RuleSheet.objects.unscoped("a test looks").get(ref=ref)


def everything() -> dict[str, list[Any]]:
    """Every row that a verb of this room could write: what a refused verb must leave as it was."""
    rows = [model.objects.order_by("pk").values() for model in (SheetText, SheetStep)]
    scoped = [model.objects.unscoped("a test looks").order_by("pk").values() for model in (RuleSheet, Record)]
    return {query.model.__name__: list(query) for query in (*rows, *scoped)}


def records() -> list[tuple[str, str]]:
    """Verb and actor of every record of the room's verbs, oldest first."""
    found = Record.objects.unscoped("a test looks").filter(verb__startswith="rulebook.").order_by("pk")
    return list(found.values_list("verb", "actor"))
