"""What officers say of a tip: how urgent, what state the source is told, what it turned out to be, and
notes."""

from datetime import datetime

from django.db import transaction

from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor
from tipstaff.sealed.envelope import typed
from tipstaff.tips import access, policy
from tipstaff.tips.consequences import mailbox_changed, recorded
from tipstaff.tips.models import Judgement, Note
from tipstaff.tips.states import PUBLIC, Disposition, PublicState, Urgency


@transaction.atomic(durable=True)
def set_state(*, ref: str, move: str, actor: Actor, now: datetime) -> PublicState:
    """Make a `move` of the table of public states; the source sees the new state with today's date.

    Raises NotVisible, NotAllowed, Refused (not the holder) or MoveNotInTable; then nothing is written.
    """
    tip = access.tip_for(actor, ref, to="tips.tip.set_state", lock=True)
    policy.may_act(access.hold_facts(tip, actor)).or_raise()
    before = PublicState(tip.state)
    after = PUBLIC.after(move, before)
    tip.numbers += 1
    tip.state, tip.state_on, tip.state_number = after, day(now), tip.numbers
    tip.save(update_fields=["numbers", "state", "state_on", "state_number"])
    mailbox_changed(bytes(tip.mailbox), now)
    recorded(tip, "state_set", actor, now, before=before.value, after=after.value)
    return after


@transaction.atomic(durable=True)
def set_urgency(*, ref: str, urgency: Urgency, actor: Actor, now: datetime) -> None:
    """Say how soon a tip must be looked at. Anybody who may dispose of tips may, holder or not: danger
    cannot wait.

    Raises NotVisible or NotAllowed. Saying what is said already records nothing.
    """
    tip = access.tip_for(actor, ref, to="tips.tip.dispose", lock=True)
    if tip.urgency == urgency:
        return
    before, tip.urgency = tip.urgency, urgency
    tip.save(update_fields=["urgency"])
    recorded(tip, "urgency_set", actor, now, before=before, after=urgency.value)


@transaction.atomic(durable=True)
def dispose(*, ref: str, kind: Disposition, reason: str, actor: Actor, now: datetime) -> None:
    """Say what a tip turned out to be, and why. A correction is said the same way; what was said before
    stays.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    tip = access.tip_for(actor, ref, to="tips.tip.dispose", lock=True)
    policy.may_act(access.hold_facts(tip, actor)).or_raise()
    reason = typed(reason).strip()
    policy.may_dispose(policy.TextFacts(text=reason)).or_raise()
    before, tip.disposition = tip.disposition, kind
    tip.save(update_fields=["disposition"])
    Judgement.objects.create(tip=tip, kind=kind, reason=reason, author=actor.ref, at=now)
    recorded(tip, "disposed", actor, now, before=before, after=kind.value)


@transaction.atomic(durable=True)
def add_note(*, ref: str, text: str, actor: Actor, now: datetime) -> None:
    """Leave a note for colleagues; the source never sees it. Raises NotVisible, NotAllowed or Refused."""
    tip = access.tip_for(actor, ref, to="tips.tip.note")
    text = typed(text).strip()
    policy.may_note(policy.TextFacts(text=text)).or_raise()
    Note.objects.create(tip=tip, author=actor.ref, at=now, text=text)
    recorded(tip, "noted", actor, now)
