"""The cast of the offers' tests, and an offer in any state it can be in.

In Harbour Ana edits, Ben approves, Eva holds both roles and Dora only reads. Cleo holds every right, in Ridge.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.offices import TestOffice
from tipstaff.audit.models import Record
from tipstaff.kernel.money import Money
from tipstaff.offers import actions
from tipstaff.offers.models import (
    Condition,
    NoticeCounter,
    Offer,
    OfferVersion,
    PinnedSheet,
    Programme,
    Publication,
    Step,
)
from tipstaff.offers.programme_file import Programme as ProgrammeFile
from tipstaff.offers.programme_file import read
from tipstaff.offers.text import from_json
from tipstaff.outbox.models import Parcel
from tipstaff.people.access import Actor
from tipstaff.people.roles import ROLES, VERBS

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LAST_DAY = date(2026, 11, 20)
NEXT_DAY = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
REF = "HL-1"
FILE = Path(__file__).parents[2] / "unit" / "offers" / "harbour.toml"


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
def dora() -> Actor:
    return acting("dora", "analyst")


@pytest.fixture
def eva() -> Actor:
    return acting("eva", "editor", "approver")


@pytest.fixture
def cleo() -> Actor:
    return Actor("cleo", "ridge-police", frozenset((verb, "ridge") for verb in VERBS))


@pytest.fixture
def programme() -> ProgrammeFile:
    """Harbour's programme, whose one offer has a last day."""
    programme = read(FILE.read_text(encoding="utf-8"))
    return replace(programme, offers=(replace(programme.offers[0], expires=LAST_DAY),))


@pytest.fixture
def bring(office: TestOffice, programme: ProgrammeFile, ana: Actor, ben: Actor) -> Callable[..., Offer]:
    """Bring HL-1 into a state (and its amendment into one) by the verbs that lead there."""

    def bring(state: str = "draft", amendment: str = "none") -> Offer:
        actions.load_programme(programme=programme, actor=ana, now=NOON)
        walk_text("draft", state if state in ("draft", "proposed", "approved") else "none", ana, ben)
        if state == "amended":
            begin_change(ana)
            walk_text("draft", "none", ana, ben)
        elif state == "suspended":
            actions.suspend_offer(ref=REF, reason="a court asks", actor=ben, now=NOON)
        elif state == "withdrawn":
            actions.withdraw_offer(ref=REF, reason="a court orders it", actor=ben, now=NOON)
        elif state == "satisfied":
            actions.satisfy_offer(ref=REF, reason="convicted", actor=ben, now=NOON)
        elif state == "expired":
            actions.expire_offer(ref=REF, actor=ben, now=NEXT_DAY)
        if amendment != "none":
            begin_change(ana)
            walk_text("draft", amendment, ana, ben)
        return offer_now()

    return bring


def walk_text(source: str, target: str, ana: Actor, ben: Actor) -> None:
    """Lead the text in work from draft to `target`; `none` is published, when nothing is in work any more."""
    steps = ["draft", "proposed", "approved", "none"]
    for state in steps[steps.index(source) + 1 : steps.index(target) + 1]:
        if state == "proposed":
            actions.propose_offer(ref=REF, actor=ana, now=NOON)
        elif state == "approved":
            version = offer_now().proposed_version
            assert version
            actions.approve_offer(ref=REF, version=version, actor=ben, now=NOON)
        else:
            actions.publish_offer(ref=REF, actor=ben, now=NOON)


def begin_change(ana: Actor) -> None:
    """Begin an amendment and write something new into it."""
    offer = actions.begin_amendment(ref=REF, actor=ana, now=NOON)
    text = from_json(offer.draft)
    text = replace(
        text,
        cap=Money(text.cap.minor + 100_000_00, "USD"),
        change={"en": "Raised by $100,000.", "es": "Aumentada en 100.000 dólares."},
    )
    actions.save_draft(ref=REF, text=text, revision=offer.draft_revision, actor=ana, now=NOON)


def offer_now(ref: str = REF) -> Offer:
    """The offer's row as it stands in the database."""
    return Offer.objects.unscoped("a test looks").get(ref=ref)


def everything() -> dict[str, list[Any]]:
    """Every row that a verb of this room could write: what a refused verb must leave as it was."""
    kept: list[Any] = [
        Programme,
        OfferVersion,
        Condition,
        PinnedSheet,
        Step,
        NoticeCounter,
        Publication,
        Parcel,
    ]
    rows = [model.objects.order_by("pk").values() for model in kept]
    scoped = [model.objects.unscoped("a test looks").order_by("pk").values() for model in (Offer, Record)]
    return {query.model.__name__: list(query) for query in (*rows, *scoped)}


def records() -> list[tuple[str, str]]:
    """Verb and actor of every record of the offers' verbs, oldest first."""
    found = Record.objects.unscoped("a test looks").filter(verb__startswith="offers.").order_by("pk")
    return list(found.values_list("verb", "actor"))
