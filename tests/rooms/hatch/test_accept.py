"""Envelope, mailbox, leaf and files are kept together or not at all; the log can be proved at every size."""

import os
import threading
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from django.db import IntegrityError, connections

from tipstaff.hatch import actions, log, queries
from tipstaff.hatch.actions import Accepted, Arrival, HeadMoved, UploadGone
from tipstaff.hatch.models import Envelope, Leaf, LogHead, Mailbox, Piece, SpentToken, Tile, Upload
from tipstaff.tlog.tree import inclusion, leaf_hash, root_of, verify_inclusion

TODAY = date(2026, 11, 20)


def sign(size: int, root: bytes) -> str:
    return f"{size} {root.hex()}"


def arrival(**changes: Any) -> Arrival:
    body = os.urandom(64)
    made = Arrival(
        entry=sha256(body).digest(), body=body, mailbox=os.urandom(32), opens_mailbox=True,
        token=os.urandom(32), seal=os.urandom(32),
    )  # fmt: skip
    return replace(made, **changes)


def accept(arrival: Arrival) -> Accepted:
    accepted = actions.accept(arrival=arrival, sign=sign, today=TODAY)
    assert accepted is not None
    return accepted


def kept() -> dict[str, int]:
    """How many rows each table has."""
    tables = (Envelope, Mailbox, Leaf, SpentToken, Upload, Piece, Tile)
    return {table.__name__: table.objects.count() for table in tables} | {
        "log": LogHead.objects.values_list("size", flat=True).get()
    }


def test_everything_is_kept_in_one_go() -> None:
    came = arrival()

    accepted = accept(came)

    assert accepted.leaf == 0
    assert kept() == {
        "Envelope": 1,
        "Mailbox": 1,
        "Leaf": 1,
        "SpentToken": 1,
        "Upload": 0,
        "Piece": 0,
        "Tile": 0,
        "log": 1,
    }
    [row] = queries.waiting(10)
    assert (row.entry, row.body, row.mailbox, row.day) == (came.entry, came.body, came.mailbox, TODAY)


def test_a_spent_token_keeps_nothing_more() -> None:
    came = arrival()
    accept(came)
    before = kept()

    assert actions.accept(arrival=arrival(token=came.token), sign=sign, today=TODAY) is None

    assert kept() == before


@pytest.mark.parametrize("taken", ["mailbox", "entry"])
def test_what_stands_already_is_refused_whole(taken: str) -> None:
    came = arrival()
    accept(came)
    before = kept()

    with pytest.raises(IntegrityError):
        accept(arrival(**{taken: getattr(came, taken)}))

    assert kept() == before


def test_a_signer_that_fails_leaves_nothing() -> None:
    before = kept()

    def broken(size: int, root: bytes) -> str:
        raise RuntimeError("the key is gone")

    with pytest.raises(RuntimeError):
        actions.accept(arrival=arrival(), sign=broken, today=TODAY)

    assert kept() == before


def test_staged_files_are_adopted_once() -> None:
    upload = os.urandom(16)
    for number, body in enumerate((b"one", b"two")):
        actions.stage_piece(upload=upload, number=number, body=body, today=TODAY)
    came = arrival(uploads=[upload])
    accept(came)

    assert queries.uploads_of(came.entry) == [upload]
    assert list(queries.pieces(upload)) == [b"one", b"two"]
    before = kept()
    with pytest.raises(UploadGone):
        accept(arrival(uploads=[upload]))
    assert kept() == before


def test_a_file_that_was_swept_stops_its_tip() -> None:
    before = kept()

    with pytest.raises(UploadGone):
        accept(arrival(uploads=[os.urandom(16)]))

    assert kept() == before


def test_sweeping_takes_only_what_nobody_adopted_and_is_old() -> None:
    adopted, abandoned, fresh = (os.urandom(16) for _ in range(3))
    for upload, day in ((adopted, TODAY), (abandoned, TODAY), (fresh, date(2026, 11, 22))):
        actions.stage_piece(upload=upload, number=0, body=b"piece", today=day)
    accept(arrival(uploads=[adopted]))

    assert actions.sweep(before=date(2026, 11, 22)) == 1

    assert sorted(bytes(id) for id in Upload.objects.values_list("id", flat=True)) == sorted([adopted, fresh])
    assert SpentToken.objects.count() == 0


def test_acknowledging_empties_the_queue_and_keeps_the_leaf() -> None:
    upload = os.urandom(16)
    actions.stage_piece(upload=upload, number=0, body=b"piece", today=TODAY)
    came = arrival(uploads=[upload])
    accept(came)

    actions.acknowledge(entries=[came.entry])

    assert kept() == {
        "Envelope": 0,
        "Mailbox": 1,
        "Leaf": 1,
        "SpentToken": 1,
        "Upload": 0,
        "Piece": 0,
        "Tile": 0,
        "log": 1,
    }
    assert queries.leaves(0, 1) == [came.entry]


@pytest.mark.parametrize("count", [1, 2, 255, 256, 257, 700])
def test_every_leaf_can_be_proved_from_the_tables(count: int) -> None:
    entries = [os.urandom(32) for _ in range(count)]
    log.forget_tiles()

    edge = actions.append_covers(entries=entries, expected_size=0)

    assert edge.root() == root_of([leaf_hash(entry) for entry in entries])
    for index in {0, count // 2, count - 1}:
        path = inclusion(queries.hash_reader(), index, count)
        verify_inclusion(index, count, leaf_hash(entries[index]), path, edge.root())


def test_the_path_that_a_sender_gets_leads_to_the_signed_root() -> None:
    actions.append_covers(entries=[os.urandom(32) for _ in range(300)], expected_size=0)
    came = arrival()

    accepted = accept(came)

    size, root = accepted.checkpoint.split(" ")
    verify_inclusion(300, int(size), leaf_hash(came.entry), accepted.path, bytes.fromhex(root))


def test_covers_are_not_appended_to_a_log_that_moved() -> None:
    accept(arrival())
    before = kept()

    with pytest.raises(HeadMoved):
        actions.append_covers(entries=[os.urandom(32)], expected_size=0)

    assert kept() == before


@pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
def test_sixteen_at_once_are_sixteen_leaves() -> None:
    came = [arrival() for _ in range(16)]
    leaves: list[int] = []

    def send(one: Arrival) -> None:
        try:
            leaves.append(accept(one).leaf)
        finally:
            connections["hatch"].close()

    senders = [threading.Thread(target=send, args=(one,)) for one in came]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert sorted(leaves) == list(range(16))
    assert sorted(queries.leaves(0, 16)) == sorted(one.entry for one in came)


@pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
def test_the_same_form_twice_at_once_is_kept_once() -> None:
    token = os.urandom(32)
    outcomes: list[bool] = []

    def send() -> None:
        try:
            outcomes.append(actions.accept(arrival=arrival(token=token), sign=sign, today=TODAY) is not None)
        finally:
            connections["hatch"].close()

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert sorted(outcomes) == [False, False, False, True]
    assert kept()["Envelope"] == 1
