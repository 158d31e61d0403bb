"""The verbs of the outbox."""

from datetime import datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.kernel.clock import day
from tipstaff.outbox import access, kinds
from tipstaff.outbox.models import Parcel
from tipstaff.outbox.states import PARCEL, ParcelState
from tipstaff.people.access import Actor


def put(*, kind: str, key: str, body: str = "", now: datetime) -> int:
    """Put a parcel in the outbox, inside the caller's transaction; returns its number.

    Parcels with the same `key` are delivered in the order in which they were put. Kinds and their keys:
    `notice` (kinds.NOTICE_KEY; body: the text to sign), `slots` and `erase` (a mailbox address in
    hexadecimal; no body), `head` (kinds.HEAD_KEY). Raises UnknownKind.
    """
    assert transaction.get_connection().in_atomic_block, "put it with the change it tells of, or not at all"
    kinds.deliverer(kind)
    return Parcel.objects.create(kind=kind, key=key, body=body, not_before=now, put_on=day(now)).number


@transaction.atomic(durable=True)
def retry(*, number: int, actor: Actor, now: datetime) -> None:
    """Let a stuck parcel go again, from its first try.

    Raises NotAllowed, NotVisible or MoveNotInTable. On any of them nothing is written.
    """
    parcel = access.parcel_for(actor, number, to="outbox.parcel.retry")
    parcel.state = PARCEL.after("retry", ParcelState(parcel.state))
    parcel.tries = 0
    parcel.not_before = now
    parcel.save(update_fields=["state", "tries", "not_before"])
    record("outbox.parcel.retried", subject=str(number), actor=actor, at=now, kind=parcel.kind)
