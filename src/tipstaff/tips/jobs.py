"""What runs with nobody at the keyboard: taking envelopes in from the hatch, and opening them with the keys.

Each round is: read from the hatch, check, copy the files, record, and only then tell the hatch that it may
forget. A crash after any step repeats that step and skips none.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import IntegrityError

from tipstaff.custody.queries import public_keys
from tipstaff.hatch import actions as hatch_actions
from tipstaff.hatch import queries as hatch
from tipstaff.hatch.queries import EnvelopeRow
from tipstaff.people.access import Actor, system
from tipstaff.sealed.keyfile import Keyring
from tipstaff.tips import actions
from tipstaff.tips.actions.intake import Arrival, CopiedFile
from tipstaff.tips.actions.opening import Settled
from tipstaff.tips.checking import HatchNotBelieved, SignedHead, fault_of
from tipstaff.tips.queries import account
from tipstaff.tips.queries.hatch import believed_head
from tipstaff.tips.rounds import open_round

BATCH = 100
PIECES_AT_ONCE = 4
MOST_ROUNDS = 100_000

type Progress = Callable[[Settled], None]


def take_in_waiting(now: datetime, actor: Actor | None = None) -> int:
    """Take in, sealed, everything that waits in the hatch; returns how many envelopes were new.

    Raises HatchNotBelieved (nothing of that round is taken in) or NoPublicKeys.
    """
    actor, total = actor or system("worker"), 0
    for _ in range(MOST_ROUNDS):
        waiting = hatch.waiting(BATCH)
        if not waiting:
            break
        total += _take_in(waiting, believed_head(), actor, now)
    return total


def open_waiting(
    keyring: Keyring, now: datetime, actor: Actor | None = None, progress: Progress | None = None
) -> Settled:
    """Take in what waits in the hatch, then open everything that is still closed; `progress` hears of each
    round.

    What an unbelievable hatch holds stays there, what was taken in before is opened all the same, and then
    HatchNotBelieved is raised.
    """
    actor = actor or system("worker")
    distrust = None
    try:
        take_in_waiting(now, actor)
    except HatchNotBelieved as reason:
        distrust = reason
    opened = _open_closed(keyring, actor, now, progress or _silent)
    if distrust is not None:
        raise distrust
    return opened


def _take_in(waiting: Sequence[EnvelopeRow], head: SignedHead, actor: Actor, now: datetime) -> int:
    known = account.known([row.entry for row in waiting])
    arrivals = [_arrival(row, head, actor, now) for row in waiting if row.entry not in known]
    try:
        new = actions.take_in(arrivals=arrivals, compartment=public_keys().compartment, actor=actor, now=now)
    except IntegrityError:
        # Another process recorded some of these in between; the next round finds them known.
        return 0
    hatch_actions.acknowledge(entries=[row.entry for row in waiting])
    return new


def _arrival(row: EnvelopeRow, head: SignedHead, actor: Actor, now: datetime) -> Arrival:
    files = tuple(_copied(upload, actor, now) for upload in hatch.uploads_of(row.entry))
    fault = fault_of(row.entry, row.leaf, row.body, head)
    return Arrival(row.entry, row.leaf, row.day, row.mailbox, row.body, files, fault)


def _copied(upload: bytes, actor: Actor, now: datetime) -> CopiedFile:
    digest, size, first, held = hashlib.sha256(), 0, 0, list[bytes]()
    for piece in hatch.pieces(upload):
        digest.update(piece)
        size += len(piece)
        held.append(piece)
        if len(held) == PIECES_AT_ONCE:
            actions.copy_pieces(upload=upload, first=first, bodies=held, actor=actor, now=now)
            first, held = first + len(held), []
    if held:
        actions.copy_pieces(upload=upload, first=first, bodies=held, actor=actor, now=now)
    return CopiedFile(upload, size, digest.digest())


def _open_closed(keyring: Keyring, actor: Actor, now: datetime, progress: Progress) -> Settled:
    total, after = Settled(), -1
    for _ in range(MOST_ROUNDS):
        closed = account.closed_bodies(after=after, limit=BATCH)
        if not closed:
            break
        settled = open_round(closed, keyring, actor, now)
        total = Settled(total.opened + settled.opened, total.set_aside + settled.set_aside)
        after = closed[-1].leaf
        progress(settled)
    return total


def _silent(settled: Settled) -> None:
    """Progress that nobody watches."""
