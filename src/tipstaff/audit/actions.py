"""Writing the record, and numbering it into the audit log."""

from datetime import datetime
from typing import Protocol

from django.db import transaction

from tipstaff.audit.canonical import moment, plain
from tipstaff.audit.models import REF_LENGTH, VERB_LENGTH, Record
from tipstaff.audit.sequencer import DESK, sequence

__all__ = ["Acting", "NotARecord", "OutsideTransaction", "record", "sequence"]


class Acting(Protocol):
    """Whoever acts: `people.access.Actor` fits."""

    @property
    def ref(self) -> str: ...
    @property
    def agency(self) -> str: ...


class OutsideTransaction(AssertionError):
    """An act was recorded outside the transaction that does it: it could outlive or miss it."""


class NotARecord(ValueError):
    """A record without a verb, a subject or an actor, or with one that is too long."""


def record(
    verb: str, *, subject: str, actor: Acting | str, at: datetime, compartment: str = "", **facts: object
) -> None:
    """Write down that `actor` did `verb` to `subject` at `at`, in the caller's own transaction.

    Pass the whole actor, so that the agency is recorded too, and the subject's compartment where it has one.
    `facts` are texts, whole numbers, dates, truth values and lists of them: references and reasons, never
    what a source wrote. Raises OutsideTransaction, NotARecord, canonical.NotAFact.
    """
    if not transaction.get_connection(DESK).in_atomic_block:
        raise OutsideTransaction(
            "audit with the change, or not at all: record() belongs inside the verb's transaction"
        )
    ref, agency = (actor, "") if isinstance(actor, str) else (actor.ref, actor.agency)
    _check(verb=verb, subject=subject, actor=ref)
    moment(at)  # a naive time is refused here, not by a warning later
    Record.objects.using(DESK).create(
        verb=verb,
        subject=subject,
        actor=ref,
        agency=agency,
        compartment=compartment,
        at=at,
        facts=plain(facts),
    )


def _check(**texts: str) -> None:
    for name, text in texts.items():
        longest = VERB_LENGTH if name == "verb" else REF_LENGTH
        if not text or len(text) > longest:
            raise NotARecord(f"A record's {name} has 1 to {longest} characters; this one has {len(text)}.")
