"""Moving the public head: look, refuse or add covers, sign, hand to the outbox."""

from datetime import datetime

from tipstaff.custody.queries import PublicKeys
from tipstaff.hatch import actions as hatch
from tipstaff.kernel.decision import Refused
from tipstaff.logbook import actions, policy, queries
from tipstaff.logbook.access import PUBLISH
from tipstaff.logbook.covers import cover, next_size, runs
from tipstaff.logbook.survey import Survey, survey
from tipstaff.people.access import Actor
from tipstaff.sealed.keyfile import Keyring
from tipstaff.tlog.checkpoint import Checkpoint
from tipstaff.tlog.note import Signer, Verifier
from tipstaff.tlog.tree import Edge, leaf_hash

TRIES = 20


class LogNeverStill(Exception):
    """Tips kept coming between counting the covers and adding them. The next try is as good as any."""


def publish_if_due(keyring: Keyring, keys: PublicKeys, *, actor: Actor, now: datetime) -> int | None:
    """Move the head when its hour has come; returns the new size, or None when it is not due."""
    if not policy.is_due(queries.last_signed_at(), keys.head_hour, now):
        return None
    return publish_head(keyring, keys, actor=actor, now=now)


def publish_by_hand(
    keyring: Keyring, keys: PublicKeys, *, actor: Actor, now: datetime, insist: bool = False
) -> int:
    """Move the head now. Refused (`logbook.too-soon`) within an hour of the last, unless one insists."""
    if not insist:
        policy.may_move_by_hand(queries.last_signed_at(), now).or_raise()
    return publish_head(keyring, keys, actor=actor, now=now)


def publish_head(keyring: Keyring, keys: PublicKeys, *, actor: Actor, now: datetime) -> int:
    """Check the hatch's log, fill it up with covers, sign the head, hand it to the outbox; its size.

    Raises NotAllowed, LogNeverStill, and Refused (after an alarm was kept) when the log is not as it should
    be. A crash after the covers were added leaves covers that the next run knows: they are computed.
    """
    actor.must(PUBLISH)
    door = Verifier.parse(keys.door_vkey)
    found = None
    for _ in range(TRIES):
        found = survey(cover_key=keyring.cover, origin=keys.origin, door=door, before=found)
        decision = policy.may_sign(found.facts)
        if not decision.allowed:
            refused = Refused(decision.refusals)
            actions.raise_alarm(refused=refused, size=found.facts.size, actor=actor, now=now)
            raise refused
        try:
            edge, covers = _filled_up(found, keyring)
        except hatch.HeadMoved:
            continue
        note = Checkpoint(keys.origin, edge.size, edge.root()).sign(Signer(keys.origin, keyring.head))
        head = actions.NewHead(since=found.facts.last_size, edge=edge, note=note, covers=covers)
        actions.sign_head(head=head, actor=actor, now=now)
        return edge.size
    raise LogNeverStill(f"The log moved {TRIES} times while covers were being added. It will be tried again.")


def _filled_up(found: Survey, keyring: Keyring) -> tuple[Edge, list[tuple[int, int]]]:
    """Append the covers; the edge after them, computed here, and all cover ranges since the last head."""
    size, target = found.edge.size, next_size(found.edge.size, found.facts.last_size)
    if target == size:
        return found.edge, found.cover_runs
    entries = [cover(keyring.cover, number) for number in range(size, target)]
    edge, _ = found.edge.extend([leaf_hash(entry) for entry in entries])
    if hatch.append_covers(entries=entries, expected_size=size).root() != edge.root():
        raise hatch.HeadMoved("the log is as long as it was, but not the same")
    return edge, list(runs([*found.covers, *range(size, target)]))
