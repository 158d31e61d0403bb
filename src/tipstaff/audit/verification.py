"""Computing the whole audit log again from the records, and naming the first thing that is not as it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from tipstaff.audit.models import Head, Numbered, Record
from tipstaff.audit.sequencer import BATCH, FROM_THE_START, entry_of, settled, unnumbered
from tipstaff.tlog.tree import EMPTY_ROOT, Edge, leaf_hash


@dataclass(frozen=True, slots=True)
class Noted:
    """A head of the log that somebody noted earlier: its size, and its root in hexadecimal."""

    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What the check found. `problem` is a sentence, or None when every record is as it was written.

    `kind` is "", "changed", "missing", "out of order", "unnumbered" or "rewritten"; `record` is the record's
    id.
    """

    numbered: int
    waiting: int
    root: str
    kind: str = ""
    record: int | None = None
    problem: str | None = None

    @property
    def sound(self) -> bool:
        """Is everything as it was written?"""
        return self.problem is None


class _Wrong(Exception):
    def __init__(self, kind: str, record: int | None, problem: str) -> None:
        super().__init__(problem)
        self.kind, self.record, self.problem = kind, record, problem


def verify(now: datetime, noted: Noted | None = None) -> Verified:
    """Recompute every leaf and root in order; compare with what is stored, and with a head noted earlier."""
    floor = settled(now)
    waiting = unnumbered(FROM_THE_START).count()
    edge = Edge()
    try:
        edge = _recomputed(noted)
        _check_head(edge)
        _check_noted(edge, noted)
        forgotten = unnumbered(FROM_THE_START).filter(pk__lte=floor).order_by("pk").first()
        if forgotten is not None:
            raise _Wrong(
                "unnumbered",
                forgotten.pk,
                f"Record {forgotten.pk} was never numbered, though later ones were.",
            )
    except _Wrong as wrong:
        head = Head.objects.order_by("-size").first()
        size, root = (0, EMPTY_ROOT) if head is None else (head.size, bytes(head.root))
        return Verified(size, waiting, root.hex(), wrong.kind, wrong.record, wrong.problem)
    return Verified(edge.size, waiting, (edge.root() if edge.size else EMPTY_ROOT).hex())


def _recomputed(noted: Noted | None) -> Edge:
    edge = Edge()
    numbered = Numbered.objects.order_by("number").iterator(chunk_size=BATCH)
    while batch := list(islice(numbered, BATCH)):
        every = Record.objects.unscoped("the check reads every record")
        records = {record.pk: record for record in every.filter(pk__in=[row.record for row in batch])}
        for row in batch:
            edge = _next(edge, row, records.get(row.record))
            if noted is not None and noted.size == edge.size and noted.root != edge.root().hex():
                raise _Wrong(
                    "rewritten", None,
                    f"The first {noted.size} records are not those whose root was noted: it was rewritten.",
                )  # fmt: skip
    return edge


def _next(edge: Edge, row: Numbered, record: Record | None) -> Edge:
    if row.number != edge.size:
        raise _Wrong("missing", None, f"Number {edge.size} is missing: the next one there is {row.number}.")
    if record is None:
        raise _Wrong("missing", row.record, f"Record {row.record}, number {row.number}, is missing.")
    leaf = leaf_hash(entry_of(record))
    if leaf != bytes(row.leaf):
        said = f"{record.verb} on {record.subject} by {record.actor}"
        raise _Wrong(
            "changed",
            record.pk,
            f"Record {record.pk}, number {row.number}, was changed after it was written: now {said}.",
        )
    longer, _ = edge.append(leaf)
    if longer.root() != bytes(row.root):
        raise _Wrong("out of order", record.pk, f"Record {record.pk} does not belong at number {row.number}.")
    return longer


def _check_head(edge: Edge) -> None:
    head = Head.objects.order_by("-size").first()
    size = 0 if head is None else head.size
    if size > edge.size:
        raise _Wrong("missing", None, f"Number {edge.size} is missing: the log once had {size} numbers.")
    if size < edge.size or (head is not None and bytes(head.root) != edge.root()):
        raise _Wrong(
            "rewritten", None, f"The log's last head, of {size} records, does not belong to these records."
        )


def _check_noted(edge: Edge, noted: Noted | None) -> None:
    if noted is not None and noted.size > edge.size:
        raise _Wrong("missing", None, f"The head noted had {noted.size} records; there are {edge.size} now.")


def heads() -> Iterator[Noted]:
    """The newest ten heads, to note down."""
    for size, root in Head.objects.order_by("-size").values_list("size", "root")[:10]:
        yield Noted(size, bytes(root).hex())
