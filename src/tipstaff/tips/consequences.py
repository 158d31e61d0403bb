"""What follows from a verb on a tip, in the same transaction: the record, and the source's mailbox written
anew."""

from datetime import datetime

from tipstaff.audit.actions import record
from tipstaff.outbox.actions import put
from tipstaff.people.access import Actor
from tipstaff.tips.models import Tip


def recorded(tip: Tip, verb: str, actor: Actor, now: datetime, **facts: object) -> None:
    """Write down what was done to the tip: references, states and reasons, never what a source wrote."""
    record(f"tips.tip.{verb}", subject=tip.ref, actor=actor, at=now, compartment=tip.compartment, **facts)


def mailbox_changed(mailbox: bytes, now: datetime) -> None:
    """Have all reply slots of a mailbox composed and written anew in the hatch, after this transaction."""
    put(kind="slots", key=mailbox.hex(), now=now)


def mailbox_erased_from(mailbox: bytes, now: datetime) -> None:
    """After `mailbox_changed`: leave nothing of the older slots in the hatch's journal."""
    put(kind="tidy", key=mailbox.hex(), now=now)
