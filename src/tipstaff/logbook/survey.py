"""What the desk finds in the hatch's log before it signs: everything is computed from the entries themselves.

The roots come from the entries, not from the tree that the hatch stores; the tree is then held against them.
So neither a changed entry nor a changed tile can hide behind the other.
"""

from collections.abc import Iterable
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
from tipstaff.tlog.tree import (
    EMPTY_ROOT,
    HASH,
    TILE_HEIGHT,
    TILE_WIDTH,
    Edge,
    Node,
    consistency,
    leaf_hash,
    verify_consistency,
)
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
    """Read the whole log and say what is found. A million leaves take ten seconds or so.

    `cover_key` tells covers from envelopes; `door` is the key that signs private checkpoints of the log
    `origin`. `before` is a survey of a moment ago that found nothing wrong: only what came since is read.
    """
    hatch_log.forget_tiles()  # what this process remembers proves nothing about what is stored now
    last, head = last_head(), hatch.private_head()
    checkpoint, wrong = _checkpoint(head, origin, door)
    marks = sorted({last.size, checkpoint.size if checkpoint else 0, head.size})
    walk = _Walk(before.edge if before else Edge())
    seen = before.edge.size if before else -1
    walk.to([mark for mark in marks if seen < mark <= head.size])
    if (
        checkpoint
        and not wrong
        and checkpoint.size > seen
        and walk.roots.get(checkpoint.size) != checkpoint.root
    ):
        wrong = f"its root for {checkpoint.size} leaves is not that of the entries."
    account = _Account(before.edge.size if before else last.size, walk.edge.size, cover_key)
    root = walk.roots.get(head.size)
    facts = LogFacts(
        last_size=last.size,
        size=head.size,
        begins_with_last=last.size < seen or walk.roots.get(last.size) == last.root,
        tree_agrees=walk.tiles_agree and head.edge.root() == root and _consistent(last, head.size, root),
        checkpoint_wrong=wrong,
        strangers=account.strangers,
        lost=account.lost,
        foreign=_foreign_head(),
    )
    return Survey(walk.edge, (*(before.covers if before else ()), *account.covers), facts)


class _Walk:
    """An edge that is led over the hatch's entries, and every stored tile on the way held against them."""

    def __init__(self, edge: Edge) -> None:
        self.edge = edge
        self.roots = {edge.size: edge.root()}
        self.tiles_agree = True
        first = edge.size - edge.size % TILE_WIDTH
        self._row = [leaf_hash(entry) for entry in hatch.leaves(first, edge.size)]

    def to(self, marks: Iterable[int]) -> None:
        """Note the roots at `marks` (ascending); stop where a leaf is missing."""
        for mark in marks:
            while self.edge.size < mark:
                start, stop = self.edge.size, min(mark, self.edge.size + CHUNK)
                entries = hatch.leaves(start, stop)
                if len(entries) != stop - start:
                    return
                self._extend([leaf_hash(entry) for entry in entries])
            self.roots[mark] = self.edge.root()

    def _extend(self, leaves: list[bytes]) -> None:
        first = self.edge.size - len(self._row)
        self.edge, nodes = self.edge.extend(leaves)
        self._row += leaves
        whole = len(self._row) - len(self._row) % TILE_WIDTH
        for at in range(0, whole, TILE_WIDTH):
            self._compare(0, (first + at) // TILE_WIDTH, 0, self._row[at : at + TILE_WIDTH])
        del self._row[:whole]
        above: dict[tuple[int, int], list[Node]] = {}
        for node in nodes:
            if node.height:
                place = (node.height // TILE_HEIGHT, node.number // TILE_WIDTH)
                above.setdefault(place, []).append(node)
        for (level, number), complete in above.items():
            self._compare(level, number, complete[0].number % TILE_WIDTH, [node.hash for node in complete])

    def _compare(self, level: int, number: int, place: int, hashes: list[bytes]) -> None:
        stored = hatch.hash_reader()(level, number, place + len(hashes))
        self.tiles_agree = self.tiles_agree and stored[place * HASH :] == b"".join(hashes)


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
