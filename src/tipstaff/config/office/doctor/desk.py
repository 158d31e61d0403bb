"""The office at work: databases up to date, a notice for the door, a living worker, a log in order."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.db import DatabaseError

from tipstaff.config.office import start
from tipstaff.config.office.doctor.finding import Finding, bad, doubtful, good
from tipstaff.config.office.founding import ALIASES, unapplied
from tipstaff.config.office.worker import LATE
from tipstaff.custody.queries import public_keys
from tipstaff.hatch import notice as hatch_notice
from tipstaff.hatch import queries as hatch
from tipstaff.logbook import queries as logbook
from tipstaff.outbox import queries as outbox
from tipstaff.people.queries import officer_exists
from tipstaff.tlog.keys import Verifier


def findings() -> Iterator[Finding]:
    """What can be told from the two databases and from the worker's report."""
    up_to_date = True
    for alias in ALIASES:
        finding = _migrations(alias)
        up_to_date = up_to_date and finding.level == 0
        yield finding
    if not up_to_date:
        return
    if not officer_exists():
        yield bad("There is no officer.", "Run `tipstaff init` once more: it makes what is missing.")
    yield _notice()
    yield from _worker(start.desk_folder() / "worker.json", datetime.now(UTC))
    yield _parcels()
    yield _log()


def _migrations(alias: str) -> Finding:
    name = {"default": "desk's", "hatch": "hatch's"}[alias]
    try:
        missing = unapplied(alias)
    except DatabaseError:
        setting = {"default": "DATABASE_URL", "hatch": "HATCH_URL"}[alias]
        return bad(f"The {name} database does not answer.", f"Start it, or correct {setting}.")
    if missing:
        return bad(
            f"The {name} database lacks {len(missing)} changes, the first {missing[0]}.",
            "Run `tipstaff init`: it brings databases up to date and overwrites nothing.",
        )
    return good(f"The {name} database is up to date.")


def _notice() -> Finding:
    row = hatch.latest_notice()
    if row is None:
        return doubtful(
            "No notice is published: the door has nothing to show and takes no tips.",
            "Load a programme and publish an offer; the worker delivers the notice.",
        )
    keys = public_keys()
    try:
        shown = hatch_notice.parse(row.note, Verifier.parse(keys.notice_vkey))
    except hatch_notice.NoticeWrong as wrong:
        return bad(
            f"The newest notice in the hatch does not verify: {wrong}",
            "The door shows nothing. Find out who wrote it; publish anew once the hatch is in order.",
        )
    if tuple(shown.recipients) != keys.recipients:
        return bad(
            "The published notice names other recipients than the desk's keys.",
            "Publish anew (`tipstaff notice renew`), so that tips are sealed to keys that this desk has.",
        )
    return good(f"Notice {row.number} is published and verifies.")


def _worker(report: Path, now: datetime) -> Iterator[Finding]:
    start_it = "Start it: tipstaff worker"
    try:
        said = json.loads(report.read_text(encoding="utf-8"))
        at = datetime.fromisoformat(said["at"])
    except (OSError, ValueError, KeyError):
        yield bad("The worker has never run: nothing is opened, delivered or signed.", start_it)
        return
    if not said["running"] or now - at > LATE:
        yield bad(f"The worker does not run; its last sign of life was on {at:%Y-%m-%d}.", start_it)
        return
    yield good("The worker runs.")
    if not said["unlocked"]:
        yield doubtful("The worker has no keys: it signs nothing.", "Start it with the passphrase.")
    for name, run in said["jobs"].items():
        if run["error"]:
            yield bad(
                f"The worker's job “{name}” fails: {run['error']}", "Mend what it says; it is tried again."
            )


def _parcels() -> Finding:
    if stuck := outbox.count_stuck():
        return bad(
            f"{stuck} parcels for the hatch are stuck.",
            "See the desk's Outbox page, mend the cause, try again.",
        )
    return good(f"No parcel is stuck; {outbox.count_waiting()} are on their way.")


def _log() -> Finding:
    if alarm := logbook.standing_alarm():
        return bad(
            f"The public head is not signed: {alarm.because}",
            "Leave the hatch's database as it is; see docs/running-an-office.md, “When the log is refused”.",
        )
    if (signed_at := logbook.last_signed_at()) is None:
        return doubtful(
            "No public head has been signed yet.",
            "The worker does it at the set hour. By hand: tipstaff log publish",
        )
    if (datetime.now(UTC) - signed_at).days >= 2:
        return doubtful(
            f"The public head was last signed on {signed_at:%Y-%m-%d}.",
            "Is the worker running at the set hour, with the keys?",
        )
    return good("The public head moves every day.")
