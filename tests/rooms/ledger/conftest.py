"""The cast of the ledger's tests, and a programme with money.

In Harbour Tess is the treasurer, Dee decides on awards, Ann audits and Ben is an analyst who has no part in money.
Cleo holds every right, in Ridge.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from tipstaff.audit.models import Record
from tipstaff.kernel.money import Money
from tipstaff.ledger import actions
from tipstaff.ledger.models import Account, Transfer
from tipstaff.people.access import Actor
from tipstaff.people.roles import ROLES, VERBS

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
P, Y = "harbour-2026", 2027
AWARD = "AWD-GREY-GULL"


def dollars(whole: int) -> Money:
    return Money(whole * 100, "USD")


def acting(ref: str, role: str) -> Actor:
    """An officer of Harbour with this role there."""
    return Actor(ref, "harbour-police", frozenset((verb, "harbour") for verb in ROLES[role]))


@pytest.fixture
def tess() -> Actor:
    return acting("tess", "treasurer")


@pytest.fixture
def dee() -> Actor:
    return acting("dee", "secretary")


@pytest.fixture
def ann() -> Actor:
    return acting("ann", "auditor")


@pytest.fixture
def ben() -> Actor:
    return acting("ben", "analyst")


@pytest.fixture
def cleo() -> Actor:
    return Actor("cleo", "ridge-police", frozenset((verb, "ridge") for verb in VERBS))


@pytest.fixture
def fund(tess: Actor) -> Callable[..., int]:
    """Appropriate to Harbour's programme as Tess."""

    def fund(whole: int = 1_000_000, **changes: Any) -> int:
        asked = {
            "programme": P,
            "compartment": "harbour",
            "fiscal_year": Y,
            "amount": dollars(whole),
            "reference": "Act 119-1",
            "actor": tess,
            "now": NOON,
        }
        return actions.appropriate(**asked | changes)

    return fund


def acted(verb: Callable[..., Any], whole: int | None = None, **asked: Any) -> Any:
    """Run one of the verbs of a commitment in a transaction, as a room that decides does."""
    given = {"programme": P, "fiscal_year": Y, "now": NOON}
    if verb is actions.reverse:
        given = {"now": NOON, "reason": "a typing error"}
    elif verb is not actions.commit_shares:
        given |= {"subject": AWARD, "reason": "as decided"}
        if whole is not None:
            given["amount"] = dollars(whole)
    with transaction.atomic():
        return verb(**given | asked)


def balances(programme: str = P, year: int = Y) -> dict[str, int]:
    """Each account's balance, in whole units."""
    accounts = Account.objects.unscoped("a test looks").filter(programme=programme, fiscal_year=year)
    return {account.kind: account.balance_minor // 100 for account in accounts}


def everything() -> dict[str, list[Any]]:
    """Every row that a verb of this room could write: what a refused verb must leave as it was."""
    models: list[Any] = [Account, Transfer, Record]
    return {
        model.__name__: list(model.objects.unscoped("a test looks").order_by("pk").values())
        for model in models
    }


def ways() -> list[tuple[str, str, str, int]]:
    """Every transfer: kind, from, to and whole units, in order."""
    found = Transfer.objects.unscoped("a test looks").order_by("number")
    rows = found.values_list("kind", "credit__kind", "debit__kind", "minor")
    return [(kind, credit, debit, minor // 100) for kind, credit, debit, minor in rows]
