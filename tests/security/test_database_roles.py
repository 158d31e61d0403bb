"""On PostgreSQL each site has a role that can do what the site does, and nothing else. Tried in SQL."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tests import postgres
from tests.offices import DAY
from tests.servers import Door, hatch_at, new_door
from tipstaff.footing.database import from_url
from tipstaff.footing.environment import BadSetting
from tipstaff.hatch import actions, queries, roles
from tipstaff.hatch.columns import PUBLIC, SEALED
from tipstaff.sealed.derive import mailbox_address
from tipstaff.sealed.receipt import Receipt

ENTRY = b"e" * 32
REFUSED = psycopg.errors.InsufficientPrivilege
TABLES = sorted({name.split(".")[0] for name in PUBLIC | SEALED})
# Column by column: what the door may look at. Everything else in the hatch it only adds to, or never sees.
DOOR_READS = {
    "notice": "number note day", "publichead": "size root note day", "leaf": "number entry",
    "tile": "level number hashes", "mailbox": "address leaf slots day", "spenttoken": "digest seal day",
    "loghead": "id size edge checkpoint", "upload": "id envelope",
}  # fmt: skip
DOOR_CHANGES = {"tile": "hashes", "loghead": "id size edge checkpoint", "upload": "envelope"}
DOOR_ADDS = {"spenttoken", "mailbox", "envelope", "upload", "piece", "leaf", "tile"}


@dataclass(frozen=True)
class Hatch:
    """A door over PostgreSQL, with the addresses of both sites' roles."""

    door: Door
    desk_url: str

    def may(self, url: str, statement: str) -> bool:
        """Whether the role behind `url` may do it; nothing that it may do stays done."""
        with psycopg.connect(url) as connection:
            try:
                connection.execute(sql.SQL(statement))  # type: ignore[arg-type]  # made here of names that we know
            except REFUSED:
                return False
            except psycopg.errors.IntegrityError:
                return True  # allowed, and then held back by the table itself: it was empty of such a row
            finally:
                connection.rollback()
        return True


@pytest.fixture(scope="module")
def hatch(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any, postgres_server: postgres.Server
) -> Iterator[Hatch]:
    folder: Path = tmp_path_factory.mktemp("roles")
    with django_db_blocker.unblock(), new_door(folder, postgres_server) as door:
        role, password = f"desk_{secrets.token_hex(4)}", secrets.token_hex(16)
        with psycopg.connect(door.owner_url, autocommit=True) as owner:
            for statement in roles.statements("desk", role, password):
                owner.execute(statement.encode())
        parts = urlsplit(door.owner_url)
        yield Hatch(
            door, urlunsplit(parts._replace(netloc=f"{role}:{password}@{parts.hostname}:{parts.port}"))
        )
        with psycopg.connect(door.owner_url, autocommit=True) as owner:
            owner.execute(f"DROP OWNED BY {role}".encode())
            owner.execute(f"DROP ROLE {role}".encode())


def columns(table: str) -> list[str]:
    return [name.split(".")[1] for name in PUBLIC | SEALED if name.split(".")[0] == table]


def test_security_42_the_door_reads_no_envelope_no_file_and_nothing_it_need_not(hatch: Hatch) -> None:
    allowed = {
        (table, column)
        for table in TABLES
        for column in columns(table)
        if hatch.may(hatch.door.hatch_url, f"SELECT {column} FROM hatch_{table}")
    }

    assert allowed == {(table, column) for table, names in DOOR_READS.items() for column in names.split()}
    assert not {("envelope", "body"), ("piece", "body"), ("envelope", "mailbox")} & allowed


def test_security_42_the_door_changes_nothing_that_was_published_or_received(hatch: Hatch) -> None:
    allowed = {
        (table, column)
        for table in TABLES
        for column in columns(table)
        if hatch.may(hatch.door.hatch_url, f"UPDATE hatch_{table} SET {column} = {column}")
    }

    # An update that reads its own column needs both rights; of an upload only the envelope may be set.
    assert allowed == {(table, column) for table, names in DOOR_CHANGES.items() for column in names.split()}


def test_security_42_the_door_adds_tips_and_neither_notices_nor_heads(hatch: Hatch) -> None:
    def inserts(table: str) -> bool:
        return hatch.may(hatch.door.hatch_url, f"INSERT INTO hatch_{table} DEFAULT VALUES")

    assert {table for table in TABLES if inserts(table)} == DOOR_ADDS


