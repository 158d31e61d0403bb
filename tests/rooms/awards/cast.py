"""The cast of the awards' tests, and an award in any state that this part of the road leads to.

In Harbour Hana reads tips, Gus and Eva investigate, Nia nominates, Hugo heads the mission, Cora is the clerk, Mia, Max and
Moe sit on the committee, Abel is the attorney, Sera the secretary, Dell her delegate, Pia protects, Pam pays, Wes
witnesses, Tess keeps the books and Ann audits. Cleo holds every right, in Ridge. Everything is invented.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.apps import apps

from tipstaff.awards.actions import concurrence, deciding, eligibility, finishing, nominating
from tipstaff.awards.models import (
    Award,
    Conflict,
    Item,
    Meeting,
    Motion,
    PayeeCheck,
    Share,
    SourceClaim,
    Step,
    Vote,
)
from tipstaff.awards.texts import NominationText, ShareText
from tipstaff.cases import actions as cases
from tipstaff.cases.texts import ContributionText, OutcomeText, SourceText
from tipstaff.kernel import reference
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor
from tipstaff.people.roles import ROLES, VERBS
from tipstaff.tips.models import Envelope, Tip

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
PUBLISHED = date(2026, 9, 1)
TIP_DAY = date(2026, 10, 1)
OUTCOME_DAY = date(2026, 11, 1)
PROGRAMME, YEAR = "harbour", 2027
OFFER = "HBR-1"

CAST: Mapping[str, str] = {
    "hana": "analyst",
    "gus": "investigator",
    "eva": "investigator",
    "nia": "nominator",
    "hugo": "head-of-mission",
    "cora": "clerk",
    "mia": "member",
    "max": "member",
    "moe": "member",
    "abel": "attorney",
    "sera": "secretary",
    "dell": "delegate",
    "pia": "protector",
    "pam": "paymaster",
    "wes": "witness",
    "tess": "treasurer",
    "ann": "auditor",
    "lin": "administrator",
    "edi": "editor",
    "ben": "approver",
    "sue": "supervisor",
    "kit": "custodian",
}


def acting(ref: str, *roles: str) -> Actor:
    """An officer of Harbour with these roles there."""
    verbs = frozenset[str]().union(*(ROLES[role] for role in roles))
    return Actor(ref, "harbour-police", frozenset((verb, "harbour") for verb in verbs))


def who(name: str) -> Actor:
    """One of the cast by name."""
    if name == "cleo":
        return Actor("cleo", "ridge-police", frozenset((verb, "ridge") for verb in VERBS))
    return acting(name, CAST[name])


def dollars(whole: int) -> Money:
    return Money(whole * 100, "USD")


def make_tip(handler: str = "hana", on: date = TIP_DAY) -> Tip:
    """An opened tip, as far as its row goes; its reader holds it."""
    ref = reference.new("TIP")
    envelope = Envelope.objects.create(
        ref=ref.replace("TIP", "ENV"), entry=os.urandom(32), leaf=0, day=on, mailbox=os.urandom(32),
        compartment="harbour", state="opened", kind="tip",
    )  # fmt: skip
    return Tip.objects.create(
        ref=ref, envelope=envelope, mailbox=envelope.mailbox, compartment="harbour", day=on, state_on=on,
        offer=OFFER, offer_version=1, notice=1, may_ask=True, reward=True, sealed_by="door", reply="age1pq1x",
        claim=os.urandom(32), text="the heron sleeps beneath the third lamp", held=True, claimed_by=handler,
        claimed_at=NOON,
    )  # fmt: skip


def outcome_text(**changes: Any) -> OutcomeText:
    """The arrest of an invented leader."""
    text = OutcomeText(
        kind="arrest", subject_kind="person", subject="Grey Gull", role="leader", country="CO", day=OUTCOME_DAY,
        scope="international", paragraph="b8", charge="smuggling", court="Harbour Court 1/26",
        suspicion="seen in command by two officers", review_on=date(2027, 11, 20), outside_us=True,
    )  # fmt: skip
    return replace(text, **changes)


@dataclass
class Ground:
    """A case with an outcome that Gus recorded and Eva confirmed, and tips that gave something to it."""

    outcome: str
    case: str
    tips: list[str]

    def text(self, *requested: int, **changes: Any) -> NominationText:
        """A nomination that asks so many dollars for each tip; $60,000 for each where nothing is said."""
        amounts = requested or (60_000,) * len(self.tips)
        shares = tuple(
            ShareText(tip=tip, requested=dollars(amount))
            for tip, amount in zip(self.tips, amounts, strict=False)
        )
        stated = NominationText(
            offer=OFFER, offer_version=1, condition=1, agency="harbour-police", form="money",
            reason="Without it the pier would not have been watched.", shares=shares,
        )  # fmt: skip
        return replace(stated, **changes)


def make_ground(
    tips: int = 2,
    *,
    confirmed: bool = True,
    tip_refs: list[str] | None = None,
    known_since: date | None = None,
    tip_on: date = TIP_DAY,
    **outcome: Any,
) -> Ground:
    """The ground that a nomination stands on."""
    gus, eva = acting("gus", "investigator", "analyst"), who("eva")
    case = cases.open_case(
        title="Grey Gull", organisation="Gulls", compartment="harbour", actor=gus, now=NOON
    )
    refs = tip_refs if tip_refs is not None else [make_tip(on=tip_on).ref for _ in range(tips)]
    found = cases.record_outcome(case=case.ref, text=outcome_text(**outcome), actor=gus, now=NOON)
    if confirmed:
        cases.confirm_outcome(ref=found.ref, seen=1, actor=eva, now=NOON)
    for tip in refs:
        source = SourceText(
            kind="tip", reference=tip, reliability="B", credibility="2", says="names the pier", day=tip_on
        )
        finding = cases.state_finding(
            case=case.ref, statement="The pier is used at night.", sources=[source], actor=gus, now=NOON
        )
        known = {"known": "yes", "known_since": known_since, "known_from": "a log"} if known_since else {}
        text = ContributionText(
            tip=tip, finding=finding.ref, outcome=found.ref, how_used="led the watch to the pier",
            used_on=max(tip_on, date(2026, 10, 20)), known="no", corroboration="a harbour log", evidence="EX-7",
        )  # fmt: skip
        cases.attest_contribution(case=case.ref, text=replace(text, **known), actor=gus, now=NOON)
    return Ground(found.ref, case.ref, refs)


def answer(share: Share, **changes: str) -> None:
    """What a source answers who may be paid, and the checks that found nothing."""
    answers = {
        "individual": "yes",
        "official": "no",
        "on-duty": "no",
        "took-part": "no",
        "convicted": "no",
        "paid-elsewhere": "no",
        "protection": "no",
    }
    SourceClaim.objects.create(
        ref=reference.new("CLM"), share=share, challenge=os.urandom(32), questions=list(answers), state="accepted",
        asked_on=TODAY, answer_by=TODAY, answers=answers | changes, answered_on=TODAY, signed=b"x", signature=b"x" * 64,
        claim_key=os.urandom(32),
    )  # fmt: skip
    for kind in ("sanctions", "barred"):
        PayeeCheck.objects.create(share=share, kind=kind, clear=True, source="a list", actor="pia", at=NOON)


def award_now(ref: str) -> Award:
    """The award's row as it stands in the database."""
    return Award.objects.unscoped("a test looks").get(ref=ref)


