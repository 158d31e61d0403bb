"""The two verbs of custody: unlock and lock."""

from datetime import datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.custody import access, holder
from tipstaff.people.access import Actor
from tipstaff.sealed.keyfile import WrongPassphrase


def unlock(*, passphrase: str, actor: Actor, now: datetime) -> None:
    """Unlock the desk's keys in this process, then run what waits for that (opening envelopes, for one).

    Raises NotAllowed, NoKeyFile, TooManyMisses or WrongPassphrase; then nothing is unlocked, and a wrong
    passphrase is recorded. The passphrase is tried before the transaction begins: it takes a second, and on
    SQLite everybody else's writing would wait for it. The record is committed before the keys are there to be
    used.
    """
    actor.must(access.UNLOCK)
    held = holder.current()
    try:
        keyring = held.open(passphrase, by=actor.ref)
    except WrongPassphrase:
        _record("custody.keys.unlock_failed", actor, now)
        raise
    _record("custody.keys.unlocked", actor, now)
    held.hold(keyring, by=actor.ref)


def lock(*, actor: Actor, now: datetime) -> None:
    """Forget the desk's keys in this process. Raises NotAllowed. Locking what is locked records nothing."""
    actor.must(access.LOCK)
    held = holder.current()
    if held.keyring is None:
        return
    held.forget()
    _record("custody.keys.locked", actor, now)


@transaction.atomic(durable=True)
def _record(verb: str, actor: Actor, now: datetime) -> None:
    record(verb, subject="desk.key", actor=actor, at=now)
