"""The cast of the committee's tests, and an award of two sources before it, made of rows.

In Harbour Cora keeps the docket; Amara, Bo, Chike, Dee and Eve have votes, and Eve was not called; Nia nominated; Rosa may
read awards. Cleo of Ridge holds every right there.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest

from tests.unit.rulebook.awards import TOCRP, a_payee, an_award, usd
from tipstaff.audit.models import Record
from tipstaff.awards import models
from tipstaff.awards.actions import committee
from tipstaff.awards.policy.scoring import Mark, Marks
from tipstaff.awards.states import Choice
from tipstaff.cases import models as cases
from tipstaff.kernel.decision import Refused
from tipstaff.offers.terms import TermsCondition
from tipstaff.people.access import Actor
from tipstaff.people.roles import ROLES, VERBS
from tipstaff.rulebook import determination, written
from tipstaff.rulebook.facts import RewardFacts
from tipstaff.rulebook.policy import Stage

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
THURSDAY = date(2026, 11, 26)
TIPS = ("TIP-4KQ7-M2XC-9TRC", "TIP-7H3D-QW1K-0B5N")
NUMBERS = ("S-1", "S-2")
CAST = {
    "cora": ("harbour", "clerk"),
    "amara": ("harbour", "member"),
    "bo": ("harbour", "member"),
    "chike": ("harbour", "member"),
    "dee": ("harbour", "member"),
    "eve": ("harbour", "member"),
    "nia": ("harbour", "nominator"),
    "rosa": ("harbour", "auditor"),
    "cleo": ("ridge", "member"),
}
SITTING = ("amara", "bo", "chike")
TOLD = date(2026, 10, 1)
CONDITION = TermsCondition(
    1,
    "arrest_and_or_conviction",
    ("b8", "b9"),
    usd(1_000_000),
    {"en": "The Grey Gull company"},
    {"en": "who runs its boats"},
)
ANSWERS = {
    "individual": "yes", "official": "no", "on-duty": "no", "took-part": "no", "convicted": "no", "protection": "no",
}  # fmt: skip
WHY = "Because the harbour master's own log shows it."


def acting(name: str) -> Actor:
    """An officer of the cast with what their role carries; Cleo with everything, in Ridge."""
    place, role = CAST[name]
    verbs = frozenset(VERBS) if name == "cleo" else ROLES[role]
    return Actor(name, f"{place}-police", frozenset((verb, place) for verb in verbs))


def facts_of_two() -> RewardFacts:
    """What eligibility was determined of: two sources, $500,000 and $100,000 requested, a cap of $1,000,000."""
    payees = (
        a_payee(source="S-1", tip=TIPS[0], amount=usd(500_000)),
        a_payee(source="S-2", tip=TIPS[1], tip_on=date(2026, 3, 9), amount=usd(100_000)),
    )
    return replace(an_award(), amount=usd(600_000), payees=payees, scores=())


def answered(share: models.Share) -> None:
    """The source has accepted and answered what the statute asks, and both checks are clear."""
    models.SourceClaim.objects.create(
        ref=f"CLM-{share.pk}", share=share, challenge=bytes(32), questions=[], state="accepted", asked_on=NOON.date(),
        answer_by=NOON.date(), answers=ANSWERS, signed=b"signed", signature=bytes(64), claim_key=bytes(32),
    )  # fmt: skip
    for kind in ("sanctions", "barred"):
        models.PayeeCheck.objects.create(
            share=share, kind=kind, clear=True, source="a list", actor="cora", at=NOON
        )


def determined(award: models.Award, facts: RewardFacts) -> None:
    """Keep a determination of eligibility, as the verb that checks it does."""
    content = written.canonical(determination.determine(Stage.ELIGIBILITY, facts, TOCRP))
    models.Determination.objects.create(
        award=award, number=award.determinations.count() + 1, stage=Stage.ELIGIBILITY, allowed=True,
        content=content.decode(), digest=sha256(content).hexdigest(), actor="cora", at=NOON,
    )  # fmt: skip


def an_outcome(number: int) -> tuple[str, tuple[str, ...]]:
    """An arrest, confirmed, with a finding and a contribution for each of the two sources: their references."""
    case = cases.Case.objects.create(
        ref=f"CAS-{number}", title="The Grey Gull boats", home="harbour", state_on=NOON.date(), opened_by="ines",
        opened_on=NOON.date(),
    )  # fmt: skip
    outcome = cases.Outcome.objects.create(
        ref=f"OUT-{number}", place=1, case=case, kind="arrest", subject_kind="organisation",
        subject="The Grey Gull company", role="company", country="CO", day=date(2026, 11, 1), scope="international",
        paragraph="b8", outside_us=True, key_leader=False, federal_jurisdiction=True, death_resulted=False,
        recorded_by="ines", recorded_at=NOON,
    )  # fmt: skip
    cases.Confirmation.objects.create(
        outcome=outcome, recorded_by="ines", confirmed_by="ivo", confirmed_at=NOON
    )
    given = []
    for place, tip in enumerate(TIPS, 1):
        source = cases.CaseSource.objects.create(
            case=case, number=place, tip=tip, tip_day=TOLD, offer="HBR-1", offer_version=1
        )
        finding = cases.Finding.objects.create(
            ref=f"FND-{number}-{place}", place=place, case=case, statement=f"Boat {place} left the old pier by night.",
            stated_by="ines", stated_at=NOON,
        )  # fmt: skip
        cases.Contribution.objects.create(
            ref=f"CON-{number}-{place}", place=place, case=case, source=source, finding=finding, outcome=outcome,
            how_used=f"Watched the pier after {tip} named it.", used_on=date(2026, 10, 10), known="no",
            corroboration="The harbour master's log.", evidence="HP-77", attested_by="ines", agency="harbour-police",
            attested_on=date(2026, 11, 2),
        )  # fmt: skip
        given.append(f"CON-{number}-{place}")
    return outcome.ref, tuple(given)


@dataclass(frozen=True)
class At:
    """Where an item is, as the verbs name it."""

    meeting: str
    place: int

    @property
    def item(self) -> dict[str, Any]:
        return {"meeting": self.meeting, "place": self.place, "now": NOON}


def all_declare(at: At) -> None:
    """The three sit, and Dee knows the harbour master."""
    for name in SITTING:
        committee.declare(**at.item, conflicted=False, reason="", actor=acting(name))
    committee.declare(
        **at.item, conflicted=True, reason="The harbour master is my cousin.", actor=acting("dee")
    )


def marks(level: int = 2, because: str = WHY) -> Marks:
    """A whole score sheet with one level everywhere."""
    return {number: {factor.code: Mark(level, because) for factor in TOCRP.factors} for number in NUMBERS}


def all_score(at: At) -> None:
    """Amara gives 4, Bo 3 and Chike 1."""
    for name, level in zip(SITTING, (4, 3, 1), strict=True):
        committee.submit_scores(**at.item, marks=marks(level), actor=acting(name))


def recommend(at: At, first: int = 400_000, second: int = 50_000, **changes: Any) -> models.Motion:
    """Put the motion to recommend so many dollars for each source."""
    amounts = dict(zip(NUMBERS, (usd(first), usd(second)), strict=True))
    words = {
        "recommend": True,
        "total": usd(first + second),
        "amounts": amounts,
        "text": "That both be rewarded.",
    }
    return committee.put_motion(**at.item, **(words | {"actor": acting("cora")} | changes))


def vote(at: At, name: str, choice: Choice = Choice.FOR, motion: int = 1) -> models.Vote:
    """Cast a member's vote with a reason."""
    return committee.cast_vote(
        **at.item, motion=motion, choice=choice, reason=f"{name.title()} thinks so.", actor=acting(name)
    )


