"""Numbering records and hashing them into the audit log.

Records are written by many transactions at once; one sequencer after the other gives them numbers, so that
the verbs never queue for the log. Leaf n is the RFC 6962 hash of record n's canonical bytes; with it goes
the root of the tree so far. Whoever knows a root (an auditor who noted it down, a printed head) notices any
change of what came before.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from django.db import connections, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from tipstaff.audit.canonical import canonical, moment
from tipstaff.audit.models import Head, Numbered, Record
from tipstaff.tlog.tree import Edge, leaf_hash

DESK: Final = "default"
BATCH: Final = 500
# PostgreSQL hands out a record's id before its transaction commits, so a low id may appear late. No verb
# takes an hour.
SETTLES: Final = timedelta(hours=1)
FROM_THE_START: Final = -1
_LOCK: Final = 0x7469_7073_7461_6666  # any number that no other advisory lock of ours uses


def entry_of(record: Record) -> bytes:
    """The bytes that stand for a record in the log."""
    return canonical(
        {
            "actor": record.actor,
            "agency": record.agency,
            "at": moment(record.at),
            "compartment": record.compartment,
            "facts": record.facts,
            "record": record.pk,
            "subject": record.subject,
            "verb": record.verb,
        }
    )


def lock() -> None:
    """Wait until no other sequencer runs; held to the end of the transaction.

    On SQLite the transaction itself is the lock: it began as the only writer (`transaction_mode` IMMEDIATE).
    """
    connection = connections[DESK]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@transaction.atomic(durable=True)
def sequence(now: datetime) -> int:
    """Number and hash every record that waits; for the worker, safe at any time, also twice at once.

    Returns how many records were numbered.
    """
    lock()
    return append(now)


def append(now: datetime) -> int:
    """Number every record that has none, under `lock`. Returns how many."""
    edge = newest_edge()
    start = edge.size
    for batch in _batches(unnumbered(settled(now)).order_by("pk").iterator(chunk_size=BATCH)):
        rows = []
        for record in batch:
            leaf = leaf_hash(entry_of(record))
            edge, _ = edge.append(leaf)
            rows.append(Numbered(number=edge.size - 1, record=record.pk, leaf=leaf, root=edge.root()))
        Numbered.objects.bulk_create(rows)
    if edge.size > start:
        Head.objects.create(size=edge.size, root=edge.root(), edge=edge.to_bytes(), at=now)
    return edge.size - start


def newest_edge() -> Edge:
    """The tree's right edge after the last run; an empty tree's before the first."""
    head = Head.objects.order_by("-size").first()
    return Edge() if head is None else Edge.from_bytes(bytes(head.edge))


def settled(now: datetime) -> int:
    """Up to this record id everything was numbered long enough ago that no older record can still appear."""
    head = Head.objects.filter(at__lt=now - SETTLES).order_by("-size").first()
    if head is None:
        return FROM_THE_START
    # The highest id of a run that numbered out of order may lie a batch back; it is only a place to start
    # looking.
    newest = Numbered.objects.filter(number__lt=head.size, number__gte=head.size - BATCH)
    return int(newest.aggregate(highest=Max("record"))["highest"] or 0)


def unnumbered(after: int) -> QuerySet[Record]:
    """Records with an id above `after` that have no number."""
    records = Record.objects.unscoped("the sequencer numbers every record").filter(pk__gt=after)
    return records.filter(~Exists(Numbered.objects.filter(record=OuterRef("pk"))))


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(islice(records, BATCH)):
        yield batch
