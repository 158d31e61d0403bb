"""Erased is gone: not marked, not hidden, not left in a journal. Looked for in the raw bytes of real files."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from tests.offices import DAY, TestOffice
from tests.rooms.tips.conftest import NOON
from tests.rooms.tips.source import Source
from tests.servers import Door, new_door
from tipstaff.footing import journal
from tipstaff.hatch import actions, queries
from tipstaff.outbox.jobs import deliver
from tipstaff.people.access import Actor
from tipstaff.sealed.derive import mailbox_address, reply_identity
from tipstaff.sealed.envelope import SLOT_SIZE, SLOTS, Reply, filler_slot, pack_slot
from tipstaff.sealed.receipt import Receipt
from tipstaff.tips import actions as tips
from tipstaff.tips import jobs
from tipstaff.tips.models import Message

SAID = "Which of the three piers, Zarapito-4711?"


@pytest.fixture
def sqlite_door(tmp_path: Path, django_db_blocker: Any) -> Iterator[Door]:
    """A running door over an SQLite file, also when the suite is on PostgreSQL: here the raw bytes are read."""
    with django_db_blocker.unblock(), new_door(tmp_path, None) as door:
        yield door


def tidied() -> None:
    """As the parcel does that tidies up: again, while the door is reading just then."""
    for _ in range(20):
        try:
            return journal.empty("hatch")
        except journal.JournalHeld:
            time.sleep(0.1)
    raise journal.JournalHeld


def found(door: Door, parts: list[bytes], *, in_file: str = "") -> list[bytes]:
    """Those parts that stand somewhere in the database, its journal or beside them."""
    folder = door.office.path / "data"
    content = [path.read_bytes() for path in folder.iterdir() if in_file in ("", path.name)]
    return [part for part in parts if any(part in whole for whole in content)]


def most(parts: list[bytes]) -> int:
    """A part that lies across two of the database's pages is not found as one: nine in ten are."""
    return len(parts) * 9 // 10


def answered(door: Door, said: str | None) -> tuple[Receipt, list[bytes]]:
    """A tip and its mailbox as the desk fills it; the receipt, and the middle of each slot to look for."""
    receipt = Receipt.read(" ".join(door.visitor().tip("Three boats.").words))
    return receipt, write_slots(receipt, said)


def write_slots(receipt: Receipt, said: str | None) -> list[bytes]:
    address, identity = mailbox_address(receipt), reply_identity(receipt)
    slots = [filler_slot() for _ in range(SLOTS)]
    if said is not None:
        slots[3] = pack_slot(Reply(address, 1, "message", None, said, DAY), identity.recipient())
    actions.put_slots(mailbox=address, slots=b"".join(slots), today=DAY)
    # From behind the header, and short: a page of the database holds only a part of a slot.
    return [slot[at : at + 24] for slot in slots for at in range(1700, SLOT_SIZE - 24, 300)]


def test_security_32_an_erased_reply_leaves_no_byte_in_the_database_or_its_journal(sqlite_door: Door) -> None:
    with sqlite_door.hatch():
        receipt, parts = answered(sqlite_door, SAID)
        assert SAID in sqlite_door.visitor().come_back(" ".join(receipt.words("en"))).content.decode()
        assert len(found(sqlite_door, parts)) >= most(parts), "the search finds what is there"

        write_slots(receipt, None)
        tidied()

    assert found(sqlite_door, parts) == []
    assert SAID not in sqlite_door.visitor().come_back(" ".join(receipt.words("en"))).content.decode()


def test_security_32_an_erased_mailbox_leaves_no_byte_either(sqlite_door: Door) -> None:
    with sqlite_door.hatch():
        receipt, parts = answered(sqlite_door, SAID)
        address = mailbox_address(receipt)
        tidied()
        assert len(found(sqlite_door, parts, in_file="hatch.sqlite3")) >= most(parts)

        actions.erase_mailbox(mailbox=address)
        tidied()

        assert queries.mailbox(address) is None
    assert found(sqlite_door, parts) == []


def test_security_32_what_the_desk_has_taken_in_leaves_the_hatch_for_good(sqlite_door: Door) -> None:
    sqlite_door.visitor().tip("Three boats.", [("pier.jpg", b"x" * 2_500_000)])
    with sqlite_door.hatch():
        [row] = queries.waiting(10)
        pieces = [piece for upload in queries.uploads_of(row.entry) for piece in queries.pieces(upload)]
        parts = [
            body[at : at + 48] for body in (row.body, *pieces) for at in range(2_000, len(body) - 48, 9_000)
        ]
        assert len(found(sqlite_door, parts)) >= most(parts)

        actions.acknowledge(entries=[row.entry])
        tidied()

    assert found(sqlite_door, parts) == []


def test_security_32_a_reader_who_holds_the_journal_makes_it_wait_and_not_forget(sqlite_door: Door) -> None:
    """While somebody reads old pages they cannot go; that is said, so that the parcel comes again."""
    with sqlite_door.hatch():
        receipt, parts = answered(sqlite_door, SAID)
        with closing(sqlite3.connect(sqlite_door.office.path / "data" / "hatch.sqlite3")) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM hatch_mailbox").fetchone()
            write_slots(receipt, None)
            with pytest.raises(journal.JournalHeld):
                journal.empty("hatch")
            reader.rollback()
        tidied()

    assert found(sqlite_door, parts) == []


@pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
def test_security_32_the_desks_verb_erases_text_and_ciphertext_on_both_sides(
    harbour: TestOffice, source: Source, ana: Actor
) -> None:
    """From the officer's press of the button to the parcel: real commits, the desk's own tables, then the bytes."""
    source.tip()
    jobs.open_waiting(harbour.keyring, NOON)
    tips.claim(ref=source.ref, actor=ana, now=NOON)
    number = tips.write(ref=source.ref, text=SAID, actor=ana, now=NOON)
    deliver(harbour.keyring, NOON)
    assert [reply.text for reply in source.replies() if reply.kind == "message"] == [SAID]
    before = queries.mailbox(source.mailbox)
    assert before is not None
    parts = [before.slots[at : at + 48] for at in range(1700, len(before.slots) - 48, 700)]

    tips.erase(ref=source.ref, number=number, actor=ana, now=NOON)
    deliver(harbour.keyring, datetime.now(UTC))

    assert [reply.text for reply in source.replies() if reply.kind == "message"] == []
    assert Message.objects.get(number=number).text == ""
    for alias, searched in (("default", [SAID.encode(), *parts]), ("hatch", parts)):
        connection = connections[alias]
        if connection.vendor == "sqlite":
            name = connection.settings_dict["NAME"]
            content = b"".join(path.read_bytes() for path in Path(name).parent.glob(f"{Path(name).name}*"))
            assert [part for part in searched if part in content] == [], alias
        else:
            assert not any(SAID in row for row in whole_text(alias)), alias


def whole_text(alias: str) -> Iterator[str]:
    """Every row of every table, as text."""
    with connections[alias].cursor() as cursor:
        for table in connections[alias].introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row])
