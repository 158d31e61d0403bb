"""Envelopes as such: how many are still closed, which ones did not open and why, and what became of each
leaf."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import FETCH_RAISE, Count

from tipstaff.people.access import Actor, NotVisible
from tipstaff.tips.access import OPEN_ENVELOPES, envelope_for, visible_envelopes
from tipstaff.tips.models import Body, Envelope
from tipstaff.tips.states import EnvelopeState


@dataclass(frozen=True, slots=True)
class Accounted:
    """One leaf that an envelope stands at: its entry (32 bytes), its state here, and why it did not open if
    so."""

    leaf: int
    entry: bytes
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """An envelope that did not open. `detail` is the technical reason, never anything that was inside."""

    ref: str
    leaf: int
    day: date
    reason: str
    detail: str
    compartment: str


@dataclass(frozen=True, slots=True)
class ClosedEnvelope:
    """An envelope to be opened: the desk's number of it, its leaf, its mailbox's address, its sealed body."""

    pk: int
    leaf: int
    mailbox: bytes
    body: bytes


def accounted(start: int, stop: int) -> Iterator[Accounted]:
    """Every envelope that stands at a leaf from `start` up to, not including, `stop`, in the log's order.

    Two envelopes at one leaf are both given: the account must not hide that.
    """
    rows = Envelope.objects.unscoped("the log's account names no compartment")
    rows = rows.filter(leaf__gte=start, leaf__lt=stop).order_by("leaf", "id")
    for leaf, entry, state, reason in rows.values_list("leaf", "entry", "state", "reason"):
        yield Accounted(leaf, bytes(entry), state, reason)


def count_waiting() -> int:
    """How many envelopes were taken in and wait for the keys; a number, for every compartment together."""
    return Envelope.objects.unscoped("a bare count").filter(state=EnvelopeState.WAITING).count()


def count_closed(actor: Actor) -> tuple[int, int]:
    """How many envelopes that the actor may see wait for the keys, and how many did not open. Raises
    NotAllowed."""
    closed = visible_envelopes(actor).exclude(state=EnvelopeState.OPENED)
    counts = dict(closed.values_list("state").annotate(Count("pk")))
    return counts.get(EnvelopeState.WAITING, 0), counts.get(EnvelopeState.NOT_OPENABLE, 0)


def set_aside(actor: Actor, *, start: int = 0, limit: int = 50) -> list[SetAsideRow]:
    """Envelopes that did not open, from leaf `start` on, oldest first. Raises NotAllowed."""
    rows = visible_envelopes(actor).filter(state=EnvelopeState.NOT_OPENABLE, leaf__gte=start)
    return [
        SetAsideRow(row.ref, row.leaf, row.day, row.reason, row.detail, row.compartment)
        for row in rows.order_by("leaf", "id").fetch_mode(FETCH_RAISE)[:limit]
    ]


def known(entries: Sequence[bytes]) -> frozenset[bytes]:
    """Which of these entries were taken in already."""
    rows = Envelope.objects.unscoped("an entry is taken in once, whoever may see it").filter(
        entry__in=entries
    )
    return frozenset(bytes(entry) for entry in rows.values_list("entry", flat=True))


def closed_bodies(*, after: int, limit: int) -> list[ClosedEnvelope]:
    """Envelopes that wait for the keys, beyond leaf `after`, with their sealed bodies, in the log's order."""
    rows = Envelope.objects.unscoped("opening decides who may see what").filter(state=EnvelopeState.WAITING)
    found = (
        rows.filter(leaf__gt=after)
        .order_by("leaf")
        .values_list("pk", "leaf", "mailbox", "sealed__body")[:limit]
    )
    return [ClosedEnvelope(pk, leaf, bytes(mailbox), bytes(body)) for pk, leaf, mailbox, body in found]


def closed_body(actor: Actor, ref: str) -> ClosedEnvelope:
    """One envelope that is not open, for an actor who may have it tried again. Raises NotVisible or
    NotAllowed."""
    row = _closed(actor, ref)
    body = Body.objects.values_list("body", flat=True).get(envelope=row)
    return ClosedEnvelope(row.pk, row.leaf, bytes(row.mailbox), bytes(body))


def must_try(actor: Actor, ref: str) -> None:
    """Raise NotVisible or NotAllowed unless the actor may have this envelope tried again.

    Asked before the keys are: whether they are unlocked is nothing to tell whoever may not use them.
    """
    _closed(actor, ref)


def _closed(actor: Actor, ref: str) -> Envelope:
    row = envelope_for(actor, ref, to=OPEN_ENVELOPES)
    if row.state == EnvelopeState.OPENED:
        raise NotVisible(ref)
    return row
