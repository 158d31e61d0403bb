"""What the desk finds in the hatch's log before it signs: everything is computed from the entries themselves.

The roots come from the entries, not from the tree that the hatch stores; the tree is then held against them.
So neither a changed entry nor a changed tile can hide behind the other.
"""

from dataclasses import dataclass

from tipstaff.hatch import log as hatch_log
from tipstaff.hatch import queries as hatch
from tipstaff.logbook.covers import cover, runs
from tipstaff.logbook.models import SignedHead
from tipstaff.logbook.policy import LogFacts
from tipstaff.tips import queries as tips
from tipstaff.tips.states import SetAside
from tipstaff.tlog.checkpoint import Checkpoint, open_checkpoint
from tipstaff.tlog.note import Verifier
from tipstaff.tlog.tree import EMPTY_ROOT, Edge, consistency, leaf_hash, verify_consistency
from tipstaff.tlog.wrong import Wrong

CHUNK = 1 << 15  # entries read at once: a megabyte
FAR = 1 << 62  # beyond every leaf
# Taken in to be kept and shown, but found at once not to be what the log holds at its leaf.
NEVER_IN_THE_LOG = frozenset({SetAside.NOT_IN_LOG, SetAside.LEAF_TAKEN})


@dataclass(frozen=True, slots=True)
class Last:
    """The head that was signed last: its size, its root; 0 and the empty root before the first."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Survey:
    """The log as found: the edge over all its entries, the covers since the last head, and the facts."""

    edge: Edge
    covers: tuple[int, ...]
    facts: LogFacts

    @property
    def cover_runs(self) -> list[tuple[int, int]]:
        """The covers as ranges."""
        return list(runs(self.covers))


def last_head() -> Last:
    """The newest head that the desk has signed."""
    row = SignedHead.objects.order_by("-size").values_list("size", "root").first()
    return Last(row[0], bytes(row[1])) if row else Last(0, EMPTY_ROOT)


def survey(*, cover_key: bytes, origin: str, door: Verifier, before: Survey | None = None) -> Survey:
    """Read the whole log and say what is found. A million leaves take a few seconds.

    `cover_key` tells covers from envelopes; `door` is the key that signs private checkpoints of the log
    `origin`. `before` is a survey of a moment ago that found nothing wrong: only what came since is read.
    """
    hatch_log.forget_tiles()  # what this process remembers proves nothing about what is stored now
    last, head = last_head(), hatch.private_head()
    edge = before.edge if before else Edge()
    checkpoint, wrong = _checkpoint(head, origin, door)
    marks = sorted({last.size, checkpoint.size if checkpoint else 0, head.size})
    roots, edge = _roots([mark for mark in marks if edge.size <= mark <= head.size], edge)
    seen = before.edge.size if before else -1
    if checkpoint and not wrong and checkpoint.size > seen and roots.get(checkpoint.size) != checkpoint.root:
        wrong = f"its root for {checkpoint.size} leaves is not that of the entries."
    account = _Account(before.edge.size if before else last.size, edge.size, cover_key)
    facts = LogFacts(
        last_size=last.size,
        size=head.size,
        begins_with_last=last.size < seen or roots.get(last.size) == last.root,
        tree_agrees=head.edge.root() == roots.get(head.size)
        and _consistent(last, head.size, roots.get(head.size)),
        checkpoint_wrong=wrong,
        strangers=account.strangers,
        lost=account.lost,
        foreign=_foreign_head(),
    )
    return Survey(edge, (*(before.covers if before else ()), *account.covers), facts)


def _roots(marks: list[int], edge: Edge) -> tuple[dict[int, bytes], Edge]:
    """The roots at `marks` (ascending) over the hatch's entries, and the edge at the last leaf found."""
    roots: dict[int, bytes] = {}
    for mark in marks:
        while edge.size < mark:
            start, stop = edge.size, min(mark, edge.size + CHUNK)
            entries = hatch.leaves(start, stop)
            if len(entries) != stop - start:
                return roots, edge
            edge, _ = edge.extend([leaf_hash(entry) for entry in entries])
        roots[mark] = edge.root()
    return roots, edge


class _Account:
    """Each leaf from `start` to `stop` held against what the desk took in, what waits, and the covers."""

    def __init__(self, start: int, stop: int, cover_key: bytes) -> None:
        # In this order: what the desk takes in meanwhile leaves the waiting ones only after it is among the
        # taken.
        waiting = hatch.waiting_leaves()
        taken: dict[int, set[bytes]] = {}
        for envelope in tips.accounted(start, FAR):
            if envelope.reason not in NEVER_IN_THE_LOG:
                taken.setdefault(envelope.leaf, set()).add(envelope.entry)
        size = hatch.private_head().size
        covers, strangers, lost = list[int](), list[int](), [leaf for leaf in taken if leaf >= size]
        for at in range(start, stop, CHUNK):
            for number, entry in enumerate(hatch.leaves(at, min(stop, at + CHUNK)), at):
                known = taken.get(number, set())
                if known - {entry}:
                    lost.append(number)
                elif known or waiting.get(number) == entry:
                    continue
                elif entry == cover(cover_key, number):
                    covers.append(number)
                else:
                    strangers.append(number)
        self.covers, self.strangers, self.lost = tuple(covers), tuple(strangers), tuple(sorted(lost))


def _checkpoint(head: hatch.HeadRow, origin: str, door: Verifier) -> tuple[Checkpoint | None, str]:
    if not head.checkpoint:
        # Covers alone do not make the door sign; the first accepted tip does.
        return None, ""
    try:
        checkpoint = open_checkpoint(head.checkpoint, [door]).checkpoint
    except Wrong as wrong:
        return None, str(wrong)
    if checkpoint.origin != origin:
        return checkpoint, f"it is of the log {checkpoint.origin}, not of {origin}."
    if checkpoint.size > head.size:
        return checkpoint, f"it speaks of {checkpoint.size} leaves; the log has {head.size}."
    return checkpoint, ""


def _consistent(last: Last, size: int, root: bytes | None) -> bool:
    """Whether the stored tiles themselves lead from the last head to the log as it is."""
    if root is None or size < last.size:
        return False
    try:
        proof = consistency(hatch.hash_reader(), last.size, size)
        verify_consistency(last.size, last.root, size, root, proof)
    except Wrong:
        return False
    return True


def _foreign_head() -> bool:
    public = hatch.public_head()
    if public is None:
        return False
    ours = SignedHead.objects.filter(size=public.size).values_list("note", flat=True).first()
    return ours != public.note
