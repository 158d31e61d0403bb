"""What the committee's tests stand on: the cast with its grants, a sheet, awards and items in any state."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.rooms.awards.committee.cast import (
    CAST,
    CONDITION,
    NOON,
    NUMBERS,
    SITTING,
    THURSDAY,
    TIPS,
    TOLD,
    At,
    acting,
    all_declare,
    all_score,
    an_outcome,
    answered,
    determined,
    facts_of_two,
    recommend,
    vote,
)
from tests.rooms.awards.committee.desk import browser
from tests.unit.rulebook.awards import TOCRP
from tipstaff.awards import models
from tipstaff.awards.actions import committee
from tipstaff.awards.states import Choice, Duty
from tipstaff.people.models import Agency, Compartment, Grant, Officer
from tipstaff.rulebook.models import RuleSheet, SheetText
from tipstaff.rulebook.sheet import Sheet, to_json

__all__ = ["browser"]


@pytest.fixture
def staff(db: None) -> None:
    """Everybody with a grant in force, as calling a meeting asks for."""
    for place in ("harbour", "ridge"):
        agency = Agency.objects.create(code=f"{place}-police", name=place.title())
        Compartment.objects.create(code=place, name=place.title(), agency=agency)
    for name, (place, role) in CAST.items():
        officer = Officer.objects.create(
            username=name, full_name=name.title(), agency_id=f"{place}-police", added_at=NOON
        )
        Grant.objects.create(
            officer=officer, role=role, compartment_id=place, starts_on=date(2026, 1, 1), state="CONFIRMED",
            founding=True, given_at=NOON,
        )  # fmt: skip


@pytest.fixture
def sheet(db: None) -> Sheet:
    """`tocrp`, in force in Harbour: seven factors, a quorum of three."""
    text = SheetText.objects.create(
        content=to_json(TOCRP), digest=TOCRP.digest(), proposed_by="eva", proposed_at=NOON
    )
    RuleSheet.objects.create(
        ref="SHT-1", compartment="harbour", code="tocrp", number=1, text=text, state="in-force", proposed_by="eva",
        seconded_by="fred", approved_by="gil", in_force_on=date(2026, 1, 1),
    )  # fmt: skip
    return TOCRP


@pytest.fixture
def make_award(sheet: Sheet, offer: Any) -> Callable[..., models.Award]:
    """An award of two sources with its determination of eligibility, in any state and compartment."""
    made = 0
    offer.change(conditions=(CONDITION,))

    def make_award(state: str = "eligible", *, found: bool = True, **changes: Any) -> models.Award:
        nonlocal made
        made += 1
        outcome, contributions = an_outcome(made)
        award = models.Award.objects.create(
            **{
                "ref": f"AWD-{made}", "compartment": "harbour", "programme": "harbour-lights", "offer": "HBR-1",
                "offer_version": 1, "condition": 1, "case": f"CAS-{made}", "outcome": outcome, "sheet_code": "tocrp",
                "sheet_number": 1, "sheet_digest": TOCRP.digest(), "state": state, "agency": "harbour-police",
                "reason": f"{TIPS[0]} opened it.", "currency": "USD", "requested_minor": 600_000_00,
                "drafted_by": "nia", "drafted_at": NOON, "nominated_on": date(2026, 11, 2), "changed_at": NOON,
            }
            | changes
        )  # fmt: skip
        for number, tip, minor, given in zip(
            NUMBERS, TIPS, (500_000_00, 100_000_00), contributions, strict=True
        ):
            share = models.Share.objects.create(
                award=award, number=number, tip=f"{tip}-{made}" if made > 1 else tip, received_on=TOLD,
                contributions=[given], requested_minor=minor,
            )  # fmt: skip
            answered(share)
        models.Step.objects.create(
            award=award, move="nominate", state="nominated", duty=Duty.NOMINATE, actor="nia", at=NOON
        )
        if found:
            determined(award, facts_of_two())
        return award

    return make_award


@pytest.fixture
def bring(staff: None, make_award: Callable[..., models.Award]) -> Callable[..., At]:
    """Bring a new award's item into a state by the verbs that lead there; Amara, Bo and Chike sit, Dee is recused."""

    def bring(state: str = "listed", choices: str = "for for against", also: tuple[str, ...] = ()) -> At:
        cora, award = acting("cora"), make_award()
        meeting = committee.convene_meeting(
            compartment="harbour",
            title="November",
            held_on=THURSDAY,
            members=[*SITTING, "dee", *also],
            actor=cora,
            now=NOON,
        )
        item = committee.docket(meeting=meeting.ref, award=award.ref, actor=cora, now=NOON)
        at = At(meeting.ref, item.place)
        if state == "listed":
            return at
        committee.open_meeting(ref=meeting.ref, actor=cora, now=NOON)
        all_declare(at)
        committee.open_scoring(**at.item, actor=cora)
        if state == "scoring":
            return at
        if state == "deferred":
            committee.defer(**at.item, reason="A paper is missing.", actor=cora)
            return at
        all_score(at)
        recommend(at)
        if state == "voting":
            return at
        for name, choice in zip(SITTING, choices.split(), strict=True):
            vote(at, name, Choice(choice))
        committee.close_vote(**at.item, actor=cora)
        return at

    return bring
