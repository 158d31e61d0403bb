"""The cast: Ana, Eva and Gus investigate in Harbour, Ben may only look there, Dora reads tips, Cleo is of Ridge."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tipstaff.audit.models import Record
from tipstaff.cases import actions
from tipstaff.cases.models import (
    Case,
    CaseCompartment,
    CaseSource,
    Confirmation,
    Contribution,
    Finding,
    FindingSource,
    Note,
    Outcome,
    Task,
)
from tipstaff.cases.texts import ContributionText, OutcomeText, SourceText
from tipstaff.kernel import reference
from tipstaff.people.access import Actor
from tipstaff.people.models import Agency, Compartment, Grant, Officer
from tipstaff.people.roles import ROLES, VERBS
from tipstaff.tips.models import Envelope, Tip

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
TIP_DAY = date(2026, 11, 1)
CANARY = '<script>alert(1)</script> \u202e "><img src=x onerror=alert(3)>'
SECRET = "the heron sleeps beneath the third lamp"  # a tip's own words, which stand nowhere but in the tip


def acting(ref: str, *roles: str) -> Actor:
    """An officer of Harbour with these roles there."""
    verbs = frozenset[str]().union(*(ROLES[role] for role in roles))
    return Actor(ref, "harbour-police", frozenset((verb, "harbour") for verb in verbs))


@pytest.fixture
def ana() -> Actor:
    return acting("ana", "investigator")


@pytest.fixture
def eva() -> Actor:
    return acting("eva", "investigator")


@pytest.fixture
def gus() -> Actor:
    return acting("gus", "investigator")


@pytest.fixture
def ben() -> Actor:
    """Nominates: sees cases and outcomes, and does nothing in them."""
    return acting("ben", "nominator")


@pytest.fixture
def dora() -> Actor:
    """Reads tips, and no case."""
    return acting("dora", "analyst")


@pytest.fixture
def cleo() -> Actor:
    return Actor("cleo", "ridge-police", frozenset((verb, "ridge") for verb in VERBS))


def make_tip(compartment: str = "harbour", on: date = TIP_DAY) -> Tip:
    """An opened tip, as far as its row goes."""
    ref = reference.new("TIP")
    envelope = Envelope.objects.create(
        ref=ref.replace("TIP", "ENV"), entry=os.urandom(32), leaf=0, day=on, mailbox=os.urandom(32),
        compartment=compartment, state="opened", kind="tip",
    )  # fmt: skip
    return Tip.objects.create(
        ref=ref, envelope=envelope, mailbox=envelope.mailbox, compartment=compartment, day=on, state_on=on,
        offer="HBR-1", offer_version=1, notice=1, may_ask=True, reward=True, sealed_by="door", reply="", claim=bytes(32),
        text=SECRET,
    )  # fmt: skip


def tip_source(tip: str, **changes: Any) -> SourceText:
    """A tip as a source, graded."""
    source = SourceText(
        kind="tip", reference=tip, reliability="B", credibility="2", says="names the pier", day=TIP_DAY
    )
    return replace(source, **changes)


def outcome_text(**changes: Any) -> OutcomeText:
    """An invented arrest."""
    text = OutcomeText(
        kind="arrest", subject_kind="person", subject="Grey Gull", role="leader", country="CO", day=date(2026, 11, 15),
        scope="international", paragraph="b8", charge="smuggling", court="Harbour Court 1/26",
        suspicion="seen in command by two officers", review_on=date(2027, 11, 20), outside_us=True,
    )  # fmt: skip
    return replace(text, **changes)


@dataclass
class World:
    """One case with a tip, a finding, an outcome and a contribution, all by Gus of Harbour."""

    case: str
    tip: str
    finding: str
    outcome: str
    contribution: str

    def contribution_text(self, **changes: Any) -> ContributionText:
        text = ContributionText(
            tip=self.tip, finding=self.finding, outcome=self.outcome, how_used="led the watch to the pier",
            used_on=date(2026, 11, 10), known="no", corroboration="a harbour log", evidence="EX-7",
        )  # fmt: skip
        return replace(text, **changes)


@pytest.fixture
def staff(db: None) -> None:
    """Everybody as a row, so that names are known and tasks can be given."""
    for name in ("harbour", "ridge"):
        agency = Agency.objects.create(code=f"{name}-police", name=name.title())
        Compartment.objects.create(code=name, name=name.title(), agency=agency)
    roles = {
        "ana": "investigator",
        "eva": "investigator",
        "gus": "investigator",
        "ben": "nominator",
        "dora": "analyst",
    }
    for ref, role in [*roles.items(), ("cleo", "investigator")]:
        place = "ridge" if ref == "cleo" else "harbour"
        officer = Officer.objects.create(
            username=ref, full_name=f"{ref.title()} Amador", agency_id=f"{place}-police", added_at=NOON
        )
        Grant.objects.create(
            officer=officer, role=role, compartment_id=place, state="CONFIRMED", starts_on=TIP_DAY, founding=True,
            given_at=NOON,
        )  # fmt: skip


@pytest.fixture
def world(staff: None, gus: Actor) -> World:
    """The case as it stands before a test's own verb."""
    return make_world(gus)


def make_world(gus: Actor) -> World:
    """A case with one of each."""
    case = actions.open_case(
        title="Grey Gull", organisation="Gulls", compartment="harbour", actor=gus, now=NOON
    )
    tip = make_tip()
    finding = actions.state_finding(
        case=case.ref,
        statement="The pier is used at night.",
        sources=[tip_source(tip.ref)],
        actor=gus,
        now=NOON,
    )
    outcome = actions.record_outcome(case=case.ref, text=outcome_text(), actor=gus, now=NOON)
    world = World(case.ref, tip.ref, finding.ref, outcome.ref, "")
    given = actions.attest_contribution(case=case.ref, text=world.contribution_text(), actor=gus, now=NOON)
    world.contribution = given.ref
    return world


def everything() -> dict[str, list[Any]]:
    """Every row that a verb of this room could write: what a refused verb must leave as it was."""
    kept: list[Any] = [
        CaseCompartment, CaseSource, Confirmation, Contribution, Finding, FindingSource, Note, Outcome, Task,
    ]  # fmt: skip
    rows = [model.objects.order_by("pk").values() for model in kept]
    scoped = [model.objects.unscoped("a test looks").order_by("pk").values() for model in (Case, Record)]
    return {query.model.__name__: list(query) for query in (*rows, *scoped)}


type Act = Callable[[Actor], object]
