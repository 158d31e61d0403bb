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
type _Version = tuple[int, int]
type Counter = Callable[[], int]

# What other rooms have asked for, when their apps were made ready. Functions only: no key is ever in here.
_hooks: list[Hook] = []
_counters: list[Counter] = []


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
    """The keyring of one process, or none; it forgets it after `idle` without a person's use, or when the key file
    changes.

    `clock` gives monotonic seconds; tests pass their own. Safe to use from several threads.
    """

    def __init__(self, path: Path, *, idle: timedelta, clock: Callable[[], float] = time.monotonic) -> None:
        self.path = path
        self.idle = idle
        self._clock = clock
        self._guard = threading.Lock()
        self._unlocked: _Unlocked | None = None
        self._one_at_a_time = threading.Lock()  # scrypt takes a quarter of a gigabyte
        self._tries: dict[str, list[float]] = {}
        self._opened: tuple[Keyring, _Version] | None = None  # what the file held last, and how it was then

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

        Raises NoKeyFile, TooManyMisses, or the key file's WrongPassphrase, counted against `by`.
        """
        version = self._version()
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            raise NoKeyFile(self.path) from None
        self._count_try(by)
        with self._one_at_a_time:
            keyring = read_keyfile(data, passphrase)
        if version is not None:
            self._opened = keyring, version
        return keyring

    def hold(self, keyring: Keyring, *, by: str) -> None:
        """Keep `keyring` from now on, and run what was registered for this moment, in order."""
        with self._guard:
            self._unlocked = _Unlocked(keyring, self._clock(), by)
            self._tries.pop(by, None)
        for hook in _hooks:
            hook(keyring)

    def forget(self) -> None:
        """Forget the keys. Python cannot overwrite them: `docs/soundness.md` says what that leaves."""
        with self._guard:
            self._unlocked = None

    def stale(self, keyring: Keyring) -> bool:
        """Whether the key file changed since this keyring was read from it here: somebody renewed the keys.

        A file that is not there has not changed: it may lie on a medium that was taken out again.
        """
        there, opened = self._version(), self._opened
        return there is not None and opened is not None and opened[0] == keyring and opened[1] != there

    def _held(self) -> _Unlocked | None:
        with self._guard:
            held = self._unlocked
            # Renewed keys make these the old ones: whatever is sealed to the new ones would seem not to be for us.
            if held and (self._clock() - held.used >= self.idle.total_seconds() or self.stale(held.keyring)):
                held = self._unlocked = None
            return held

    def _version(self) -> _Version | None:
        try:
            there = self.path.stat()
        except FileNotFoundError:
            return None
        return there.st_mtime_ns, there.st_size

    def _count_try(self, by: str) -> None:
        # Counted before it is known to be wrong, so that trying many at once gains nothing; unlocking clears
        # it. Per officer, so that one who cannot remember (or is not who they say) locks nobody else out.
        window = MISS_WINDOW.total_seconds()
        with self._guard:
            now = self._clock()
            recent = [tried for tried in self._tries.get(by, []) if now - tried < window]
            if len(recent) >= MISSES:
                raise TooManyMisses(int((window - (now - recent[0])) // 60) + 1)
            self._tries[by] = [*recent, now]


def current() -> Holder:
    """This process's Holder, built when Django's apps were loaded."""
    return cast("CustodyConfig", apps.get_app_config("custody")).holder


def on_unlock(hook: Hook) -> None:
    """Have `hook(keyring)` run after each unlocking, in the thread that unlocked; once, when the apps are ready."""
    _hooks.append(hook)


def tells_waiting(count: Counter) -> None:
    """Say how the envelopes that wait for the keys are counted; once, when the apps are ready."""
    _counters.append(count)


def count_waiting() -> int:
    """How many envelopes wait for the keys, as the rooms above count them."""
    return sum(count() for count in _counters)
