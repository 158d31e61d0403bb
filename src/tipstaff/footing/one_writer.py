"""One writer at a time, queued by the kernel.

SQLite lets one writer in; the others poll with growing sleeps, so that under load an unlucky one waits for
many turns. Here writers of all processes stand in one queue (a lock within the process, then `flock` on a
file beside the database), and SQLite never sees two. PostgreSQL queues by itself.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

_turnstile = threading.Lock()
_lock_files: dict[tuple[int, str], int] = {}


@contextmanager
def writing(alias: str) -> Iterator[None]:
    """One transaction on `alias`, durable when this returns; nested in another transaction it joins that one.

    Keep what stands inside it short: everybody else waits.
    """
    connection = connections[alias]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic(using=alias):
            yield
        return
    with _turnstile:
        lock_file = _lock_file(str(connection.settings_dict["NAME"]))
        fcntl.flock(lock_file, fcntl.LOCK_EX)
        try:
            with transaction.atomic(using=alias):
                yield
        finally:
            fcntl.flock(lock_file, fcntl.LOCK_UN)


def _lock_file(database: str) -> int:
    # By process id: a descriptor that a fork shares would share its lock with it.
    key = (os.getpid(), database)
    if key not in _lock_files:
        _lock_files[key] = os.open(f"{database}-writer", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    return _lock_files[key]
