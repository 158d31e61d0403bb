"""The verbs of custody: unlock, lock and renew."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.custody import access, holder, public
from tipstaff.people.access import Actor
from tipstaff.sealed.keyfile import LOG_N, BadKeyfile, WrongPassphrase, read_keyfile, write_keyfile


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


def renew(*, passphrase: str, actor: Actor, now: datetime, log_n: int = LOG_N) -> None:
    """Give the desk a new identity; the old ones stay in the key file and open what was sealed to them.

    Tips are sealed to the new one alone once a notice that names it is published (`offers.actions.renew_notice`).
    Every process that holds the old keys notices the changed file and forgets them. Raises NotAllowed, NoKeyFile,
    TooManyMisses or WrongPassphrase; then both files are as they were. Both are written whole beside the old ones,
    the key file is read again, and only then do they take their places. `log_n` is scrypt's work factor.
    """
    actor.must(access.RENEW)
    held = holder.current()
    try:
        keyring = held.open(passphrase, by=actor.ref).renewed()
    except WrongPassphrase:
        _record("custody.keys.unlock_failed", actor, now)
        raise
    sealed = write_keyfile(keyring, passphrase, log_n)
    if read_keyfile(sealed, passphrase) != keyring:
        raise BadKeyfile("the new key file does not read as it was written; the old one stays")
    there = held.path.with_name("public.json")
    recipient = str(keyring.identities[0].recipient())
    said = public.as_json(replace(public.read(there), recipients=(recipient,)))
    _renewed({held.path: sealed, there: said}, actor, now)


@transaction.atomic(durable=True)
def _renewed(files: dict[Path, bytes], actor: Actor, now: datetime) -> None:
    """Record it, and put the files in their places last: a record that cannot be kept leaves the old keys."""
    record("custody.keys.renewed", subject="desk.key", actor=actor, at=now)
    beside = {path: path.with_suffix(".new") for path in files}
    for path, data in files.items():
        _write(beside[path], data)
    for path in files:
        beside[path].replace(path)


def _write(path: Path, data: bytes) -> None:
    """Write a file for its owner alone, down to the disk; what a broken attempt left there is overwritten."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@transaction.atomic(durable=True)
def _record(verb: str, actor: Actor, now: datetime) -> None:
    record(verb, subject="desk.key", actor=actor, at=now)
