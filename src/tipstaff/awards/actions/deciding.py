"""The decision: approve as recommended, change, or deny; and certification. Personally, or by a delegation in force.

The committee advises, the Secretary decides. An approval sets the money aside in the ledger in the same transaction,
and looks at the offer's caps under a lock on every award of that offer.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from tipstaff.awards import access, facts, keeping
from tipstaff.awards.asking import end_questions
from tipstaff.awards.facts import Asked
from tipstaff.awards.models import Award, Delegation, Ruling
from tipstaff.awards.policy import decision as policy
from tipstaff.awards.policy.nomination import needs_reason
from tipstaff.awards.states import Duty
from tipstaff.kernel.clock import day
from tipstaff.kernel.money import Money
from tipstaff.ledger import actions as ledger
from tipstaff.ledger.policy import fiscal_year
from tipstaff.people.access import Actor
from tipstaff.rulebook import facts as rules
from tipstaff.rulebook.policy import Stage

DECIDE = "awards.award.decide"
CERTIFY = "awards.award.certify"


@transaction.atomic(durable=True)
def approve_award(*, ref: str, reason: str, actor: Actor, now: datetime) -> Award:
    """Approve what the committee recommended, and set the money aside.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = _held(ref, actor)
    keeping.advance(award, "approve", Duty.DECIDE, actor)
    recommended = _recommended(award)
    policy.may_approve(recommended).or_raise()
    return _approved(award, "approve", recommended, reason, "", actor, now)


@transaction.atomic(durable=True)
def change_award(
    *,
    ref: str,
    amounts: Mapping[str, Money],
    total: Money,
    reason: str,
    exceeding: str = "",
    actor: Actor,
    now: datetime,
) -> Award:
    """Decide on other amounts than the recommended ones, and set the money aside.

    `amounts` by source number; who is left out gets nothing. `total` is the sum as the decider wrote it; `exceeding`
    is the Secretary's own determination that the law's ceiling be passed. Raises NotVisible, NotAllowed,
    MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = _held(ref, actor)
    keeping.advance(award, "change", Duty.DECIDE, actor)
    numbers = frozenset(award.shares.values_list("number", flat=True))
    stated = policy.AmountFacts(
        amounts=amounts, total=total, numbers=numbers, recommended=_recommended(award)
    )
    policy.may_change(stated).or_raise()
    return _approved(award, "change", amounts, reason, exceeding, actor, now)


@transaction.atomic(durable=True)
def deny_award(*, ref: str, reason: str, actor: Actor, now: datetime) -> Award:
    """Deny the reward, saying why.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=DECIDE, lock=True)
    keeping.advance(award, "deny", Duty.DECIDE, actor)
    needs_reason(reason).or_raise()
    standing = facts.standing_amounts(award)
    lent = _lent(award, _sum_of(standing, award), actor, now)
    award.decided_on = day(now)
    ruling = _ruling(award, lent, actor, now)
    known = facts.facts_of(award, today=day(now), asked=Asked(amounts=standing, ruling=ruling))
    facts.determine(award, Stage.DECISION, known, actor=actor, now=now)
    award.save(update_fields=["decided_on"])
    _keep_ruling(award, "deny", {}, reason, lent, actor, now)
    keeping.note_step(award, "deny", Duty.DECIDE, actor=actor, now=now, reason=reason)
    end_questions(award, refused=True, actor=actor, now=now)
    return award


