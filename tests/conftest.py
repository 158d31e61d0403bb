"""What every test stands on: both databases, a PostgreSQL server on demand, and quick honest settings."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.db import connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests import leaks, postgres
from tests.offices import new_office, office, visitor
from tests.servers import door_server, standing_door
from tipstaff.footing.append_only import lifted
from tipstaff.hatch.models import LogHead

__all__ = ["door_server", "new_office", "office", "standing_door", "visitor"]

ROOT = Path(__file__).parents[1]
# Tests of rooms and of the road through them use both databases; pure tests must not touch either.
WITH_DATABASES = frozenset({"rooms", "security", "journeys"})

# Examples may be slow on a busy machine; a slow example is no failure, and there are no timed assertions here.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")

# The Node that bin/setup installs when the machine has none.
os.environ["PATH"] = f"{ROOT / '.tools' / 'node' / 'bin'}{os.pathsep}{os.environ['PATH']}"


@pytest.hookimpl(tryfirst=True)  # before pytest-django sorts the tests by how they use the database
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        if folder in WITH_DATABASES and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db(databases=["default", "hatch"]))


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest
) -> Iterator[None]:
    """pytest-django's databases; before they go, every session that somebody left open with them is ended."""
    yield
    with django_db_blocker.unblock():
        request.config.stash[leaks.FOUND] = leaks.end_all()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if found := config.stash.get(leaks.FOUND, []):
        terminalreporter.section("database sessions that a test left open", yellow=True)
        for leak in found:
            terminalreporter.line(f"{leak}.")


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_can_be_emptied() -> Iterator[None]:
    """After a test with real commits every table is emptied; the triggers that forbid it are lifted meanwhile."""
    teardown = "_fixture_teardown"  # Django's own name; its stubs leave it out
    empty = getattr(TransactionTestCase, teardown)

    def lift_and_empty(case: TransactionTestCase) -> None:
        with lifted(connections["default"]), lifted(connections["hatch"]):
            empty(case)
        # The one row that a migration puts there.
        LogHead.objects.get_or_create(id=1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, teardown, lift_and_empty)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server with a superuser, also when the suite itself runs on SQLite."""
    with postgres.server() as server:
        yield server
