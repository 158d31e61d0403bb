"""Who has a tip: claiming it, giving it back, handing it to a colleague. A tip has one holder at a time."""

from datetime import datetime

from django.db import transaction

from tipstaff.kernel.clock import day
from tipstaff.people import queries as people
from tipstaff.people.access import Actor
from tipstaff.tips import access, policy
from tipstaff.tips.consequences import recorded
from tipstaff.tips.models import Tip


@transaction.atomic(durable=True)
def claim(*, ref: str, actor: Actor, now: datetime) -> None:
    """Take a tip that nobody has.

    Raises NotVisible, NotAllowed, or Refused naming the colleague who was first; then nothing moves.
    """
    tip = access.tip_for(actor, ref, to="tips.tip.claim", lock=True)
    policy.may_claim(access.hold_facts(tip, actor)).or_raise()
    _give(tip, actor.ref, now)
    recorded(tip, "claimed", actor, now)


@transaction.atomic(durable=True)
def release(*, ref: str, actor: Actor, now: datetime) -> None:
    """Give a tip back to the queue. Raises NotVisible, NotAllowed, or Refused when another officer has it."""
    tip = access.tip_for(actor, ref, to="tips.tip.release", lock=True)
    policy.may_act(access.hold_facts(tip, actor)).or_raise()
    tip.held, tip.claimed_by, tip.claimed_at = False, "", None
    tip.save(update_fields=["held", "claimed_by", "claimed_at"])
    recorded(tip, "released", actor, now)


@transaction.atomic(durable=True)
def hand_over(*, ref: str, to: str, actor: Actor, now: datetime) -> None:
    """Give a tip that one holds to the officer `to`, without it passing through the queue.

    Raises NotVisible, NotAllowed, or Refused: not the holder, or `to` may not claim this tip.
    """
    tip = access.tip_for(actor, ref, to="tips.tip.release", lock=True)
    policy.may_hand_over(
        policy.HandOverFacts(
            hold=access.hold_facts(tip, actor), receiver=to, receiver_may_claim=_may_claim(tip, to, now)
        )
    ).or_raise()
    _give(tip, to, now)
    recorded(tip, "handed_over", actor, now, to=to)


@transaction.atomic(durable=True)
def reassign(*, ref: str, to: str, reason: str, actor: Actor, now: datetime) -> None:
    """Take a tip from whoever has it, who may be absent, and give it to the officer `to`: a colleague, or oneself.

    Raises NotVisible, NotAllowed, or Refused: nobody has it, the actor has it, `to` may not have it, no reason.
    """
    tip = access.tip_for(actor, ref, to="tips.tip.reassign", lock=True)
    facts = policy.ReassignFacts(
        hold=access.hold_facts(tip, actor),
        receiver=to,
        receiver_may_claim=_may_claim(tip, to, now),
        reason=reason,
    )
    policy.may_reassign(facts).or_raise()
    before = tip.claimed_by
    _give(tip, to, now)
    recorded(tip, "reassigned", actor, now, taken_from=before, to=to, reason=reason.strip())


def _may_claim(tip: Tip, officer: str, now: datetime) -> bool:
    able = people.officers_holding("tips.tip.claim", tip.compartment, day(now))
    return officer in {ref for ref, _ in able}


def _give(tip: Tip, officer: str, now: datetime) -> None:
    tip.held, tip.claimed_by, tip.claimed_at = True, officer, now
    tip.save(update_fields=["held", "claimed_by", "claimed_at"])
