"""The account of the log: every leaf as opened, not openable (why), waiting, or cover."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tipstaff.hatch import queries as hatch
from tipstaff.kernel.decision import Refusal
from tipstaff.logbook.access import SEE, visible_alarms, visible_heads
from tipstaff.logbook.models import Alarm, SignedHead
from tipstaff.people.access import Actor
from tipstaff.tips import queries as tips

PART = 1 << 14  # leaves accounted for at once


class LeafKind(StrEnum):
    """What a leaf of the log stands for."""

    OPENED = "opened"
    NOT_OPENABLE = "not-openable"
    WAITING = "waiting"
    COVER = "cover"
    # Since the last head only: a cover of a run that broke off, or something the next survey will refuse.
    NOT_YET_KNOWN = "not-yet-known"


@dataclass(frozen=True, slots=True)
class LeafRow:
    """One leaf: its number, its entry, what it stands for, and for one that does not open, why."""

    number: int
    entry: bytes
    kind: LeafKind
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One public head: leaves `since` to `size`, when it was signed, how many leaves it added, by kind."""

    since: int
    size: int
    signed_at: datetime
    counts: dict[str, int]

    @property
    def envelopes(self) -> int:
        """Leaves that stand for an envelope."""
        return sum(count for kind, count in self.counts.items() if kind != LeafKind.COVER)


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """A refusal to sign: at how many leaves, by which rules, in which English words, each with its facts, when."""

    size: int
    rules: tuple[str, ...]
    because: str
    refusals: tuple[Refusal, ...]
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class Totals:
    """How many leaves of each kind the log has, and its sizes: the whole, and what is public."""

    size: int
    public: int
    counts: dict[str, int]


def last_signed_at() -> datetime | None:
    """When the desk last signed a public head."""
    return SignedHead.objects.order_by("-size").values_list("signed_at", flat=True).first()


def standing_alarm() -> AlarmRow | None:
    """The newest refusal, unless a head was signed after it. Jobs and the doctor ask, without an actor."""
    return _standing(Alarm.objects.order_by("-pk").first())


def alarms(actor: Actor, limit: int = 20) -> list[AlarmRow]:
    """The newest refusals, the newest first. Raises NotAllowed."""
    return [_alarm_row(alarm) for alarm in visible_alarms(actor).reverse()[:limit]]


def account(actor: Actor, start: int = 0, stop: int | None = None) -> Iterator[LeafRow]:
    """Every leaf from `start` up to `stop` (the log's end), in order. Raises NotAllowed."""
    actor.must(SEE)
    size = hatch.private_head().size
    return _account(start, size if stop is None else min(stop, size), _Covers())


def totals(actor: Actor) -> Totals:
    """The whole log in numbers. Raises NotAllowed."""
    counts = Counter(row.kind.value for row in account(actor))
    newest = visible_heads(actor).values_list("size", flat=True).last()
    return Totals(sum(counts.values()), newest or 0, _every_kind(counts))


def newest_heads(actor: Actor, limit: int = 14) -> list[HeadRow]:
    """The newest public heads, the newest first, each with what it added. Raises NotAllowed."""
    covers = _Covers()
    rows = visible_heads(actor).reverse().values_list("since", "size", "signed_at")[:limit]
    return [
        HeadRow(
            since, size, at, _every_kind(Counter(row.kind.value for row in _account(since, size, covers)))
        )
        for since, size, at in rows
    ]


class _Covers:
    """Which leaves are covers, from the ranges that were kept with each head."""

    def __init__(self) -> None:
        kept = SignedHead.objects.order_by("size").values_list("covers", flat=True)
        self._ranges: list[tuple[int, int]] = [(start, stop) for ranges in kept for start, stop in ranges]

    def __contains__(self, number: int) -> bool:
        at = bisect_right(self._ranges, (number, 1 << 63))
        return at > 0 and number < self._ranges[at - 1][1]


def _account(start: int, stop: int, covers: _Covers) -> Iterator[LeafRow]:
    for at in range(start, stop, PART):
        until = min(stop, at + PART)
        waiting = hatch.waiting_leaves()  # before the taken ones: see survey.py
        taken = {envelope.entry: envelope for envelope in tips.accounted(at, until)}
        for number, entry in enumerate(hatch.leaves(at, until), at):
            if envelope := taken.get(entry):
                yield LeafRow(number, entry, LeafKind(envelope.state), envelope.reason)
            elif waiting.get(number) == entry:
                yield LeafRow(number, entry, LeafKind.WAITING)
            elif number in covers:
                yield LeafRow(number, entry, LeafKind.COVER)
            else:
                yield LeafRow(number, entry, LeafKind.NOT_YET_KNOWN)


def _every_kind(counts: Counter[str]) -> dict[str, int]:
    return {kind.value: counts[kind.value] for kind in LeafKind}


def _standing(alarm: Alarm | None) -> AlarmRow | None:
    signed_at = last_signed_at()
    if alarm is None or (signed_at is not None and signed_at > alarm.raised_at):
        return None
    return _alarm_row(alarm)


def _alarm_row(alarm: Alarm) -> AlarmRow:
    kept = alarm.refusals or [{"rule": "", "says": alarm.because}]
    refusals = tuple(Refusal(**refusal) for refusal in kept)
    return AlarmRow(alarm.size, tuple(alarm.rules), alarm.because, refusals, alarm.raised_at)
