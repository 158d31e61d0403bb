"""What the figures were taken on, and how a table of them is printed."""

import os
import platform
import sqlite3
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path

import cryptography
import django
from rich.console import Console
from rich.table import Table

_console = Console(width=190, soft_wrap=True)


def describe() -> str:
    """The machine and the versions, in one line."""
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, Django {django.__version__}, cryptography {cryptography.__version__}, "
        f"SQLite {sqlite3.sqlite_version}; load before: {os.getloadavg()[0]:.2f}"
    )


def say(text: str) -> None:
    """A line between tables."""
    _console.print(text, highlight=False)


def show(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print one table."""
    table = Table(title=title, title_justify="left")
    for place, head in enumerate(heads):
        table.add_column(head, justify="left" if place == 0 else "right")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    _console.print(table)


def middle(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def spread(values: Sequence[float], digits: int = 0) -> str:
    """The median, and the least and greatest behind it."""
    return f"{middle(values):,.{digits}f} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"
