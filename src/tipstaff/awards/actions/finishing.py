"""After certification, and the end: notices, protection, reconsideration, closing."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tipstaff.awards import access, facts, keeping
from tipstaff.awards.deliberation import day_of
from tipstaff.awards.models import Award
from tipstaff.awards.policy import finishing as policy
from tipstaff.awards.policy.nomination import needs_reason
from tipstaff.awards.states import AwardState, Duty, Form
from tipstaff.kernel.clock import day
from tipstaff.ledger import actions as ledger
from tipstaff.ledger import queries as books
from tipstaff.people.access import Actor
from tipstaff.rulebook.facts import Answer
from tipstaff.vault import queries as vault


@transaction.atomic(durable=True)
def give_notice(*, ref: str, reference: str, actor: Actor, now: datetime) -> Award:
    """Write down that both committees were told of a reward in cryptocurrency, and by which letter.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to="awards.notice.give", lock=True)
    keeping.advance(award, "give_notice", Duty.CONVENE, actor)
    policy.may_give_notice(crypto=award.form == Form.CRYPTO, reference=reference).or_raise()
    keeping.note_step(award, "give_notice", Duty.CONVENE, actor=actor, now=now, reason=reference.strip())
    return award


@transaction.atomic(durable=True)
def end_notice(*, ref: str, actor: Actor, now: datetime) -> Award:
    """Go on once the days of notice in the rule sheet are over.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to="awards.notice.give", lock=True)
    keeping.advance(award, "end_notice", Duty.CONVENE, actor)
    given_on = day_of(list(award.steps.order_by("id")), "give_notice")
    assert given_on is not None, "the table leads here by that move alone"
    days = facts.sheet_of(award).deadlines.crypto_notice
    policy.may_end_notice(given_on=given_on, days=days, today=day(now)).or_raise()
    keeping.note_step(award, "end_notice", Duty.CONVENE, actor=actor, now=now)
    return award


@transaction.atomic(durable=True)
def plan_protection(
    *, ref: str, needed: bool, plan: str, vaults: Mapping[str, str], actor: Actor, now: datetime
) -> Award:
    """Write down how the sources are protected while they are paid, or why none needs it.

    `vaults` maps a source's number to its reference in the vault, where an identity is kept there. The plan names
    nobody. Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to="awards.protection.plan", lock=True)
    keeping.advance(award, "plan_protection", Duty.PROTECT, actor)
    came_from = award.steps.order_by("-id").values_list("state", flat=True).first()
    payees = facts.facts_of(award, today=day(now)).payees
    policy.may_plan(
        policy.ProtectionFacts(
            needed=needed,
            plan=plan,
            endangered=tuple(each.source for each in payees if each.protection_needed == Answer.YES),
            vaults=vaults,
            sealed=frozenset(each for each in vaults.values() if vault.identity_exists(each)),
            numbers=frozenset(award.shares.values_list("number", flat=True)),
            crypto_without_notice=award.form == Form.CRYPTO and came_from == AwardState.CERTIFIED,
        )
    ).or_raise()

    award.protection, award.protection_plan = needed, plan.strip()
    award.save(update_fields=["protection", "protection_plan"])
    for share in award.shares.filter(number__in=list(vaults)):
        share.vault = vaults[share.number]
        share.save(update_fields=["vault"])
    keeping.note_step(award, "plan_protection", Duty.PROTECT, actor=actor, now=now, needed=needed)
    return award


@transaction.atomic(durable=True)
def reconsider_award(*, ref: str, reason: str, actor: Actor, now: datetime) -> Award:
    """Let the committee look a second time at an award that was denied or found ineligible: once, and in time.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to="awards.award.reconsider", lock=True)
    keeping.advance(award, "reconsider", Duty.CONVENE, actor)
    needs_reason(reason).or_raise()
    steps = list(award.steps.order_by("id"))
    refused_on = day_of(steps, *facts.REFUSALS)
    assert refused_on is not None, "the table leads here by those moves alone"
    policy.may_reconsider(
        before=sum(step.move == "reconsider" for step in steps),
        decided_on=refused_on,
        days=facts.sheet_of(award).deadlines.reconsideration,
        today=day(now),
    ).or_raise()
    award.shares.update(recommended_minor=None)
    award.recommended_minor, award.decided_on = None, None
    award.save(update_fields=["recommended_minor", "decided_on"])
    keeping.note_step(award, "reconsider", Duty.CONVENE, actor=actor, now=now, reason=reason)
    return award


@transaction.atomic(durable=True)
def close_award(*, ref: str, reason: str, actor: Actor, now: datetime) -> Award:
    """Close the file. What was set aside and never collected goes back to the programme.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to="awards.award.close", lock=True)
    keeping.advance(award, "close", Duty.CONVENE, actor)
    needs_reason(reason).or_raise()
    for held in books.commitments_of([award.ref]).get(award.ref, ()):
        if held.committed.minor:
            ledger.release(
                programme=held.programme,
                fiscal_year=held.fiscal_year,
                amount=held.committed,
                subject=award.ref,
                reason=f"{award.ref} closed",
                actor=actor,
                now=now,
            )
    keeping.note_step(award, "close", Duty.CONVENE, actor=actor, now=now, reason=reason)
    return award
