"""A decision and its certification as they are kept, whoever decides; always inside the verb's own transaction.

An officer decides by the office or by a delegation (`actions.deciding`), a board by its carried motion
(`boards`). What follows is the same: every rule is asked, the money is set aside, the ruling is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tipstaff.awards import facts, keeping
from tipstaff.awards.asking import end_questions
from tipstaff.awards.facts import Asked
from tipstaff.awards.models import Award, Motion, Ruling
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """By whose power it is decided, as the rules are told, and in which capacity the officer acts who writes it down.

    `delegation` is the one that an officer decides by, `motion` the one by which a board has decided.
    """

    ruling: rules.Ruling
    duty: Duty = Duty.DECIDE
    delegation: str = ""
    motion: Motion | None = None


def sum_of(amounts: Mapping[str, Money], award: Award) -> Money:
    """What the amounts come to."""
    return Money(sum(amount.minor for amount in amounts.values()), award.currency)


def recommended(award: Award) -> dict[str, Money]:
    """What the committee recommends for each source, by number, where that is more than nothing."""
    found = award.shares.filter(recommended_minor__gt=0).order_by("id")
    return {
        number: Money(minor, award.currency)
        for number, minor in found.values_list("number", "recommended_minor")
        if minor
    }


def approve(
    award: Award,
    move: str,
    amounts: Mapping[str, Money],
    power: Power,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Ask every rule, set the money aside and keep the ruling, under the locks of the offer's awards."""
    needs_reason(reason).or_raise()
    total, today = sum_of(amounts, award), day(now)
    known = facts.facts_of(award, today=today, asked=Asked(amounts=amounts, ruling=power.ruling))
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
    _keep(award, move, amounts, power, reason, actor, now)
    keeping.note_step(
        award,
        move,
        power.duty,
        actor=actor,
        now=now,
        reason=reason,
        minor=total.minor,
        currency=total.currency,
    )


def deny(award: Award, power: Power, *, reason: str, actor: Actor, now: datetime) -> None:
    """Keep what the rules found about the amounts that stand, and the ruling that nothing is paid."""
    needs_reason(reason).or_raise()
    asked = Asked(amounts=facts.standing_amounts(award), ruling=power.ruling)
    award.decided_on = day(now)
    known = facts.facts_of(award, today=day(now), asked=asked)
    facts.determine(award, Stage.DECISION, known, actor=actor, now=now)
    award.save(update_fields=["decided_on"])
    _keep(award, "deny", {}, power, reason, actor, now)
    keeping.note_step(award, "deny", power.duty, actor=actor, now=now, reason=reason)
    end_questions(award, refused=True, actor=actor, now=now)


def certify(award: Award, role: str, duty: Duty, *, actor: Actor, now: datetime, reason: str = "") -> None:
    """Ask every rule of certification by `role`, and go on."""
    decided = facts.ruling_of(award, list(award.steps.order_by("id")))
    ruling = replace(decided, certifier_role=role, certified_on=day(now))
    asked = Asked(amounts=facts.standing_amounts(award), ruling=ruling)
    known = facts.facts_of(award, today=day(now), asked=asked)
    facts.must_hold(award, Stage.CERTIFICATION, known, actor=actor, now=now)
    keeping.note_step(award, "certify", duty, actor=actor, now=now, reason=reason)


def _keep(
    award: Award,
    kind: str,
    amounts: Mapping[str, Money],
    power: Power,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    Ruling.objects.create(
        award=award,
        kind=kind,
        amounts={number: amount.minor for number, amount in amounts.items()},
        reason=reason,
        personally=power.ruling.personally,
        delegation=power.delegation,
        motion=power.motion,
        actor=actor.ref,
        at=now,
    )
