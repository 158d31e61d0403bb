"""What the awards' tests stand on: an offer with its terms, a programme with money, an award on its road."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.rooms.awards.browsers import browser
from tests.rooms.awards.cast import (
    NOON,
    OFFER,
    PROGRAMME,
    PUBLISHED,
    YEAR,
    Ground,
    Road,
    acting,
    dollars,
    make_ground,
    who,
)
from tipstaff.kernel.money import Money
from tipstaff.ledger import actions as ledger
from tipstaff.offers import queries as offers
from tipstaff.offers.terms import Terms, TermsChange, TermsCondition
from tipstaff.rulebook import actions as rulebook
from tipstaff.rulebook.sheet import Sheet
from tipstaff.rulebook.sheet_file import shipped

__all__ = ["browser"]


def condition(cap: Money) -> TermsCondition:
    """What the version promises money for."""
    return TermsCondition(1, "arrest_and_or_conviction", ("b8", "b9"), cap)


class Terms1:
    """Version 1 of HBR-1, whose terms a test may change; version 2 says the same."""

    def __init__(self) -> None:
        self.now = Terms(
            ref=OFFER, version=1, programme=PROGRAMME, compartment="harbour", authority="22 USC 2708",
            published_on=PUBLISHED, version_on=PUBLISHED,
            cap=dollars(1_000_000), conditions=(condition(dollars(1_000_000)),), changes=(TermsChange(on=PUBLISHED, state="published", version=1),),
            sheet="tocrp", sheet_number=1,
        )  # fmt: skip

    def change(self, **changes: Any) -> None:
        self.now = replace(self.now, **changes)

    def cap(self, whole: int) -> None:
        """The offer's cap, and its condition's."""
        self.change(cap=dollars(whole), conditions=(condition(dollars(whole)),))

    def became(self, state: str, on: Any, version: int = 1) -> None:
        self.change(changes=(*self.now.changes, TermsChange(on=on, state=state, version=version)))

    def terms(self, ref: str, version: int) -> Terms:
        return replace(self.now, ref=ref, version=version)


@pytest.fixture
def offer(monkeypatch: pytest.MonkeyPatch) -> Terms1:
    terms = Terms1()
    monkeypatch.setattr(offers, "terms", terms.terms)
    return terms


@pytest.fixture
def sheet(db: None) -> Sheet:
    """The numbers of the shipped sheet `tocrp`, approved by two in Harbour."""
    text = shipped("tocrp")
    row = rulebook.propose_sheet(sheet=text, compartment="harbour", actor=who("edi"), now=NOON)
    for approver in ("ben", "fay"):
        rulebook.approve_sheet(
            ref=row.ref, digest=text.digest(), actor=acting(approver, "approver"), now=NOON
        )
    return text


@pytest.fixture
def fund(db: None) -> Callable[[int], None]:
    """Give the programme so many dollars."""

    def fund(whole: int) -> None:
        ledger.appropriate(
            programme=PROGRAMME, compartment="harbour", fiscal_year=YEAR, amount=dollars(whole), reference="LAW-1",
            actor=who("tess"), now=NOON,
        )  # fmt: skip

    return fund


@pytest.fixture
def ground(offer: Terms1, sheet: Sheet, fund: Callable[[int], None]) -> Ground:
    """Two tips that led to an arrest, under an offer with $1,000,000 and a programme with $5,000,000."""
    fund(5_000_000)
    return make_ground()


@pytest.fixture
def road(ground: Ground) -> Road:
    return Road(ground)
