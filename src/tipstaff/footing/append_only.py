"""Tables to which rows are added and never changed: the database itself refuses UPDATE and DELETE.

Use in a migration, after CreateModel:  `AppendOnly("audit_record")`. Triggers stand on SQLite and PostgreSQL
(there also against TRUNCATE). What they raise is an IntegrityError whose text starts with `append_only:`;
`footing.integrity.explains` turns it into NotToBeChanged.

A superuser of the database can drop a trigger: that is what the hashed log over the records is for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

MARK: Final = "append_only:"


class NotToBeChanged(Exception):
    """A row of an append-only table was about to be changed or removed."""

    def __init__(self, table: str) -> None:
        super().__init__(
            f"Rows of {table} are never changed or removed; add a new row that says what is true now."
        )
        self.table = table


class AppendOnly(Operation):
    """Migration operation: from here on `table` takes new rows only. Reversing it lifts the refusal."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str) -> None:
        if not table.isidentifier() or not table.isascii():
            raise ValueError(f"{table!r} is not the name of one of our tables")
        self.table = table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are no part of the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.settings_dict and _migrates(schema_editor, app_label):
            for statement in refusing(schema_editor.connection.vendor, self.table):
                schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if _migrates(schema_editor, app_label):
            for statement in allowing(schema_editor.connection.vendor, self.table):
                schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Refuse every UPDATE and DELETE in {self.table}"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.table}_append_only"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__qualname__, [self.table], {})


def refusing(vendor: str, table: str) -> list[str]:
    """The statements that make `table` append-only on `vendor` (`sqlite` or `postgresql`)."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_append_only_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{MARK} {table}'); END"
            for act in ("UPDATE", "DELETE")
        ]
    return [
        f"""CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{MARK} {table}' USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
        f"""CREATE TRIGGER {table}_append_only_rows BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_append_only()""",
        f"""CREATE TRIGGER {table}_append_only_all BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()""",
    ]


def allowing(vendor: str, table: str) -> list[str]:
    """The statements that undo `refusing`."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER {table}_append_only_{act}" for act in ("update", "delete")]
    return [
        f"DROP TRIGGER {table}_append_only_rows ON {table}",
        f"DROP TRIGGER {table}_append_only_all ON {table}",
        f"DROP FUNCTION {table}_append_only()",
    ]


def guarded_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """The append-only tables of this database, by asking the database, in alphabetical order."""
    ending = "_append_only_update" if connection.vendor == "sqlite" else "_append_only_rows"
    catalog = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalog)
        names = [str(row[0]) for row in cursor.fetchall()]
    return sorted(name.removesuffix(ending) for name in names if name.endswith(ending))


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Lift every refusal in this database while the block runs: for tests that must empty or spoil tables."""
    tables = guarded_tables(connection)
    with connection.cursor() as cursor:
        for table in tables:
            for statement in allowing(connection.vendor, table):
                cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table in tables:
                for statement in refusing(connection.vendor, table):
                    cursor.execute(statement)


def _migrates(schema_editor: BaseDatabaseSchemaEditor, app_label: str) -> bool:
    from django.db import router  # only here: settings must be loaded before a router is asked

    return router.allow_migrate(schema_editor.connection.alias, app_label)