def advise(
    award: Award, amounts: Mapping[str, int] | None, members: tuple[str, ...] = ("mia", "max", "moe")
) -> None:
    """What the committee does: the award goes on a docket, is voted on, and recommended or declined."""
    meeting = Meeting.objects.create(
        ref=reference.new("MTG"), compartment="harbour", title="Committee", held_on=TODAY, convened_by="cora",
        convened_at=NOON,
    )  # fmt: skip
    item = Item.objects.create(meeting=meeting, award=award, place=1, state="decided")
    motion = Motion.objects.create(
        item=item, number=1, recommend=amounts is not None, amounts=dict(amounts or {}), text="as asked", put_by="cora",
        at=NOON,
    )  # fmt: skip
    for member in members:
        Conflict.objects.create(item=item, officer=member, conflicted=False, at=NOON)
        Vote.objects.create(motion=motion, officer=member, choice="for", reason="it led there", at=NOON)
    move, state = ("recommend", "recommended") if amounts is not None else ("decline", "declined")
    for number, minor in (amounts or {}).items():
        award.shares.filter(number=number).update(recommended_minor=minor)
    award.state, award.recommended_minor = state, sum(amounts.values()) if amounts else None
    award.save()
    Step.objects.create(
        award=award, move="docket", state="in-committee", duty="convene", actor="cora", at=NOON
    )
    Step.objects.create(award=award, move=move, state=state, duty="convene", actor="cora", at=NOON)


@dataclass
class Road:
    """An award led along the road by the verbs that lead there."""

    ground: Ground
    ref: str = ""
    form: str = "money"
    requested: tuple[int, ...] = ()
    jurisdiction: bool = False
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def award(self) -> Award:
        return award_now(self.ref)

    def to(self, state: str) -> Award:
        """Lead the award into `state`."""
        for step in ROADS[state]:
            STEPS[step](self)
        assert self.award.state == state
        return self.award


def _recommend(road: Road) -> None:
    award = road.award
    advise(award, {share.number: share.requested_minor for share in award.shares.all()})


def _draft(road: Road) -> None:
    text = replace(road.ground.text(*road.requested), form=road.form)
    road.ref = nominating.draft_nomination(
        outcome=road.ground.outcome, text=text, actor=who("nia"), now=NOON
    ).ref


def _find_eligible(road: Road) -> None:
    for share in road.award.shares.all():
        answer(share, **road.answers)
    eligibility.find_eligible(ref=road.ref, actor=who("cora"), now=NOON)


def _find_ineligible(road: Road) -> None:
    reason = "nobody answered"
    eligibility.find_ineligible(ref=road.ref, reason=reason, actor=who("cora"), now=NOON)


