"""Taking envelopes in: believed only when the door signed for them, recorded before the hatch may forget."""

from hashlib import sha256
from typing import Any

import pytest
from django.db import connections

from tests.offices import TestOffice
from tests.rooms.tips.conftest import NOON, records
from tests.rooms.tips.source import PIECE, Source
from tipstaff.hatch import actions as hatch_actions
from tipstaff.hatch import queries as hatch
from tipstaff.people.access import Actor, NotAllowed, system
from tipstaff.tips import actions, jobs
from tipstaff.tips.actions.intake import Arrival
from tipstaff.tips.checking import HatchNotBelieved
from tipstaff.tips.models import Attachment, Body, Envelope, Piece


def envelopes() -> list[Envelope]:
    return list(Envelope.objects.unscoped("a test looks").order_by("leaf"))


def spoil(statement: str, *values: str | int | bytes) -> None:
    with connections["hatch"].cursor() as cursor:
        cursor.execute(statement, values)


def test_what_waits_is_recorded_sealed_and_the_hatch_is_emptied(source: Source) -> None:
    accepted = source.tip()
    (waiting,) = hatch.waiting(10)

    assert jobs.take_in_waiting(NOON) == 1

    (envelope,) = envelopes()
    assert (bytes(envelope.entry), envelope.leaf) == (waiting.entry, accepted.leaf)
    assert (bytes(envelope.mailbox), envelope.day) == (source.mailbox, waiting.day)
    assert (envelope.state, envelope.compartment) == ("waiting", "harbour")
    assert bytes(Body.objects.get(envelope=envelope).body) == waiting.body
    assert hatch.count_waiting() == 0
    assert hatch.leaves(0, 1) == [waiting.entry]
    assert records("tips.") == [("tips.envelope.taken_in", "system:worker")]


def test_files_are_copied_piece_by_piece(source: Source) -> None:
    data = bytes(range(256)) * 10_000
    file = source.file("boats.jpg", data)
    source.tip(files=(file,))

    jobs.take_in_waiting(NOON)

    row = Attachment.objects.get()
    pieces = [bytes(body) for body in Piece.objects.order_by("number").values_list("body", flat=True)]
    assert len(pieces) == 3
    assert max(map(len, pieces)) <= PIECE
    assert sha256(b"".join(pieces)).hexdigest() == file.sha256 == bytes(row.sha256).hex()
    assert row.sealed_size == sum(map(len, pieces))
    assert list(hatch.pieces(bytes.fromhex(file.upload))) == []