@pytest.mark.parametrize(
    "statement", ["DELETE FROM hatch_{}", "TRUNCATE hatch_{}", "LOCK hatch_{} IN EXCLUSIVE MODE"]
)
def test_security_42_the_door_deletes_nothing(hatch: Hatch, statement: str) -> None:
    may = {table for table in TABLES if hatch.may(hatch.door.hatch_url, statement.format(table))}

    # PostgreSQL lets whoever may update a table's rows lock it.
    assert may == ({"loghead"} if statement.startswith("LOCK") else set())


@pytest.mark.parametrize("site", ["door", "desk"])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (x int)",
        "DROP TABLE hatch_leaf",
        "ALTER TABLE hatch_leaf DISABLE TRIGGER ALL",
        "CREATE ROLE another",
        "CREATE DATABASE another",
        "COPY hatch_notice TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/passwd')",
        "UPDATE hatch_notice SET note = 'x'",
        "DELETE FROM hatch_leaf",
        "DELETE FROM hatch_notice",
        "TRUNCATE hatch_envelope",
        "SELECT rolpassword FROM pg_authid",
    ],
)
def test_security_42_neither_site_owns_anything(hatch: Hatch, site: str, statement: str) -> None:
    url = hatch.door.hatch_url if site == "door" else hatch.desk_url
    alone = statement.startswith("CREATE DATABASE")
    with psycopg.connect(url, autocommit=alone) as connection, pytest.raises(REFUSED):
        connection.execute(statement.encode())


def test_security_42_the_desk_takes_no_tip_on_behalf_of_the_door(hatch: Hatch) -> None:
    for table in ("envelope", "mailbox", "upload", "piece", "spenttoken"):
        assert not hatch.may(hatch.desk_url, f"INSERT INTO hatch_{table} DEFAULT VALUES"), table
        assert hatch.may(hatch.desk_url, f"DELETE FROM hatch_{table}"), table
    for column in ("body", "leaf", "mailbox", "entry"):
        assert not hatch.may(hatch.desk_url, f"UPDATE hatch_envelope SET {column} = {column}"), column


def test_security_42_with_these_rights_each_site_does_all_of_its_work(hatch: Hatch) -> None:
    """A door that has no more takes a tip with a file and shows the mailbox; a desk that has no more does every
    verb of its own."""
    receipt = hatch.door.visitor().tip("Three boats.", [("pier.jpg", b"x" * 2_000_000)])
    address = mailbox_address(Receipt.read(" ".join(receipt.words)))
    assert receipt.reference in hatch.door.visitor().come_back(" ".join(receipt.words)).content.decode()

    with hatch_at(hatch.desk_url):
        [row] = queries.waiting(10)
        assert (
            sum(len(piece) for upload in queries.uploads_of(row.entry) for piece in queries.pieces(upload))
            > 2_000_000
        )
        note = queries.latest_notice()
        assert note is not None
        size = queries.private_head().size
        verbs: list[Callable[[], object]] = [
            lambda: actions.put_notice(number=note.number, note=note.note, today=DAY),
            lambda: actions.put_notice(number=10_000, note="of no office", today=DAY),
            lambda: actions.put_slots(mailbox=address, slots=b"x" * 100, today=DAY),
            lambda: actions.append_covers(entries=[ENTRY] * 300, expected_size=size),
            lambda: actions.put_public_head(size=size, root=ENTRY, note="x", today=DAY),
            lambda: actions.acknowledge(entries=[row.entry]),
            lambda: actions.erase_mailbox(mailbox=address),
            lambda: actions.sweep(before=DAY),
        ]
        for verb in verbs:
            verb()
        assert queries.count_waiting() == 0
        assert queries.private_head().size == size + 300


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://door@127.0.0.1:5432/hatch",
        "postgresql://door@localhost/hatch",
        "postgresql://door:@[::1]/hatch",
        "postgresql://127.0.0.1/hatch",
        "postgresql://door@db.example.org/hatch?sslmode=require",
    ],
)
def test_security_42_an_address_without_a_password_is_refused_on_loopback_too(url: str) -> None:
    with pytest.raises(BadSetting, match=r"HATCH_URL has no password.*also on this machine"):
        from_url(url, name="HATCH_URL")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://door:word@127.0.0.1/hatch",
        "postgresql://door@/hatch?host=/run/postgresql",
        "postgresql://door@db.example.org/hatch?sslcert=/keys/door.crt&sslkey=/keys/door.key",
    ],
)
def test_security_42_where_something_else_proves_who_asks_none_is_needed(url: str) -> None:
    assert from_url(url)["NAME"] == "hatch"


@pytest.mark.parametrize(
    "role, password", [("door", ""), ("door", "it's"), ("door; DROP", "word"), ("door", "a\\b")]
)
def test_security_42_a_role_without_a_password_is_not_made(role: str, password: str) -> None:
    with pytest.raises(ValueError):
        roles.statements("door", role, password)
