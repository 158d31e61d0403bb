"""A constraint that the database enforced becomes the domain's own error, on SQLite and PostgreSQL alike.

    with explains({"grant_has_two_givers": SelfGiven, "people_officer.username": NameTaken}):
        grant.save()

A key is a constraint's name, or for a plain `unique=True` column `table.column` (several: `table.a,b`, in the
constraint's order). PostgreSQL names every constraint; SQLite names a CHECK, but of a UNIQUE it says only
`table.a, table.b`, so the model's own constraints are asked which of them that is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError
from django.db.models import UniqueConstraint

from tipstaff.footing.append_only import MARK, NotToBeChanged

_SQLITE_CHECK: Final = re.compile(r"CHECK constraint failed: (\w+)")
_SQLITE_UNIQUE: Final = re.compile(
    r"UNIQUE constraint failed: (?:index '(?P<index>\w+)'|(?P<columns>\w[\w., ]*))"
)
_POSTGRESQL_KEY: Final = re.compile(r"^Key \((?P<columns>[^)]*)\)")
_APPEND_ONLY: Final = re.compile(rf"{MARK} (\w+)")


@contextmanager
def explains(errors: Mapping[str, Callable[[], Exception]]) -> Iterator[None]:
    """Raise the error listed for the constraint that was broken; an unlisted IntegrityError goes on as it is.

    A change to an append-only table always becomes NotToBeChanged. Inside a transaction the block must be an
    `atomic` of its own if the caller means to go on after the error.
    """
    try:
        yield
    except IntegrityError as broken:
        refused = _APPEND_ONLY.search(str(broken))
        if refused:
            raise NotToBeChanged(refused[1]) from broken
        for name in broken_constraints(broken):
            if name in errors:
                error = errors[name]()
                raise error from broken
        raise


def broken_constraints(broken: IntegrityError) -> tuple[str, ...]:
    """The names under which the broken constraint may be listed, the surest first; empty if not known."""
    diagnosis = getattr(broken.__cause__, "diag", None)
    if diagnosis is not None:
        return _named_by_postgresql(diagnosis)
    text = str(broken)
    if check := _SQLITE_CHECK.search(text):
        return (check[1],)
    if unique := _SQLITE_UNIQUE.search(text):
        if unique["index"]:
            return (unique["index"],)
        pairs = [column.strip().partition(".") for column in unique["columns"].split(",")]
        table, columns = pairs[0][0], [column for _, _, column in pairs]
        return (*_unique_constraints(table, columns), f"{table}.{','.join(columns)}")
    return ()


def _named_by_postgresql(diagnosis: Any) -> tuple[str, ...]:
    names = [diagnosis.constraint_name] if diagnosis.constraint_name else []
    key = _POSTGRESQL_KEY.match(diagnosis.message_detail or "")
    if key and diagnosis.table_name:
        names.append(f"{diagnosis.table_name}.{key['columns'].replace(', ', ',')}")
    return tuple(names)


def _unique_constraints(table: str, columns: list[str]) -> list[str]:
    """Names of the unique constraints over exactly `columns` of `table`, as the models declare them."""
    names = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table != table:
            continue
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                fields = [model._meta.get_field(name).column for name in constraint.fields]  # type: ignore[union-attr]  # a constraint names columns
                if fields == columns:
                    names.append(constraint.name)
    return names
