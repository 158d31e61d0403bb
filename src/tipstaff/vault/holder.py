"""What the vault keeps in memory: who tried which passphrase, and what the first key has opened.

A half-opened identity is still sealed to the second key. It is kept in the process where it was asked for and
nowhere else, so the desk has one process: `docs/decisions/the-vault-half-opens-in-one-process.md`.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.apps import apps

from tipstaff.sealed.recipients import HybridIdentity
from tipstaff.vault import policy
from tipstaff.vault.keys import Half, KeyFileAway, NoVault, Recipients, key_path, read_key, read_public
from tipstaff.vault.states import Purpose

if TYPE_CHECKING:
    from tipstaff.vault.apps import VaultConfig

MISSES = 5
MISS_WINDOW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class _HalfOpen:
    inner: bytes = field(repr=False)
    since: float  # monotonic seconds


class Holder:
    """The vault of one process. `clock` gives monotonic seconds; tests pass their own. Safe in several threads."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.folder = folder
        self._clock = clock
        self._guard = threading.Lock()
        self._one_at_a_time = threading.Lock()  # scrypt takes a quarter of a gigabyte
        self._half_open: dict[str, _HalfOpen] = {}
        self._tries: dict[str, list[float]] = {}

    def recipients(self) -> Recipients:
        """The public halves. Raises Refused where the vault was never made."""
        try:
            return read_public(self.folder)
        except NoVault:
            policy.no_vault().or_raise()
            raise

    def key(self, half: Half, passphrase: str, *, by: str) -> HybridIdentity:
        """The key of `half`, read with its passphrase. It is never kept.

        Raises Refused when the file is away or this officer tried too often; WrongPassphrase, counted; or another
        SealError when the file is damaged.
        """
        self._count_try(by)
        try:
            with self._one_at_a_time:
                key = read_key(self.folder, half, passphrase)
        except KeyFileAway:
            policy.key_away(key_path(self.folder, half).name).or_raise()
            raise
        with self._guard:
            self._tries.pop(by, None)
        return key

    def keep(self, request: str, inner: bytes) -> None:
        """Keep what the first key opened for `request`, until it is used or its time is over."""
        with self._guard:
            self._sweep()
            self._half_open[request] = _HalfOpen(inner, self._clock())

    def half_open(self, request: str) -> bytes | None:
        """What the first key opened for `request`, while it is kept."""
        with self._guard:
            self._sweep()
            kept = self._half_open.get(request)
        return kept.inner if kept else None

    def drop(self, request: str) -> None:
        """Forget what was kept for `request`."""
        with self._guard:
            self._half_open.pop(request, None)

    def _sweep(self) -> None:
        over = self._clock() - policy.GOOD_FOR[Purpose.OPEN].total_seconds()
        for request in [ref for ref, kept in self._half_open.items() if kept.since <= over]:
            del self._half_open[request]

    def _count_try(self, by: str) -> None:
        # Counted before it is known to be wrong, so that trying many at once gains nothing; a right one clears it.
        window = MISS_WINDOW.total_seconds()
        with self._guard:
            now = self._clock()
            recent = [tried for tried in self._tries.get(by, []) if now - tried < window]
            if len(recent) < MISSES:
                self._tries[by] = [*recent, now]
                return
        policy.too_many_tries(int((window - (now - recent[0])) // 60) + 1).or_raise()


def current() -> Holder:
    """This process's Holder, built when Django's apps were loaded."""
    return cast("VaultConfig", apps.get_app_config("vault")).holder
