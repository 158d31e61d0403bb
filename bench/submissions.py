"""Whole submissions without JavaScript: form page, post, receipt page, over HTTP to a real, durable door."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench import load, machine
from tests import postgres
from tests.servers import Door, new_door

# To reach, on two cores: submissions a second at concurrency 16, and with a file of 1 MB.
TARGET = {"SQLite": 250, "PostgreSQL": 150}
TARGET_FILE = 60
# The fastest open peer measured on such a machine: submissions a second, and milliseconds of CPU each.
PEER, PEER_CPU = 59, 27
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Figures:
    """One run: submissions a second, p50 and p95 (ms), the door's and the database's CPU each (ms), errors, MiB."""

    rate: float
    p50: float
    p95: float
    door_cpu: float
    database_cpu: float
    client_cpu: float
    errors: int
    memory: float


def measure(runs: int, count: int) -> None:
    """Print the table for both databases."""
    rows = []
    for database in TARGET:
        with a_door(database) as door:
            load.run(door.port, concurrency=4, count=100)
            for concurrency in (1, 4, 16):
                here = [
                    once(door, concurrency, count if concurrency > 1 else count // 2, 0) for _ in range(runs)
                ]
                rows.append(row(f"{database}, 1 KB, {concurrency} at once", here, TARGET[database]))
            files = [once(door, 16, count // 5, MEGABYTE) for _ in range(runs)]
            rows.append(row(f"{database}, 1 KB and a file of 1 MB, 16 at once", files, TARGET_FILE))
    machine.show(f"Whole submissions, medians of {runs} runs (least–greatest)", HEADS, rows)


def endure(count: int) -> None:
    """Send `count` submissions at concurrency 16 over SQLite: not one error is allowed."""
    with a_door("SQLite") as door:
        load.run(door.port, concurrency=4, count=100)
        figures = once(door, 16, count, 0)
    machine.show(
        f"{count:,} submissions in one go, SQLite", HEADS, [row("16 at once", [figures], TARGET["SQLite"])]
    )


HEADS = (
    "", "a second", "× target", "× peer", "p50 ms", "p95 ms", "door CPU ms", "peer ÷ us", "database CPU ms",
    "client CPU ms", "MiB a process", "errors",
)  # fmt: skip


def row(name: str, runs: list[Figures], target: int) -> list[str]:
    """One line of the table."""
    rate = machine.middle([run.rate for run in runs])
    cpu = machine.middle([run.door_cpu for run in runs])
    return [
        name,
        machine.spread([run.rate for run in runs]),
        f"{rate / target:.1f}",
        f"{rate / PEER:.1f}",
        f"{machine.middle([run.p50 for run in runs]):.1f}",
        f"{machine.middle([run.p95 for run in runs]):.1f}",
        machine.spread([run.door_cpu for run in runs], 2),
        f"{PEER_CPU / cpu:.1f}",
        f"{machine.middle([run.database_cpu for run in runs]):.2f}",
        f"{machine.middle([run.client_cpu for run in runs]):.2f}",
        f"{max(run.memory for run in runs):.0f}",
        str(sum(run.errors for run in runs)),
    ]


def once(door: Door, concurrency: int, count: int, file_bytes: int) -> Figures:
    """One run; CPU is what the processes themselves report."""
    database = _postgres_processes() if door.hatch_url.startswith("postgresql") else []
    before = door.cpu_seconds, _cpu(database), sum(os.times()[:2])
    outcome = load.run(door.port, concurrency=concurrency, count=count, file_bytes=file_bytes)
    after = door.cpu_seconds, _cpu(database), sum(os.times()[:2])
    each = [(late - early) / count * 1000 for early, late in zip(before, after, strict=True)]
    return Figures(
        rate=len(outcome.seconds) / outcome.elapsed,
        p50=outcome.percentile(0.5),
        p95=outcome.percentile(0.95),
        door_cpu=each[0],
        database_cpu=each[1],
        client_cpu=each[2],
        errors=len(outcome.errors),
        memory=door.memory / 2**20,
    )


@contextmanager
def a_door(database: str) -> Iterator[Door]:
    """A door with an empty hatch on SQLite, or on a PostgreSQL that keeps its promises about the disk."""
    with tempfile.TemporaryDirectory(prefix="tipstaff-bench-") as folder:
        if database == "SQLite":
            with new_door(Path(folder), None) as door:
                yield door
        else:
            with postgres.server(durable=True) as server, new_door(Path(folder), server) as door:
                yield door


def _postgres_processes() -> list[psutil.Process]:
    return [
        process for process in psutil.process_iter(["name"]) if "postgres" in (process.info["name"] or "")
    ]


def _cpu(processes: list[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        try:
            total += sum(process.cpu_times()[:2])
        except psutil.NoSuchProcess:
            continue
    return total
