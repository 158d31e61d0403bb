"""Writing the record, and numbering it into the audit log."""

from datetime import datetime
from typing import Protocol

from django.db import transaction

from tipstaff.audit import sequencer
from tipstaff.audit.canonical import moment, plain
from tipstaff.audit.models import REF_LENGTH, VERB_LENGTH, Record

DESK = "default"


class Acting(Protocol):
    """Whoever acts: `people.access.Actor` fits."""

    @property
    def ref(self) -> str: ...
    @property
    def agency(self) -> str: ...


class OutsideTransaction(AssertionError):
    """An act was recorded outside the transaction that does it: it could stand without the act, or be lost."""


class NotARecord(ValueError):
    """A record without a verb, a subject or an actor, or with one that is too long."""


def record(
    verb: str, *, subject: str, actor: Acting | str, at: datetime, compartment: str = "", **facts: object
) -> None:
    """Write down that `actor` did `verb` to `subject` at `at`, in the caller's own transaction.

    Pass the whole actor, so that the agency is recorded too, and the subject's compartment where it has one.
    `facts` are texts, whole numbers, dates, truth values and lists of them: references and reasons, never what a
    source wrote. Raises OutsideTransaction, NotARecord, canonical.NotAFact.
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


@transaction.atomic(using=DESK, durable=True)
def sequence(now: datetime) -> int:
    """Number and hash every record that waits; for the worker, and safe to run at any time, also twice at once.

    Returns how many records were numbered.
    """
    sequencer.lock()
    return sequencer.append(now)
