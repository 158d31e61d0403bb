"""The database itself refuses to change an append-only table, on SQLite and PostgreSQL."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.state import ProjectState

from tipstaff.footing.append_only import AppendOnly, NotToBeChanged, guarded_tables, lifted
from tipstaff.footing.integrity import explains

TABLE = "footing_test_log"


@pytest.fixture
def guarded(transactional_db: None) -> Iterator[str]:
    """A table of two rows that a migration made append-only."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (number integer PRIMARY KEY, word varchar(20))")
        cursor.execute(f"INSERT INTO {TABLE} VALUES (1, 'one'), (2, 'two')")
    migrate()
    yield TABLE
    if TABLE in guarded_tables(connection):
        migrate(back=True)
    execute(f"DROP TABLE {TABLE}")


def migrate(*, back: bool = False) -> None:
    with connection.schema_editor() as editor:
        run = AppendOnly(TABLE).database_backwards if back else AppendOnly(TABLE).database_forwards
        run("audit", editor, ProjectState(), ProjectState())


def rows() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number, word FROM {TABLE} ORDER BY number")
        return cursor.fetchall()


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


CHANGES = [
    f"UPDATE {TABLE} SET word = 'three' WHERE number = 1",
    f"UPDATE {TABLE} SET number = 9",
    f"DELETE FROM {TABLE} WHERE number = 2",
    f"DELETE FROM {TABLE}",
    f"INSERT INTO {TABLE} VALUES (1, 'new') ON CONFLICT (number) DO UPDATE SET word = 'new'",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_every_change_is_refused_and_nothing_moves(guarded: str, statement: str) -> None:
    with pytest.raises(IntegrityError, match=f"append_only: {TABLE}"):
        execute(statement)

    assert rows() == [(1, "one"), (2, "two")]


def test_replacing_and_truncating_remove_nothing_either(guarded: str) -> None:
    if connection.vendor == "sqlite":
        with pytest.raises(IntegrityError, match="append_only"):
            execute(f"REPLACE INTO {TABLE} VALUES (1, 'new')")
    else:
        with pytest.raises(IntegrityError, match="append_only"):
            execute(f"TRUNCATE {TABLE}")

    assert rows() == [(1, "one"), (2, "two")]


def test_new_rows_are_welcome(guarded: str) -> None:
    execute(f"INSERT INTO {TABLE} VALUES (3, 'three')")

    assert rows() == [(1, "one"), (2, "two"), (3, "three")]


def test_the_refusal_becomes_a_domain_error(guarded: str) -> None:
    with pytest.raises(NotToBeChanged) as refused, explains({}):
        execute(CHANGES[0])

    assert refused.value.table == TABLE
    assert str(refused.value) == (
        f"Rows of {TABLE} are never changed or removed; add a new row that says what is true now."
    )


def test_the_migration_can_be_reversed_and_repeated_with_rows_in_the_table(guarded: str) -> None:
    migrate(back=True)
    execute(f"UPDATE {TABLE} SET word = 'uno' WHERE number = 1")
    migrate()

    with pytest.raises(IntegrityError, match="append_only"):
        execute(f"UPDATE {TABLE} SET word = 'one' WHERE number = 1")
    assert rows() == [(1, "uno"), (2, "two")]


def test_lifting_is_for_the_block_alone(guarded: str) -> None:
    with lifted(connection):
        execute(f"DELETE FROM {TABLE} WHERE number = 2")

    with pytest.raises(IntegrityError, match="append_only"):
        execute(f"DELETE FROM {TABLE}")
    assert rows() == [(1, "one")]


def test_the_audit_tables_are_guarded(db: None) -> None:
    assert {"audit_head", "audit_numbered", "audit_record"} <= set(guarded_tables(connection))


@pytest.mark.parametrize("name", ["audit record", "log; DROP TABLE x", "", "1st", "naïve"])
def test_only_a_plain_name_is_taken(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of one of our tables"):
        AppendOnly(name)


def test_the_operation_writes_itself_into_a_migration() -> None:
    operation = AppendOnly("audit_record")

    assert operation.deconstruct() == ("AppendOnly", ["audit_record"], {})
    assert operation.describe() == "Refuse every UPDATE and DELETE in audit_record"
    assert operation.migration_name_fragment == "audit_record_append_only"
