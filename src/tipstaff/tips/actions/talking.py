"""The talk with a source: writing, erasing what we wrote, and how far each officer has read."""

from datetime import datetime

from django.db import transaction

from tipstaff.footing import journal
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor
from tipstaff.sealed.envelope import typed
from tipstaff.tips import access, policy
from tipstaff.tips.consequences import mailbox_changed, mailbox_erased_from, recorded
from tipstaff.tips.models import Message, Reading
from tipstaff.tips.states import Direction, MessageKind


@transaction.atomic(durable=True)
def write(*, ref: str, text: str, actor: Actor, now: datetime) -> int:
    """Write to the source; returns the message's number. It is sealed to the source when it is delivered.

    Raises NotVisible, NotAllowed, or Refused: not the holder, nothing written, or more than fits in a slot.
    """
    tip = access.tip_for(actor, ref, to="tips.tip.write", lock=True)
    policy.may_act(access.hold_facts(tip, actor)).or_raise()
    text = _tidy(text)
    policy.may_send(policy.TextFacts(text=text, packed_bytes=len(text.encode()))).or_raise()
    tip.numbers += 1
    tip.save(update_fields=["numbers"])
    Message.objects.create(
        tip=tip, number=tip.numbers, direction=Direction.TO_SOURCE, day=day(now), author=actor.ref, text=text
    )
    mailbox_changed(bytes(tip.mailbox), now)
    recorded(tip, "written", actor, now, message=tip.numbers)
    return tip.numbers


@transaction.atomic(durable=True)
def erase(*, ref: str, number: int, actor: Actor, now: datetime) -> None:
    """Erase a message we wrote: its text here at once, its sealed copy in the hatch with the next delivery.

    Its place and its date stay, and who erased it. Raises NotVisible, NotAllowed or Refused.
    """
    tip = access.tip_for(actor, ref, to="tips.tip.erase", lock=True)
    policy.may_act(access.hold_facts(tip, actor)).or_raise()
    message = access.message_of(tip, number)
    policy.may_erase(
        policy.EraseFacts(
            ours=message.direction == Direction.TO_SOURCE,
            erased=message.erased_on is not None,
            reward=message.kind != MessageKind.MESSAGE,
        )
    ).or_raise()
    message.text, message.erased_by, message.erased_on = "", actor.ref, day(now)
    message.save(update_fields=["text", "erased_by", "erased_on"])
    mailbox_changed(bytes(tip.mailbox), now)
    recorded(tip, "erased", actor, now, message=number)
    mailbox_erased_from(bytes(tip.mailbox), now)
    # At once where nobody reads just then; else the parcel that tidies up does it.
    transaction.on_commit(lambda: journal.empty("default"), robust=True)


@transaction.atomic(durable=True)
def mark_read(*, ref: str, actor: Actor, now: datetime) -> None:
    """Remember how far this officer has read; the first look at a tip, and each look at news, is recorded.

    Raises NotVisible or NotAllowed.
    """
    tip = access.tip_for(actor, ref, to=access.SEE)
    reading, first = Reading.objects.get_or_create(
        tip=tip, officer=actor.ref, defaults={"upto": tip.last_from_source}
    )
    if not first and reading.upto >= tip.last_from_source:
        return
    reading.upto = tip.last_from_source
    reading.save(update_fields=["upto"])
    recorded(tip, "read", actor, now, message=tip.last_from_source)


def _tidy(text: str) -> str:
    """What an officer typed, with plain line ends and no space around it."""
    return typed(text).strip()
