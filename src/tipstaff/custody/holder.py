"""Where the unlocked keys are: one object, in the memory of the process that unlocked them.

Nothing of a key is written anywhere, so a second process has to be unlocked by itself; the worker is, at its
start.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.apps import apps

from tipstaff.sealed.keyfile import Keyring, read_keyfile

if TYPE_CHECKING:
    from tipstaff.custody.apps import CustodyConfig

MISSES = 5
MISS_WINDOW = timedelta(minutes=10)

type Hook = Callable[[Keyring], None]


class NoKeyFile(Exception):
    """The key file is not where it should be."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no key file at {path}. `tipstaff init` makes one, or copy yours there.")


class TooManyMisses(Exception):
    """This officer gave the wrong passphrase too often; others may still try."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"Too many wrong passphrases. Try again in {minutes} minutes.")
        self.minutes = minutes


@dataclass(slots=True)
class _Unlocked:
    keyring: Keyring
    used: float  # monotonic seconds
    by: str


class Holder:
    """The keyring of one process, or none; it forgets it after `idle` without a person's use.

    `clock` gives monotonic seconds; tests pass their own. Safe to use from several threads.
    """

    def __init__(self, path: Path, *, idle: timedelta, clock: Callable[[], float] = time.monotonic) -> None:
        self.path = path
        self.idle = idle
        self._clock = clock
        self._guard = threading.Lock()
        self._unlocked: _Unlocked | None = None
        self._misses: dict[str, list[float]] = {}
        self._hooks: list[Hook] = []
        # How many envelopes wait for the keys. The hatch stands beside this room, so who knows both
        # registers it.
        self.count_waiting: Callable[[], int] = lambda: 0

    @property
    def keyring(self) -> Keyring | None:
        """The keys if they are unlocked. Reading does not count as use: a job must not keep them awake."""
        held = self._held()
        return held.keyring if held else None

    @property
    def unlocked_by(self) -> str | None:
        """The officer who unlocked the keys, by reference."""
        held = self._held()
        return held.by if held else None

    def use(self) -> Keyring | None:
        """The keys for a person's act, which starts the idle time anew."""
        held = self._held()
        if held is None:
            return None
        held.used = self._clock()
        return held.keyring

    def minutes_left(self) -> int | None:
        """Whole minutes until the keys are forgotten, if nobody uses them; None while they are locked."""
        held = self._held()
        if held is None:
            return None
        return max(0, int((self.idle.total_seconds() - (self._clock() - held.used)) // 60))

    def open(self, passphrase: str, *, by: str) -> Keyring:
        """Read the key file with `passphrase`; nothing is held yet. It takes a second: scrypt is meant to.

        Raises NoKeyFile, TooManyMisses, or the key file's WrongPassphrase, which is counted against `by`.
        """
        self._refuse_many_misses(by)
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            raise NoKeyFile(self.path) from None
        return read_keyfile(data, passphrase)

    def missed(self, *, by: str) -> None:
        """Count a wrong passphrase against `by`."""
        with self._guard:
            self._misses.setdefault(by, []).append(self._clock())

    def hold(self, keyring: Keyring, *, by: str) -> None:
        """Keep `keyring` from now on, and run what was registered for this moment, in order."""
        with self._guard:
            self._unlocked = _Unlocked(keyring, self._clock(), by)
            self._misses.pop(by, None)
        for hook in self._hooks:
            hook(keyring)

    def forget(self) -> None:
        """Forget the keys. Python cannot overwrite them: `docs/soundness.md` says what that leaves."""
        with self._guard:
            self._unlocked = None

    def on_unlock(self, hook: Hook) -> None:
        """Have `hook(keyring)` run after each unlocking, in the thread that unlocked."""
        self._hooks.append(hook)

    def _held(self) -> _Unlocked | None:
        with self._guard:
            held = self._unlocked
            if held and self._clock() - held.used >= self.idle.total_seconds():
                held = self._unlocked = None
            return held

    def _refuse_many_misses(self, by: str) -> None:
        # Per officer, so that one who cannot remember (or is not who they say) locks nobody else out.
        window = MISS_WINDOW.total_seconds()
        with self._guard:
            now = self._clock()
            recent = [miss for miss in self._misses.get(by, []) if now - miss < window]
            self._misses[by] = recent
        if len(recent) >= MISSES:
            raise TooManyMisses(int((window - (now - recent[0])) // 60) + 1)


def current() -> Holder:
    """This process's Holder, built when Django's apps were loaded."""
    return cast("CustodyConfig", apps.get_app_config("custody")).holder


def on_unlock(hook: Hook) -> None:
    """Register `hook(keyring)` with this process's Holder; call it once, from config or an app's `ready`."""
    current().on_unlock(hook)