@transaction.atomic(durable=True)
def certify_award(*, ref: str, actor: Actor, now: datetime) -> Award:
    """Certify the approved reward for payment: 22 U.S.C. 2708(e)(3).

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=CERTIFY, lock=True)
    keeping.advance(award, "certify", Duty.DECIDE, actor)
    amounts = facts.standing_amounts(award)
    _lent(award, _sum_of(amounts, award), actor, now)
    decided = facts.ruling_of(award, list(award.steps.order_by("id")))
    ruling = replace(decided, certifier_role=_role(award, actor), certified_on=day(now))
    known = facts.facts_of(award, today=day(now), asked=Asked(amounts=amounts, ruling=ruling))
    facts.must_hold(award, Stage.CERTIFICATION, known, actor=actor, now=now)
    keeping.note_step(award, "certify", Duty.DECIDE, actor=actor, now=now)
    return award


def _held(ref: str, actor: Actor) -> Award:
    """The award, with every award of its offer locked: whoever decides next sees what this decision took."""
    access.hold_offer(access.award_for(actor, ref, to=DECIDE).offer)
    return access.award_for(actor, ref, to=DECIDE, lock=True)


def _sum_of(amounts: Mapping[str, Money], award: Award) -> Money:
    """What the amounts come to."""
    return Money(sum(amount.minor for amount in amounts.values()), award.currency)


def _recommended(award: Award) -> dict[str, Money]:
    found = award.shares.filter(recommended_minor__gt=0).order_by("id")
    return {
        number: Money(minor, award.currency)
        for number, minor in found.values_list("number", "recommended_minor")
        if minor
    }


def _approved(
    award: Award,
    move: str,
    amounts: Mapping[str, Money],
    reason: str,
    exceeding: str,
    actor: Actor,
    now: datetime,
) -> Award:
    """Ask every rule, set the money aside, keep the ruling; in the caller's transaction, under its locks."""
    needs_reason(reason).or_raise()
    total, today = _sum_of(amounts, award), day(now)
    lent = _lent(award, total, actor, now)
    ruling = replace(_ruling(award, lent, actor, now), exceeding=exceeding.strip())
    known = facts.facts_of(award, today=today, asked=Asked(amounts=amounts, ruling=ruling))
    if known.offer is not None:
        under_it = facts.taken(award, offer_version=award.offer_version, condition=award.condition)
        policy.fits_the_condition(total, known.offer.condition_cap, under_it).or_raise()
    facts.must_hold(award, Stage.DECISION, known, actor=actor, now=now)
    ledger.commit(
        programme=award.programme,
        fiscal_year=fiscal_year(today),
        amount=total,
        subject=award.ref,
        actor=actor,
        now=now,
    )

    for share in award.shares.all():
        share.approved_minor = amounts[share.number].minor if share.number in amounts else None
        share.save(update_fields=["approved_minor"])
    award.approved_minor, award.fiscal_year, award.decided_on = total.minor, fiscal_year(today), today
    award.save(update_fields=["approved_minor", "fiscal_year", "decided_on"])
    _keep_ruling(award, move, amounts, reason, lent, actor, now)
    keeping.note_step(
        award,
        move,
        Duty.DECIDE,
        actor=actor,
        now=now,
        reason=reason,
        minor=total.minor,
        currency=total.currency,
    )
    return award


def _lent(award: Award, amount: Money, actor: Actor, now: datetime) -> policy.Lent | None:
    """The delegation on which this officer acts; None for the Secretary in person. Raises Refused."""
    if access.in_person(actor, award.compartment):
        return None
    row = access.delegation_to(actor, award.compartment, day(now))
    lent = _as_lent(row) if row else None
    policy.may_lend(lent, amount, day(now)).or_raise()
    return lent


def _as_lent(row: Delegation) -> policy.Lent:
    return policy.Lent(
        ref=row.ref,
        most=Money(row.most_minor, row.currency),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def _role(award: Award, actor: Actor) -> str:
    return "secretary" if access.in_person(actor, award.compartment) else "delegate"


def _ruling(award: Award, lent: policy.Lent | None, actor: Actor, now: datetime) -> rules.Ruling:
    return rules.Ruling(
        decider=actor.ref,
        role=_role(award, actor),
        personally=lent is None,
        delegated_since=lent.starts_on if lent else None,
        delegated_until=lent.ends_on if lent else None,
        on=day(now),
        concurred_on=facts.concurred_on(award, list(award.steps.order_by("id"))),
    )


def _keep_ruling(
    award: Award,
    kind: str,
    amounts: Mapping[str, Money],
    reason: str,
    lent: policy.Lent | None,
    actor: Actor,
    now: datetime,
) -> None:
    Ruling.objects.create(
        award=award,
        kind=kind,
        amounts={number: amount.minor for number, amount in amounts.items()},
        reason=reason,
        personally=lent is None,
        delegation=lent.ref if lent else "",
        actor=actor.ref,
        at=now,
    )
