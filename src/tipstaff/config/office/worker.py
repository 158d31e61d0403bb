"""The worker: one process, one loop, the jobs one after another.

A plain loop and no task queue: the jobs need the unlocked keys, which live in one process's memory and must
never be written into a queue's table (docs/decisions says more). A job that fails is shown and tried again;
it stops no other.
"""

import json
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import connections

from tipstaff.sealed.keyfile import Keyring

TICK = 1.0  # seconds between looks at what is due
REPORT_EVERY = timedelta(seconds=15)
LATE = timedelta(minutes=2)  # a report older than this means that the worker is not running

type Work = Callable[[Keyring | None, datetime], str]
type Keys = Callable[[], Keyring | None]
type Clock = Callable[[], datetime]
type Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Job:
    """One thing that is done again and again: `work` says what it did, or nothing."""

    name: str
    every: timedelta
    work: Work


@dataclass(slots=True)
class LastRun:
    """How a job went last. `error` is a sentence or a class name, empty when all was well.

    What it did is not kept: with a time beside it, it would tell when tips came.
    """

    at: str
    error: str = ""


class Worker:
    """Runs `jobs` until told to stop, each with what `keys` gives then; its report goes to the file `report`.

    It says what fails, and what works again; what was done it says only if `chatty`, because whatever keeps
    its lines adds the time.
    """

    def __init__(
        self, jobs: Sequence[Job], keys: Keys, report: Path, say: Say, *, chatty: bool = False
    ) -> None:
        self._jobs = jobs
        self._keys = keys
        self._report = report
        self._say = say
        self._chatty = chatty
        self._due: dict[str, datetime] = {}
        self._runs: dict[str, LastRun] = {}
        self._reported: datetime | None = None
        self._stop = threading.Event()

    def stop(self) -> None:
        """Finish the job in hand and end; may be called from a signal handler."""
        self._stop.set()

    def run(self, clock: Clock = lambda: datetime.now(UTC), *, once: bool = False) -> int:
        """Run what is due until stopped, or each job once. Returns how many jobs failed last."""
        while not self._stop.is_set():
            self.turn(clock)
            if once:
                break
            self._stop.wait(TICK)
        self._write_report(clock(), running=False)
        return sum(bool(run.error) for run in self._runs.values())

    def turn(self, clock: Clock) -> None:
        """Run each job that is due, once."""
        for job in self._jobs:
            if self._stop.is_set():
                return
            if clock() >= self._due.get(job.name, datetime.min.replace(tzinfo=UTC)):
                self._run(job, clock())
                self._due[job.name] = clock() + job.every
        now = clock()
        if self._reported is None or now - self._reported >= REPORT_EVERY:
            self._write_report(now, running=True)

    def _run(self, job: Job, now: datetime) -> None:
        drop_broken_connections()
        before = self._runs.get(job.name)
        run = LastRun(now.isoformat(timespec="seconds"))
        try:
            if (said := job.work(self._keys(), now)) and self._chatty:
                self._say(f"{job.name}: {said}")
        except Exception as error:  # noqa: BLE001  whatever one job raises, the others must still run
            run.error = sentence(error)
        if run.error and (before is None or before.error != run.error):
            self._say(f"{job.name}: FAILED: {run.error}")
        if before is not None and before.error and not run.error:
            self._say(f"{job.name}: works again")
        self._runs[job.name] = run

    def _write_report(self, now: datetime, *, running: bool) -> None:
        self._reported = now
        report = {
            "at": now.isoformat(timespec="seconds"),
            "running": running,
            "unlocked": self._keys() is not None,
            "jobs": {name: asdict(run) for name, run in self._runs.items()},
        }
        beside = self._report.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps(report, indent=1), encoding="utf-8")
        beside.replace(self._report)


def sentence(error: Exception) -> str:
    """What may be shown of an error: our own exceptions say sentences, of others only the class is named."""
    ours = type(error).__module__.startswith("tipstaff.")
    return str(error) if ours and str(error) else type(error).__name__


def drop_broken_connections() -> None:
    """A database that was restarted must not stop a process for ever: what does not answer is opened anew."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
