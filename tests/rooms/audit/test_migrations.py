"""The room's migration goes down and up again, with records in the tables, and the triggers stand again."""

from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.db import connection

from tests.rooms.audit.conftest import NOON
from tipstaff.audit.actions import sequence
from tipstaff.audit.models import Record
from tipstaff.footing.append_only import guarded_tables

OURS = {"audit_head", "audit_numbered", "audit_record"}


@pytest.fixture
def audit_comes_back(transactional_db: None) -> Iterator[None]:
    """Whatever the test does, the tables stand again for the tests after it."""
    yield
    call_command("migrate", "audit", verbosity=0)


@pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
@pytest.mark.usefixtures("audit_comes_back")
def test_down_and_up_again(write: Callable[..., None]) -> None:
    write("TIP-1", "TIP-2")
    sequence(NOON)

    call_command("migrate", "audit", "zero", verbosity=0)
    assert not OURS & {*guarded_tables(connection), *connection.introspection.table_names()}
    call_command("migrate", "audit", verbosity=0)

    assert set(guarded_tables(connection)) >= OURS
    write("TIP-3")
    assert sequence(NOON) == 1
    assert [record.subject for record in Record.objects.unscoped("the test reads all")] == ["TIP-3"]
