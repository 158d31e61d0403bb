"""Recording what came from the hatch, before the hatch is told that it may forget it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.kernel import reference
from tipstaff.people.access import Actor
from tipstaff.tips import access
from tipstaff.tips.models import Attachment, Body, Envelope, Piece
from tipstaff.tips.states import EnvelopeState, SetAside


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """A sealed file whose pieces were copied: its 16-byte id in the hatch, its size, its SHA-256."""

    upload: bytes
    size: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Arrival:
    """A sealed envelope with its place in the log; `fault` says what did not check when it was taken."""

    entry: bytes
    leaf: int
    day: date
    mailbox: bytes
    body: bytes
    files: tuple[CopiedFile, ...] = ()
    fault: SetAside | None = None


@transaction.atomic(durable=True)
def copy_pieces(*, upload: bytes, first: int, bodies: Sequence[bytes], actor: Actor, now: datetime) -> None:
    """Copy some pieces (at most 1 MiB each) of a sealed file, from number `first` on; copied twice is copied
    once.

    Records nothing: the pieces belong to nobody until `take_in` names them. Raises NotAllowed.
    """
    access.must_open(actor)
    Piece.objects.bulk_create(
        [Piece(upload=upload, number=first + place, body=body) for place, body in enumerate(bodies)],
        ignore_conflicts=True,
    )


@transaction.atomic(durable=True)
def take_in(*, arrivals: Sequence[Arrival], compartment: str, actor: Actor, now: datetime) -> int:
    """Record envelopes, sealed as they are, and return how many were new. What is recorded already stays
    untouched.

    One that did not check is recorded as set aside, with its body; so is one at a leaf that another has.
    Raises NotAllowed.
    """
    access.must_open(actor)
    every = Envelope.objects.unscoped("whatever compartment has it, an entry is taken in once")
    entries = [arrival.entry for arrival in arrivals]
    known = {bytes(entry) for entry in every.filter(entry__in=entries).values_list("entry", flat=True)}
    fresh = list({each.entry: each for each in arrivals if each.entry not in known}.values())
    if not fresh:
        return 0
    taken = set(every.filter(leaf__in=[each.leaf for each in fresh]).values_list("leaf", flat=True))
    rows = [_row(each, compartment, taken) for each in fresh]
    Envelope.objects.bulk_create(rows)
    Body.objects.bulk_create(
        [Body(envelope=row, body=each.body) for row, each in zip(rows, fresh, strict=True)]
    )
    Attachment.objects.bulk_create(
        Attachment(envelope=row, upload=file.upload, place=place, sealed_size=file.size, sha256=file.sha256)
        for row, each in zip(rows, fresh, strict=True)
        for place, file in enumerate(each.files, start=1)
    )
    leaves = sorted(each.leaf for each in fresh)
    record(
        "tips.envelope.taken_in",
        subject=f"leaves {leaves[0]}-{leaves[-1]}",
        actor=actor,
        at=now,
        compartment=compartment,
        envelopes=[row.ref for row in rows],
        set_aside={row.ref: row.reason for row in rows if row.reason},
    )
    return len(fresh)


def _row(arrival: Arrival, compartment: str, taken: set[int]) -> Envelope:
    fault = arrival.fault or (SetAside.LEAF_TAKEN if arrival.leaf in taken else None)
    taken.add(arrival.leaf)
    return Envelope(
        ref=reference.of("ENV", arrival.entry),
        entry=arrival.entry,
        leaf=arrival.leaf,
        day=arrival.day,
        mailbox=arrival.mailbox,
        compartment=compartment,
        state=EnvelopeState.NOT_OPENABLE if fault else EnvelopeState.WAITING,
        reason=fault or "",
    )
