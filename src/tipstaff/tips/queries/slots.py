"""What a source finds in the mailbox: always the same number of equally long slots, whatever the news."""

from secrets import SystemRandom

from tipstaff.sealed.envelope import SLOTS, Reply, filler_slot, pack_slot
from tipstaff.sealed.recipients import HybridRecipient
from tipstaff.tips.models import Message, Tip
from tipstaff.tips.states import Direction

# One slot is the state's; a longer talk is read here, and the source keeps the newest of it.
NEWEST = SLOTS - 1


class NoSuchMailbox(LookupError):
    """No tip has this mailbox: its slots cannot be composed."""


def slots_for(mailbox: bytes) -> bytes:
    """All slots of a mailbox (32-byte address), joined: the state, our newest messages, fillers; in random
    order.

    Erased messages are left out. Everything is sealed anew each time, so that two versions of a mailbox never
    tell which slot changed. Raises NoSuchMailbox.
    """
    tips = Tip.objects.unscoped("the outbox delivers for every compartment")
    tip = tips.filter(mailbox=mailbox).only("state", "state_number", "state_on", "reply").first()
    if tip is None:
        raise NoSuchMailbox("no opened tip has this mailbox")
    written = Message.objects.filter(tip=tip, direction=Direction.TO_SOURCE, erased_on__isnull=True)
    newest = written.order_by("-number").values_list("number", "text", "day")[:NEWEST]
    replies = [Reply(mailbox, tip.state_number, "state", tip.state, "", tip.state_on)]
    replies += [Reply(mailbox, number, "message", None, text, day) for number, text, day in newest]
    recipient = HybridRecipient.parse(tip.reply)
    slots = [pack_slot(reply, recipient) for reply in replies]
    slots += [filler_slot() for _ in range(SLOTS - len(slots))]
    SystemRandom().shuffle(slots)
    return b"".join(slots)
