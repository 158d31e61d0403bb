"""A secret that turns every five minutes and cannot be turned back.

Where the door makes a receipt, its words derive from the form's token and this secret, so that the same form sent
again within ten minutes (a lost answer, a double click) shows the same words. Then the secret is gone: neither
the token in somebody's browser nor a later copy of the door's disk gives the words again.

The file keeps the oldest secret that is still needed; newer ones follow from it by hashing, so all processes of a
door agree without talking. Doors on several machines agree when they start from one copy of the file.
"""

import os
import secrets
import threading
from hashlib import sha256
from pathlib import Path

EPOCH_SECONDS = 300
# The present epoch and two before it: what was sent is shown again for ten minutes at the least, fifteen at the most.
KEPT = 3


class Ratchet:
    """The secrets of the last `KEPT` epochs, over a file of 40 bytes: an epoch's number (8) and its secret (32)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._epoch = -1
        self._secrets: list[bytes] = []

    def secrets(self, seconds: float) -> list[bytes]:
        """The secrets that are in force at `seconds` (of the clock), the newest first."""
        epoch = int(seconds // EPOCH_SECONDS)
        with self._lock:
            if epoch > self._epoch:
                self._turn(epoch)
            return self._secrets

    def _turn(self, epoch: int) -> None:
        oldest, secret = self._stored(epoch - KEPT + 1)
        if oldest < epoch - KEPT + 1:
            while oldest < epoch - KEPT + 1:
                oldest, secret = oldest + 1, _next(secret)
            self._store(oldest, secret)
        # A file from the future (the clock was set back) is used as it is: never turned back.
        chain = [secret]
        while len(chain) < KEPT:
            chain.append(_next(chain[-1]))
        self._epoch, self._secrets = max(epoch, oldest + KEPT - 1), chain[::-1]

    def _stored(self, oldest: int) -> tuple[int, bytes]:
        try:
            # Only one of several starting processes makes the file; the others read what it made.
            new = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            stored = self._path.read_bytes()
            if len(stored) == 40:
                return int.from_bytes(stored[:8], "big"), stored[8:]
            return self._replaced(oldest)
        with os.fdopen(new, "wb") as file:
            secret = secrets.token_bytes(32)
            file.write(oldest.to_bytes(8, "big") + secret)
        return oldest, secret

    def _replaced(self, oldest: int) -> tuple[int, bytes]:
        # A power cut left an empty file: nothing is lost but the chance to show words again.
        secret = secrets.token_bytes(32)
        self._store(oldest, secret)
        return oldest, secret

    def _store(self, oldest: int, secret: bytes) -> None:
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        descriptor = os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(oldest.to_bytes(8, "big") + secret)
        beside.replace(self._path)


def _next(secret: bytes) -> bytes:
    return sha256(b"tipstaff/ratchet/v1" + secret).digest()