def item_now(at: At) -> models.Item:
    """The item's row as it stands in the database, with its award."""
    return models.Item.objects.select_related("award").get(meeting__ref=at.meeting, place=at.place)


def everything() -> dict[str, list[Any]]:
    """Every row that a verb of the committee could write: what a refused verb must leave as it was."""
    plain: list[Any] = [
        models.Seat, models.Item, models.Conflict, models.ScoreSheet, models.Motion, models.Vote, models.Count,
        models.Share, models.Step, models.Determination, models.ClockPause,
    ]  # fmt: skip
    scoped: list[Any] = [models.Award, models.Meeting, Record]
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in plain}
    return rows | {
        model.__name__: list(model.objects.unscoped("a test looks").order_by("pk").values())
        for model in scoped
    }


def records() -> list[tuple[str, str]]:
    """Verb and actor of every record of the committee, oldest first."""
    found = Record.objects.unscoped("a test looks").filter(verb__startswith="awards.").order_by("pk")
    return list(found.values_list("verb", "actor"))


def text_of(value: Any) -> str:
    """Anything at all as text, for looking whether something stands in it."""
    return json.dumps(value, default=str)


def refusal(act: Callable[[], object]) -> list[str]:
    """The rules by which an act is refused; nothing has moved."""
    before = everything()
    with pytest.raises(Refused) as refused:
        act()
    assert everything() == before
    return [rule.removeprefix("awards.committee.") for rule in refused.value.rules]
