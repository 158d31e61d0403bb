"""Checking whether an award may go before the committee: the clerk asks every rule, and keeps what each found."""

from datetime import datetime

from django.db import transaction

from tipstaff.awards import access, facts, keeping
from tipstaff.awards.asking import end_questions
from tipstaff.awards.models import Award
from tipstaff.awards.policy import decision as policy
from tipstaff.awards.policy.nomination import needs_reason
from tipstaff.awards.states import Duty
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor
from tipstaff.rulebook.policy import Stage

CHECK = "awards.eligibility.check"


@transaction.atomic(durable=True)
def find_eligible(*, ref: str, actor: Actor, now: datetime) -> Award:
    """Find that no rule stands against the award. What a source has not answered yet stands against it.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=CHECK, lock=True)
    keeping.advance(award, "find_eligible", Duty.CONVENE, actor)
    known = facts.facts_of(award, today=day(now))
    facts.must_hold(award, Stage.ELIGIBILITY, known, actor=actor, now=now)
    keeping.note_step(award, "find_eligible", Duty.CONVENE, actor=actor, now=now)
    return award


@transaction.atomic(durable=True)
def find_ineligible(*, ref: str, reason: str, actor: Actor, now: datetime) -> Award:
    """Find that the award may not go before the committee: a rule stands against it, and is kept with its reason.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=CHECK, lock=True)
    keeping.advance(award, "find_ineligible", Duty.CONVENE, actor)
    needs_reason(reason).or_raise()
    known = facts.facts_of(award, today=day(now))
    made = facts.determine(award, Stage.ELIGIBILITY, known, actor=actor, now=now)
    policy.may_find_ineligible(refused=not made.allowed).or_raise()
    keeping.note_step(award, "find_ineligible", Duty.CONVENE, actor=actor, now=now, reason=reason)
    end_questions(award, refused=True, actor=actor, now=now)
    return award
