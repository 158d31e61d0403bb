"""`tipstaff desk open`: open a whole batch of envelopes at once, with a progress bar."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tipstaff.config.office.saying import answering

if TYPE_CHECKING:
    from tipstaff.tips.jobs import Progress


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun and its verb."""
    desk = subparsers.add_parser("desk", help="the internal side: open what waits")
    verbs = desk.add_subparsers(title="verbs", metavar="VERB", required=True)
    opening = verbs.add_parser(
        "open",
        help="open every envelope that waits",
        description="Take in what waits in the hatch and open it. Asks for the passphrase of the key file, "
        "or reads it from the file that TIPSTAFF_PASSPHRASE_FILE names. The worker then tells each source.",
    )
    opening.set_defaults(func=answering(_open))


def _open(args: argparse.Namespace) -> int:
    from tipstaff.config.office import passphrase, start

    start.desk_site()
    from tipstaff.custody import holder
    from tipstaff.hatch import queries as hatch
    from tipstaff.people.access import system
    from tipstaff.tips import queries as tips
    from tipstaff.tips.jobs import open_waiting

    keyring = holder.current().open(passphrase.asked(), by="system:command")
    waiting = hatch.count_waiting() + tips.count_waiting()
    with _bar(waiting) as progress:
        settled = open_waiting(keyring, datetime.now(UTC), system("command"), progress)
    print(f"{settled.opened} opened, {settled.set_aside} set aside.")
    if settled.set_aside:
        print("What was set aside is kept; the desk's page “Envelopes that did not open” says why.")
    return 0


@contextmanager
def _bar(total: int) -> "Iterator[Progress | None]":
    """A bar when somebody watches, else nothing."""
    if not sys.stderr.isatty() or not total:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("Envelopes"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Envelopes", total=total)
        yield lambda settled: bar.advance(task, settled.opened + settled.set_aside)