def test_a_crash_before_the_acknowledgement_repeats_and_doubles_nothing(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.tip(files=(source.file("boats.jpg", b"boats"),))

    def crash(**given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(hatch_actions, "acknowledge", crash)
        with pytest.raises(KeyboardInterrupt):
            jobs.take_in_waiting(NOON)
    first = [(row.pk, bytes(row.entry)) for row in envelopes()]
    assert (len(first), hatch.count_waiting()) == (1, 1)

    assert jobs.take_in_waiting(NOON) == 0

    assert [(row.pk, bytes(row.entry)) for row in envelopes()] == first
    assert (hatch.count_waiting(), Attachment.objects.count(), Piece.objects.count()) == (0, 1, 1)


def test_a_crash_between_files_and_envelope_loses_neither(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = source.file("boats.jpg", b"boats")
    source.tip(files=(file,))

    def crash(**given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(actions, "take_in", crash)
        with pytest.raises(KeyboardInterrupt):
            jobs.take_in_waiting(NOON)
    assert (envelopes(), Piece.objects.count(), hatch.count_waiting()) == ([], 1, 1)

    assert jobs.take_in_waiting(NOON) == 1

    assert Piece.objects.count() == 1
    assert bytes(Attachment.objects.get().sha256).hex() == file.sha256


def test_more_than_one_batch_is_taken_in(harbour: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 2)
    for _ in range(5):
        Source(harbour).tip()

    assert jobs.take_in_waiting(NOON) == 5

    assert [row.leaf for row in envelopes()] == [0, 1, 2, 3, 4]


def test_changed_bytes_are_kept_and_explained(source: Source) -> None:
    source.tip()
    (waiting,) = hatch.waiting(1)
    changed = waiting.body[:-1] + bytes([waiting.body[-1] ^ 1])
    spoil("UPDATE hatch_envelope SET body = %s", changed)

    jobs.take_in_waiting(NOON)

    (envelope,) = envelopes()
    assert (envelope.state, envelope.reason) == ("not-openable", "altered")
    assert bytes(Body.objects.get().body) == changed


def test_an_envelope_that_the_door_never_signed_for_is_set_aside(source: Source) -> None:
    source.tip()
    forged = b"slipped in behind the door's back"
    entry = sha256(forged).digest()
    spoil(
        "INSERT INTO hatch_envelope (entry, leaf, mailbox, body, day) VALUES (%s, %s, %s, %s, %s)",
        entry, 7, source.mailbox, forged, "2026-11-20",
    )  # fmt: skip

    jobs.take_in_waiting(NOON)

    genuine, slipped = envelopes()
    assert (genuine.state, genuine.reason) == ("waiting", "")
    assert (slipped.state, slipped.reason) == ("not-openable", "not-in-log")


def test_an_envelope_moved_to_anothers_leaf_is_set_aside(harbour: TestOffice) -> None:
    Source(harbour).tip()
    Source(harbour).tip()
    first, second = hatch.waiting(2)
    spoil("UPDATE hatch_envelope SET leaf = 9 WHERE entry = %s", first.entry)
    spoil("UPDATE hatch_envelope SET leaf = 0 WHERE entry = %s", second.entry)

    jobs.take_in_waiting(NOON)

    assert {row.reason for row in envelopes()} == {"not-in-log"}


def test_a_head_that_another_key_signed_stops_the_intake(source: Source) -> None:
    source.tip()
    note = source.office.notice_signer.sign("somebody else's words\n")
    spoil("UPDATE hatch_loghead SET checkpoint = %s", note)

    with pytest.raises(HatchNotBelieved, match="Nothing was taken in"):
        jobs.take_in_waiting(NOON)

    assert envelopes() == []
    assert hatch.count_waiting() == 1


def test_what_was_taken_in_is_opened_even_when_the_hatch_is_not_believed(harbour: TestOffice) -> None:
    Source(harbour).tip()
    jobs.take_in_waiting(NOON)
    Source(harbour).tip()
    spoil("UPDATE hatch_loghead SET checkpoint = 'torn'")

    with pytest.raises(HatchNotBelieved):
        jobs.open_waiting(harbour.keyring, NOON)

    assert [row.state for row in envelopes()] == ["opened"]


def test_a_second_envelope_at_one_leaf_is_kept_with_its_reason(harbour: TestOffice) -> None:
    arrivals = [Arrival(bytes([n]) * 32, 3, NOON.date(), bytes(32), b"sealed") for n in (1, 2)]

    actions.take_in(arrivals=arrivals, compartment="harbour", actor=system("worker"), now=NOON)

    assert [(row.leaf, row.reason) for row in envelopes()] == [(3, ""), (3, "leaf-taken")]


def test_the_same_entry_twice_is_one_envelope(harbour: TestOffice) -> None:
    arrival = Arrival(bytes(32), 3, NOON.date(), bytes(32), b"sealed")
    given: dict[str, Any] = {"compartment": "harbour", "actor": system("worker"), "now": NOON}

    taken = [actions.take_in(arrivals=[arrival, arrival], **given) for _ in range(2)]

    assert taken == [1, 0]
    assert len(envelopes()) == 1


@pytest.mark.parametrize("who", ["dora"])
def test_who_may_not_open_envelopes_takes_none_in(
    request: pytest.FixtureRequest, harbour: TestOffice, who: str
) -> None:
    actor: Actor = request.getfixturevalue(who)
    arrival = Arrival(bytes(32), 0, NOON.date(), bytes(32), b"sealed")

    with pytest.raises(NotAllowed):
        actions.take_in(arrivals=[arrival], compartment="harbour", actor=actor, now=NOON)
    with pytest.raises(NotAllowed):
        actions.copy_pieces(upload=bytes(16), first=0, bodies=[b"piece"], actor=actor, now=NOON)

    assert (envelopes(), Piece.objects.count(), records("tips.")) == ([], 0, [])
