"""The Attorney General's concurrence: sought by the clerk, given or refused by the attorney. 22 U.S.C. 2708(c)(2)."""

from datetime import datetime

from django.db import transaction

from tipstaff.awards import access, keeping
from tipstaff.awards.models import Award, Concurrence
from tipstaff.awards.policy import concurrence as policy
from tipstaff.awards.policy.nomination import needs_reason
from tipstaff.awards.states import Duty
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor

SEEK = "awards.committee.record"
GIVE = "awards.concurrence.give"


@transaction.atomic(durable=True)
def seek_concurrence(*, ref: str, actor: Actor, now: datetime) -> Award:
    """Send the award with the committee's advice to the Attorney General.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=SEEK, lock=True)
    keeping.advance(award, "seek_concurrence", Duty.CONVENE, actor)
    keeping.note_step(award, "seek_concurrence", Duty.CONVENE, actor=actor, now=now)
    return award


@transaction.atomic(durable=True)
def concur(*, ref: str, reference: str, actor: Actor, now: datetime) -> Award:
    """Concur, under a reference by which the letter can be found.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    return _answer(ref, "concur", reference, "", actor, now)


@transaction.atomic(durable=True)
def object_to_award(*, ref: str, reference: str, reason: str, actor: Actor, now: datetime) -> Award:
    """Refuse to concur, saying why. The award can only be denied then.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    return _answer(ref, "object", reference, reason, actor, now)


def _answer(ref: str, move: str, reference: str, reason: str, actor: Actor, now: datetime) -> Award:
    """Keep the attorney's answer, in the caller's transaction."""
    award = access.award_for(actor, ref, to=GIVE, lock=True)
    keeping.advance(award, move, Duty.CONCUR, actor)
    if move == "object":
        needs_reason(reason).or_raise()
    policy.needs_reference(reference).or_raise()
    Concurrence.objects.create(
        award=award,
        given=move == "concur",
        reference=reference.strip(),
        reason=reason,
        actor=actor.ref,
        on=day(now),
        at=now,
    )
    keeping.note_step(
        award, move, Duty.CONCUR, actor=actor, now=now, reason=reason, reference=reference.strip()
    )
    return award
