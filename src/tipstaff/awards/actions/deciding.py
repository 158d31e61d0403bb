"""The decision: approve as recommended, change, or deny; and certification. Personally, or by a delegation in force.

The committee advises, the Secretary decides; where the rule sheet has a board decide, its vote does (`boards`).
An approval sets the money aside in the ledger in the same transaction,
and looks at the offer's caps under a lock on every award of that offer.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tipstaff.awards import access, facts, keeping, rulings
from tipstaff.awards.models import Award, Delegation
from tipstaff.awards.policy import decision as policy
from tipstaff.awards.rulings import Power
from tipstaff.awards.states import Duty
from tipstaff.kernel.clock import day
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor
from tipstaff.rulebook import facts as rules

DECIDE = "awards.award.decide"
CERTIFY = "awards.award.certify"


@transaction.atomic(durable=True)
def approve_award(*, ref: str, reason: str, actor: Actor, now: datetime) -> Award:
    """Approve what the committee recommended, and set the money aside.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = _held(ref, actor)
    keeping.advance(award, "approve", Duty.DECIDE, actor)
    recommended = rulings.recommended(award)
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
        amounts=amounts, total=total, numbers=numbers, recommended=rulings.recommended(award)
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
    lent = _lent(award, rulings.sum_of(facts.standing_amounts(award), award), actor, now)
    rulings.deny(award, _power(award, lent, actor, now), reason=reason, actor=actor, now=now)
    return award


@transaction.atomic(durable=True)
def certify_award(*, ref: str, actor: Actor, now: datetime) -> Award:
    """Certify the approved reward for payment: 22 U.S.C. 2708(e)(3).

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=CERTIFY, lock=True)
    keeping.advance(award, "certify", Duty.DECIDE, actor)
    _lent(award, rulings.sum_of(facts.standing_amounts(award), award), actor, now)
    rulings.certify(award, _role(award, actor), Duty.DECIDE, actor=actor, now=now)
    return award


def _held(ref: str, actor: Actor) -> Award:
    """The award, with every award of its offer locked: whoever decides next sees what this decision took."""
    access.hold_offer(access.award_for(actor, ref, to=DECIDE).offer)
    return access.award_for(actor, ref, to=DECIDE, lock=True)


def _approved(
    award: Award,
    move: str,
    amounts: Mapping[str, Money],
    reason: str,
    exceeding: str,
    actor: Actor,
    now: datetime,
) -> Award:
    """The decision of an officer on these amounts; in the caller's transaction, under its locks."""
    lent = _lent(award, rulings.sum_of(amounts, award), actor, now)
    power = _power(award, lent, actor, now, exceeding.strip())
    rulings.approve(award, move, amounts, power, reason=reason, actor=actor, now=now)
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


def _power(award: Award, lent: policy.Lent | None, actor: Actor, now: datetime, exceeding: str = "") -> Power:
    ruling = rules.Ruling(
        decider=actor.ref,
        role=_role(award, actor),
        personally=lent is None,
        delegated_since=lent.starts_on if lent else None,
        delegated_until=lent.ends_on if lent else None,
        on=day(now),
        exceeding=exceeding,
        concurred_on=facts.concurred_on(award, list(award.steps.order_by("id"))),
    )
    return Power(ruling=ruling, delegation=lent.ref if lent else "")
