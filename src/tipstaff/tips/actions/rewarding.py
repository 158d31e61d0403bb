"""Telling a source of a reward and of the voucher for it, and taking that back.

The room of awards decides and asks who may; what it says reaches the source through the tip's mailbox, inside
its own transaction. The tip's readers see that something was said, not what.
"""

from datetime import datetime

from django.db import transaction

from tipstaff.footing import journal
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor
from tipstaff.sealed.envelope import Reply, RewardNotice, Voucher, checked
from tipstaff.sealed.items import plain
from tipstaff.tips import access, policy
from tipstaff.tips.consequences import mailbox_changed, mailbox_erased_from, recorded
from tipstaff.tips.models import Message
from tipstaff.tips.states import Direction, MessageKind


def tell_reward(*, tip: str, notice: RewardNotice, text: str, actor: Actor, now: datetime) -> int:
    """Tell the source that a reward is possible, or decided; returns the message's number.

    In the mailbox it takes the place of the notice before it. Inside the caller's transaction, which has asked
    whether the actor may. Raises NotVisible, Refused (more than fits) or BadEnvelope (no notice at all).
    """
    return _tell(tip, notice, text, actor, now)


def tell_voucher(*, tip: str, voucher: Voucher, text: str, actor: Actor, now: datetime) -> int:
    """Send the source the voucher that the window pays; it takes the place of the one before it.

    As `tell_reward`.
    """
    return _tell(tip, voucher, text, actor, now)


def take_back(*, tip: str, claim: str, kind: str, actor: Actor, now: datetime) -> int:
    """Remove what was told of `claim` (`kind`: "reward" or "voucher") from the mailbox, and what it said from
    here: erased like an erased message. Returns how many were; none is recorded as nothing.

    Inside the caller's transaction. Raises NotVisible.
    """
    _inside()
    row = access.tip_told(tip)
    told = list(
        Message.objects.select_for_update().filter(
            tip=row, kind=MessageKind(kind), part__claim=claim, direction=Direction.TO_SOURCE
        )
    )
    for message in told:
        message.text, message.part = "", None
        message.erased_by, message.erased_on = actor.ref, day(now)
        message.save(update_fields=["text", "part", "erased_by", "erased_on"])
    if told:
        mailbox_changed(bytes(row.mailbox), now)
        recorded(row, "reward_taken_back", actor, now, message=[message.number for message in told])
        mailbox_erased_from(bytes(row.mailbox), now)
        transaction.on_commit(lambda: journal.empty("default"), robust=True)
    return len(told)


def _tell(ref: str, item: RewardNotice | Voucher, text: str, actor: Actor, now: datetime) -> int:
    _inside()
    tip = access.tip_told(ref)
    voucher = item if isinstance(item, Voucher) else None
    notice = item if isinstance(item, RewardNotice) else None
    place = voucher.place if voucher else ""
    policy.may_tell(policy.TellFacts(packed_bytes=len(text.encode()), place_characters=len(place))).or_raise()
    kind = MessageKind.VOUCHER if voucher else MessageKind.REWARD
    # Checked as it will be sealed: a notice that does not fit would otherwise stick in the outbox.
    reply = checked(
        Reply(bytes(tip.mailbox), tip.numbers + 1, kind.value, None, text, day(now), notice, voucher)
    )
    tip.numbers += 1
    tip.save(update_fields=["numbers"])
    Message.objects.create(
        tip=tip, number=tip.numbers, direction=Direction.TO_SOURCE, kind=kind, day=day(now), author=actor.ref,
        text=reply.text, part=plain(reply.voucher or reply.reward),
    )  # fmt: skip
    mailbox_changed(bytes(tip.mailbox), now)
    # One verb for both: a tip's history is read by those who see no payment.
    recorded(tip, "reward_told", actor, now, message=tip.numbers)
    return tip.numbers


def _inside() -> None:
    assert transaction.get_connection().in_atomic_block, "tell it with what was decided, or not at all"
