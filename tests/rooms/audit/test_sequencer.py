"""Records are numbered once each, by however many sequencers, and hashed so that anyone can compute it again."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from tests.rooms.audit.conftest import NOON
from tipstaff.audit import sequencer
from tipstaff.audit.actions import record, sequence
from tipstaff.audit.jobs import number_records
from tipstaff.audit.models import Head, Numbered, Record
from tipstaff.people.access import Actor
from tipstaff.tlog.tree import Edge, leaf_hash, root_of

Write = Callable[..., None]


def numbers() -> list[tuple[int, str]]:
    """Number and subject, in the log's order."""
    subjects = dict(Record.objects.unscoped("the test reads all").values_list("pk", "subject"))
    return [(row.number, subjects[row.record]) for row in Numbered.objects.order_by("number")]


def test_records_are_numbered_in_their_order_from_nought(write: Write) -> None:
    write("TIP-1", "TIP-2", "TIP-3")

    assert sequence(NOON) == 3

    assert numbers() == [(0, "TIP-1"), (1, "TIP-2"), (2, "TIP-3")]


def test_numbering_again_numbers_nothing(write: Write) -> None:
    write("TIP-1")
    sequence(NOON)

    assert sequence(NOON) == 0
    assert number_records(NOON + timedelta(hours=2)) == 0

    assert numbers() == [(0, "TIP-1")]
    assert Head.objects.count() == 1


def test_an_empty_record_has_an_empty_log() -> None:
    assert sequence(NOON) == 0
    assert (Numbered.objects.count(), Head.objects.count()) == (0, 0)


def test_numbering_goes_on_where_it_stopped(write: Write) -> None:
    write("TIP-1", "TIP-2")
    sequence(NOON)
    write("TIP-3")
    sequence(NOON + timedelta(hours=3))
    write("TIP-4")
    sequence(NOON + timedelta(hours=6))

    assert numbers() == [(0, "TIP-1"), (1, "TIP-2"), (2, "TIP-3"), (3, "TIP-4")]
    assert [head.size for head in Head.objects.order_by("size")] == [2, 3, 4]


def test_a_record_that_appears_late_with_a_low_id_is_numbered_all_the_same(write: Write, ana: Actor) -> None:
    write("TIP-1")
    taken = Record.objects.unscoped("the test reads all").get().pk
    sequence(NOON)
    # PostgreSQL gave this id to a transaction that committed only after the sequencer had run.
    Record.objects.create(pk=taken - 1, verb="v", subject="LATE", actor="ana", at=NOON, facts={})

    assert sequence(NOON + timedelta(seconds=5)) == 1
    assert numbers() == [(0, "TIP-1"), (1, "LATE")]


def test_more_records_than_one_batch(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "BATCH", 3)
    write(*(f"TIP-{n}" for n in range(8)))

    assert sequence(NOON) == 8
    assert [number for number, _ in numbers()] == list(range(8))


def test_the_hash_can_be_computed_by_hand(write: Write, ana: Actor) -> None:
    write("TIP-1", "TIP-2", note="ñandú", days=3, seen=["b", "a"])
    sequence(NOON)

    leaves = []
    for row in Record.objects.unscoped("the test reads all").order_by("pk"):
        fields = {
            "record": row.pk,
            "verb": "tips.tip.claimed",
            "subject": row.subject,
            "actor": "ana",
            "agency": "harbour-police",
            "compartment": "harbour",
            "at": "2026-11-20T12:00:00.000000Z",
            "facts": {"note": "ñandú", "days": 3, "seen": ["b", "a"]},
        }
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        leaves.append(hashlib.sha256(b"\0" + text.encode()).digest())
    root = hashlib.sha256(b"\1" + leaves[0] + leaves[1]).digest()
    assert [bytes(row.leaf) for row in Numbered.objects.order_by("number")] == leaves
    assert bytes(Head.objects.get().root) == root == root_of(leaves)
    assert Edge.from_bytes(bytes(Head.objects.get().edge)).root() == root


def test_two_records_that_say_the_same_have_two_hashes(write: Write) -> None:
    write("TIP-1", "TIP-1")
    sequence(NOON)

    first, second = (bytes(row.leaf) for row in Numbered.objects.order_by("number"))
    assert first != second


@pytest.fixture
def rival() -> Iterator[Callable[[Callable[[], object]], threading.Thread]]:
    """Run something in another thread, with connections of its own; at the end all have come to an end."""
    threads: list[threading.Thread] = []

    def run(act: Callable[[], object]) -> threading.Thread:
        def whole() -> None:
            try:
                act()
            finally:
                connections.close_all()

        thread = threading.Thread(target=whole)
        threads.append(thread)
        thread.start()
        return thread

    yield run
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()


@pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
def test_a_second_sequencer_in_the_middle_of_the_first_numbers_nothing_twice(
    write: Write, rival: Callable[[Callable[[], object]], threading.Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(*(f"TIP-{n}" for n in range(5)))
    done: list[int] = []
    started = threading.Event()

    def second() -> None:
        started.set()
        done.append(sequence(NOON))

    ours, newest = threading.current_thread(), sequencer.newest_edge

    def newest_with_rival() -> Edge:
        edge = newest()  # the first sequencer has read where the log ends …
        if threading.current_thread() is ours:
            waiting = rival(second)  # … when a second one comes
            started.wait(10)
            waiting.join(timeout=0.3)
            assert waiting.is_alive(), "the second waits for the first"
        return edge

    monkeypatch.setattr(sequencer, "newest_edge", newest_with_rival)

    assert sequence(NOON) == 5
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(timeout=30)

    assert done == [0]
    assert numbers() == [(n, f"TIP-{n}") for n in range(5)]


@pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
def test_even_without_the_lock_the_database_refuses_a_second_number(write: Write) -> None:
    write("TIP-1", "TIP-2")
    sequence(NOON)
    first = Numbered.objects.get(number=0)

    for number, of in [(0, 99), (7, first.record)]:
        with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
            Numbered.objects.create(number=number, record=of, leaf=leaf_hash(b"x"), root=leaf_hash(b"x"))

    assert numbers() == [(0, "TIP-1"), (1, "TIP-2")]


@pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
def test_a_record_of_an_unfinished_act_waits(
    ana: Actor, rival: Callable[[Callable[[], object]], threading.Thread]
) -> None:
    if connection.vendor == "sqlite":
        # One writer: while the act is unfinished the sequencer waits for it.
        with transaction.atomic():
            record("v", subject="OPEN", actor=ana, at=NOON)
            waiting = rival(lambda: sequence(NOON))
            waiting.join(timeout=0.3)
            assert waiting.is_alive()
        waiting.join(timeout=30)
        assert numbers() == [(0, "OPEN")]
        return
    with transaction.atomic():
        record("v", subject="OPEN", actor=ana, at=NOON)
        waiting = rival(lambda: sequence(NOON))
        waiting.join(timeout=30)
        assert Numbered.objects.count() == 0
    sequence(NOON)
    assert numbers() == [(0, "OPEN")]
