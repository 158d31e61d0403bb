"""One worker at a time: two would compose the same mailbox against each other."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RunsAlready(Exception):
    """Another worker holds the lock."""

    def __init__(self) -> None:
        super().__init__("A worker is running on this office already; one is enough.")


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold a lock on `path` while the block runs; a kill frees it too. Raises RunsAlready."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise RunsAlready from None
    try:
        yield
    finally:
        os.close(descriptor)