def _put(state: str) -> Callable[[Road], None]:
    """A state to which another part of this room leads."""

    def put(road: Road) -> None:
        Award.objects.unscoped("a test arranges").filter(ref=road.ref).update(state=state)

    return put


STEPS: Mapping[str, Callable[[Road], object]] = {
    "draft": _draft,
    "nominate": lambda r: nominating.nominate(ref=r.ref, payers_asked=True, actor=who("nia"), now=NOON),
    "withdraw": lambda r: nominating.withdraw_nomination(
        ref=r.ref, reason="mistaken", actor=who("nia"), now=NOON
    ),
    "endorse": lambda r: nominating.endorse_nomination(
        ref=r.ref, reason="it did", actor=who("hugo"), now=NOON
    ),
    "find_eligible": _find_eligible,
    "find_ineligible": _find_ineligible,
    "recommend": _recommend,
    "decline": lambda r: advise(r.award, None),
    "seek": lambda r: concurrence.seek_concurrence(ref=r.ref, actor=who("cora"), now=NOON),
    "concur": lambda r: concurrence.concur(ref=r.ref, reference="AG-1", actor=who("abel"), now=NOON),
    "object": lambda r: concurrence.object_to_award(
        ref=r.ref, reference="AG-2", reason="a trial", actor=who("abel"), now=NOON
    ),
    "approve": lambda r: deciding.approve_award(ref=r.ref, reason="as advised", actor=who("sera"), now=NOON),
    "deny": lambda r: deciding.deny_award(ref=r.ref, reason="known before", actor=who("sera"), now=NOON),
    "certify": lambda r: deciding.certify_award(ref=r.ref, actor=who("sera"), now=NOON),
    "notice": lambda r: finishing.give_notice(ref=r.ref, reference="N-1", actor=who("cora"), now=NOON),
    "notice over": lambda r: finishing.end_notice(
        ref=r.ref, actor=who("cora"), now=NOON + timedelta(days=15)
    ),
    "protect": lambda r: finishing.plan_protection(
        ref=r.ref, needed=False, plan="nobody asked for it", vaults={}, actor=who("pia"), now=NOON
    ),
    "reconsider": lambda r: finishing.reconsider_award(
        ref=r.ref, reason="a new paper", actor=who("cora"), now=NOON
    ),
    "close": lambda r: finishing.close_award(
        ref=r.ref, reason="nothing is owed", actor=who("cora"), now=NOON
    ),
    **{
        state: _put(state)
        for state in ("in-committee", "deferred", "vouchered", "lapsed", "paid", "receipt-held", "reported")
    },
}
_ENDORSED = ("draft", "nominate", "endorse")
_ELIGIBLE = (*_ENDORSED, "find_eligible")
_RECOMMENDED = (*_ELIGIBLE, "recommend")
_CERTIFIED = (*_RECOMMENDED, "approve", "certify")
_PROTECTED = (*_CERTIFIED, "protect")
_NOTICED = (*_CERTIFIED, "notice")
ROADS: Mapping[str, tuple[str, ...]] = {
    "drafted": ("draft",),
    "nominated": ("draft", "nominate"),
    "withdrawn": ("draft", "withdraw"),
    "endorsed": _ENDORSED,
    "eligible": _ELIGIBLE,
    "ineligible": (*_ENDORSED, "find_ineligible"),
    "in-committee": (*_ELIGIBLE, "in-committee"),
    "deferred": (*_ELIGIBLE, "deferred"),
    "recommended": _RECOMMENDED,
    "declined": (*_ELIGIBLE, "decline"),
    "concurrence-sought": (*_RECOMMENDED, "seek"),
    "concurred": (*_RECOMMENDED, "seek", "concur"),
    "objected": (*_RECOMMENDED, "seek", "object"),
    "approved": (*_RECOMMENDED, "approve"),
    "denied": (*_RECOMMENDED, "deny"),
    "certified": _CERTIFIED,
    "in-notice": _NOTICED,
    "notice-over": (*_NOTICED, "notice over"),
    "protected": _PROTECTED,
    "vouchered": (*_PROTECTED, "vouchered"),
    "lapsed": (*_PROTECTED, "lapsed"),
    "paid": (*_PROTECTED, "paid"),
    "receipt-held": (*_PROTECTED, "receipt-held"),
    "reported": (*_PROTECTED, "reported"),
    "reconsidered": (*_RECOMMENDED, "deny", "reconsider"),
    "closed": (*_RECOMMENDED, "deny", "close"),
}


def everything() -> dict[str, list[Any]]:
    """Every row that a verb of this room could write, here, in the ledger and in the record."""
    kept = [*apps.get_app_config("awards").get_models(), *apps.get_app_config("ledger").get_models()]
    kept += [apps.get_model("audit", "Record")]
    return {model.__name__: _rows(model) for model in kept}


def _rows(model: Any) -> list[Any]:
    rows = model.objects.unscoped("a test looks") if hasattr(model.objects, "unscoped") else model.objects
    return list(rows.order_by("pk").values())
