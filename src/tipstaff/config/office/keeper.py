"""In the desk's own process: while an officer keeps the keys unlocked, what arrives is opened as it arrives.

Unlocking opens what waits at that moment. A source who answers an hour later must not wait for the next
unlocking, so a quiet thread looks again every few seconds, until the keys are locked or forgotten.
"""

import logging
import threading

from django.db import connections
from django.utils import timezone

from tipstaff.config.office.worker import drop_broken_connections
from tipstaff.custody.holder import Holder
from tipstaff.people.access import system
from tipstaff.sealed.keyfile import Keyring
from tipstaff.tips.jobs import open_waiting

PAUSE = 3.0  # seconds between two looks

log = logging.getLogger(__name__)


class Keeper:
    """One thread at most for one Holder; it ends with the keys and is started by the next unlocking."""

    def __init__(self, holder: Holder, pause: float = PAUSE) -> None:
        self._holder = holder
        self._pause = pause
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None

    def unlocked(self, keyring: Keyring) -> None:
        """Called by custody after each unlocking."""
        with self._guard:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._keep_opening, name="keeper", daemon=True)
                self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Whether the thread has ended within `seconds`."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    def _keep_opening(self) -> None:
        sleep = threading.Event()
        while (keyring := self._holder.keyring) is not None:
            drop_broken_connections()
            try:
                open_waiting(keyring, timezone.now(), system("desk"))
            except Exception as error:  # noqa: BLE001  it is tried again; the worker and the doctor say more
                log.warning("Envelopes were not opened: %s", type(error).__name__)
            sleep.wait(self._pause)
        connections.close_all()


def attend() -> None:
    """Have a keeper for this process's keys; called once, by the desk's WSGI module."""
    from tipstaff.custody import holder  # only here: apps must be loaded before

    holder.on_unlock(Keeper(holder.current()).unlocked)
