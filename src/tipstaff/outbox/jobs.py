"""Delivery: the only road from the desk to the hatch.

The delivery and its mark are in two databases, so they are two commits, the delivery first: a crash between
them repeats the delivery, which changes nothing, and never skips one.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from tipstaff.kernel.clock import day
from tipstaff.outbox import kinds, policy
from tipstaff.outbox.models import Parcel
from tipstaff.outbox.states import PARCEL, ParcelState
from tipstaff.sealed.keyfile import Keyring

BATCH = 500


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one round did: parcels delivered, failed (and due again), given up on, waiting for the keys."""

    delivered: int = 0
    failed: int = 0
    stuck: int = 0
    locked: int = 0


def deliver(keyring: Keyring | None, now: datetime) -> Delivery:
    """Deliver what is due, in order. A parcel that cannot go holds back its own key only.

    Without a keyring, what needs a signature waits. Errors of a delivery are kept as their class's name,
    because a message could quote what it failed on.
    """
    done: dict[str, int] = {"delivered": 0, "failed": 0, "stuck": 0, "locked": 0}
    held: set[str] = set()
    for parcel in _due(now):
        if parcel.key in held:
            continue
        outcome = _deliver_one(parcel, keyring, now)
        done[outcome] += 1
        if outcome != "delivered":
            held.add(parcel.key)
    return Delivery(**done)


def _due(now: datetime) -> QuerySet[Parcel]:
    holding = Q(state=ParcelState.STUCK) | Q(state=ParcelState.WAITING, not_before__gt=now)
    held = Parcel.objects.filter(holding).values("key")
    return Parcel.objects.filter(state=ParcelState.WAITING).exclude(key__in=held).order_by("number")[:BATCH]


def _deliver_one(parcel: Parcel, keyring: Keyring | None, now: datetime) -> str:
    try:
        kinds.deliverer(parcel.kind)(kinds.Content(parcel.key, parcel.body), keyring, day(now))
    except kinds.NeedsKeys:
        return "locked"
    except Exception as error:  # noqa: BLE001  whatever a kind raises, the others must still go
        return _mark_failed(parcel.number, error, now)
    _mark_delivered(parcel.number, now)
    return "delivered"


@transaction.atomic(durable=True)
def _mark_delivered(number: int, now: datetime) -> None:
    parcel = Parcel.objects.select_for_update().get(number=number)
    parcel.state = PARCEL.after("deliver", ParcelState(parcel.state))
    parcel.delivered_on = day(now)
    parcel.body = ""
    parcel.error = ""
    parcel.save(update_fields=["state", "delivered_on", "body", "error"])


@transaction.atomic(durable=True)
def _mark_failed(number: int, error: Exception, now: datetime) -> str:
    parcel = Parcel.objects.select_for_update().get(number=number)
    parcel.tries += 1
    parcel.error = type(error).__name__[:100]
    parcel.not_before = now + policy.pause_after(parcel.tries)
    if policy.gives_up(parcel.tries):
        parcel.state = PARCEL.after("give_up", ParcelState(parcel.state))
    parcel.save(update_fields=["tries", "error", "not_before", "state"])
    return "stuck" if parcel.state == ParcelState.STUCK else "failed"
