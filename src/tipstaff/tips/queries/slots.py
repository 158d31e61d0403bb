"""What a source finds in the mailbox: always the same number of equally long slots, whatever the news."""

from secrets import SystemRandom

from tipstaff.sealed.claims import read_notice, read_voucher
from tipstaff.sealed.envelope import SLOTS, Reply, filler_slot, pack_slot
from tipstaff.sealed.fields import Fields
from tipstaff.sealed.recipients import HybridRecipient
from tipstaff.tips.models import Message, Tip
from tipstaff.tips.states import Direction, MessageKind


class NoSuchMailbox(LookupError):
    """No tip has this mailbox: its slots cannot be composed."""


def slots_for(mailbox: bytes) -> bytes:
    """All slots of a mailbox (32-byte address), joined: the state, the newest notice of a reward, the newest
    voucher, our newest messages, fillers; in random order.

    A longer talk is read at the desk, and the source keeps the newest of it; a reward's slots are always there.
    Erased messages are left out. Everything is sealed anew each time, so that two versions of a mailbox never
    tell which slot changed. Raises NoSuchMailbox.
    """
    tips = Tip.objects.unscoped("the outbox delivers for every compartment")
    tip = tips.filter(mailbox=mailbox).only("state", "state_number", "state_on", "reply").first()
    if tip is None:
        raise NoSuchMailbox("no opened tip has this mailbox")
    written = Message.objects.filter(tip=tip, direction=Direction.TO_SOURCE, erased_on__isnull=True)
    newest = written.order_by("-number")
    replies = [Reply(mailbox, tip.state_number, "state", tip.state, "", tip.state_on)]
    for kind in (MessageKind.REWARD, MessageKind.VOUCHER):
        replies += [_reply(mailbox, message) for message in newest.filter(kind=kind)[:1]]
    room = SLOTS - len(replies)
    replies += [_reply(mailbox, message) for message in newest.filter(kind=MessageKind.MESSAGE)[:room]]
    recipient = HybridRecipient.parse(tip.reply)
    slots = [pack_slot(reply, recipient) for reply in replies]
    slots += [filler_slot() for _ in range(SLOTS - len(slots))]
    SystemRandom().shuffle(slots)
    return b"".join(slots)


def _reply(mailbox: bytes, message: Message) -> Reply:
    """The message as it is sealed to the source."""
    return Reply(
        mailbox,
        message.number,
        message.kind,
        None,
        message.text,
        message.day,
        read_notice(Fields(message.part)) if message.kind == MessageKind.REWARD else None,
        read_voucher(Fields(message.part)) if message.kind == MessageKind.VOUCHER else None,
    )
