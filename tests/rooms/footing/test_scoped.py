"""A queryset that was not told who asks crashes; it never shows everything."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.audit.models import Record
from tipstaff.footing.scoped import NoActorGiven, ScopedQuerySet
from tipstaff.people.access import Actor

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ANA = Actor("ana", "harbour-police", frozenset({("audit.record.see", "harbour")}))


@pytest.fixture(autouse=True)
def _two_records() -> None:
    with transaction.atomic():
        record("tips.tip.claimed", subject="TIP-1", actor="ben", at=NOON, compartment="harbour")
        record("tips.tip.claimed", subject="TIP-2", actor="cleo", at=NOON, compartment="ridge")


READS: dict[str, Callable[[ScopedQuerySet[Record]], Any]] = {
    "list": list,
    "len": len,
    "bool": bool,
    "first": lambda q: q.first(),
    "last": lambda q: q.last(),
    "get": lambda q: q.get(subject="TIP-1"),
    "index": lambda q: q[0],
    "slice": lambda q: list(q[:2]),
    "count": lambda q: q.count(),
    "exists": lambda q: q.exists(),
    "contains": lambda q: q.contains(Record(pk=1)),
    "aggregate": lambda q: q.aggregate(),
    "iterator": lambda q: list(q.iterator()),
    "values": lambda q: list(q.values("subject")),
    "values_list": lambda q: list(q.values_list("subject", flat=True)),
    "in_bulk": lambda q: q.in_bulk([1]),
    "latest": lambda q: q.latest("pk"),
    "dates": lambda q: list(q.datetimes("at", "day")),
    "filter, order, exclude": lambda q: list(q.filter(verb="x").exclude(actor="y").order_by("pk")),
    "union": lambda q: list(q.union(q)),
    "get_or_create": lambda q: q.get_or_create(subject="TIP-1"),
    "explain": lambda q: q.explain(),
    "update": lambda q: q.update(actor="ana"),
    "delete": lambda q: q.delete(),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_nothing_is_read_before_an_actor_was_given(read: Callable[[Any], Any]) -> None:
    with pytest.raises(NoActorGiven, match="Record was read without an actor"):
        read(Record.objects.get_queryset())


def test_an_actor_sees_only_what_is_theirs() -> None:
    assert [r.subject for r in Record.objects.seen_by(ANA)] == ["TIP-1"]
    assert Record.objects.seen_by(ANA).count() == 1
    assert not Record.objects.seen_by(ANA).filter(subject="TIP-2").exists()


def test_the_scope_stays_through_further_filters() -> None:
    seen = Record.objects.seen_by(ANA).filter(verb="tips.tip.claimed").order_by("-pk")

    assert list(seen.values_list("subject", flat=True)) == ["TIP-1"]


def test_everything_is_read_for_a_stated_reason() -> None:
    assert Record.objects.unscoped("the test counts all").count() == 2


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_empty_reason_is_none(reason: str) -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        Record.objects.unscoped(reason)


def test_creating_asks_nobody() -> None:
    Record.objects.create(verb="v", subject="s", actor="a", at=NOON)

    assert Record.objects.unscoped("the test counts all").count() == 3
