"""What pages and auditors read: records already filtered for the reader, and whether they are as they were
written.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tipstaff.audit.access import Reader, reading, reading_all
from tipstaff.audit.models import Record
from tipstaff.audit.verification import Noted, Verified, heads
from tipstaff.audit.verification import verify as _verify

PAGE = 50


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record as a page shows it."""

    number: int
    verb: str
    subject: str
    actor: str
    agency: str
    compartment: str
    at: datetime
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """A filter over records: empty texts leave everything in. `before` is the record number a page starts
    below.
    """

    actor: str = ""
    verb: str = ""
    subject: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One page of records, the newest first; `older` is the `before` of the next page, or None at the end."""

    rows: tuple[RecordRow, ...]
    older: int | None


def records(reader: Reader, sought: Sought) -> RecordPage:
    """Records that the reader may see. Raises NotAllowed without `audit.record.see`.

    Paged by key, not by count: a page costs the same wherever it lies, and new records shift nothing.
    """
    found = Record.objects.seen_by(reading(reader)).order_by("-pk")
    wanted = {"actor": sought.actor, "verb": sought.verb, "subject": sought.subject}
    found = found.filter(**{field: text for field, text in wanted.items() if text})
    if sought.before is not None:
        found = found.filter(pk__lt=sought.before)
    rows = [_row(record) for record in found[: PAGE + 1]]
    return RecordPage(tuple(rows[:PAGE]), rows[PAGE - 1].number if len(rows) > PAGE else None)


def verbs_used(reader: Reader) -> list[str]:
    """Every verb that stands in records the reader may see, alphabetically, for the filter."""
    seen = Record.objects.seen_by(reading(reader)).order_by("verb")
    return list(seen.values_list("verb", flat=True).distinct())


def verify(now: datetime | None = None, noted: Noted | None = None) -> Verified:
    """Recompute the whole audit log; says the first record that was changed, is missing or out of order.

    For the command line and jobs; pages ask `verified_for`.
    """
    return _verify(now or datetime.now(UTC), noted)


def verified_for(reader: Reader, now: datetime, noted: Noted | None = None) -> Verified:
    """`verify`, for an auditor of the whole office. Raises NotAllowed."""
    reading_all(reader)
    return _verify(now, noted)


def heads_for(reader: Reader) -> list[Noted]:
    """The newest heads, to note down outside this office. Raises NotAllowed."""
    reading_all(reader)
    return list(heads())


def may_verify(reader: Reader) -> bool:
    """Does the reader audit the office as a whole?"""
    return reader.may("audit.record.see")


def _row(record: Record) -> RecordRow:
    facts: Mapping[str, object] = record.facts
    shown = tuple((name, _shown(facts[name])) for name in sorted(facts))
    who = (record.verb, record.subject, record.actor, record.agency, record.compartment)
    return RecordRow(record.pk, *who, record.at, shown)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {item}" for name, item in value.items())
    return "–" if value is None else str(value)


def about(subject: str, limit: int = 200) -> list[RecordRow]:
    """The newest records on `subject`, oldest first, for the page of the room that owns it.

    That room has checked that its reader may see the subject; it renders its own verbs.
    """
    found = Record.objects.unscoped("the subject's own room has checked who reads").filter(subject=subject)
    return [_row(record) for record in found.order_by("-pk")[:limit]][::-1]


def about_each(subjects: Collection[str], verbs: Collection[str]) -> dict[str, list[RecordRow]]:
    """The records of these verbs on each of these subjects, oldest first, in one query however many subjects.

    For the room that owns the subjects, as `about`; a subject of which none tells is not in it.
    """
    found = Record.objects.unscoped("the subjects' own room has checked who reads")
    rows: dict[str, list[RecordRow]] = {}
    for record in found.filter(subject__in=subjects, verb__in=verbs).order_by("pk"):
        rows.setdefault(record.subject, []).append(_row(record))
    return rows
