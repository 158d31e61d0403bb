"""One furnished office and one walk over all its pages for every test here that asks about pages."""

import os
from collections.abc import Iterator

import psycopg
import pytest

from tests.browser import survey as surveys
from tests.browser.mirrored_office import MirroredOffice, open_office
from tests.browser.survey import Survey
from tests.servers import door_hatch_server


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """Where the office keeps its data: in its folder, or on PostgreSQL when this run is on it."""
    server = door_hatch_server(request)
    if server is None:
        yield {}
        return
    names = {"DATABASE_URL": f"browser_desk_{os.getpid()}", "HATCH_URL": f"browser_hatch_{os.getpid()}"}
    yield {setting: server.create(name) for setting, name in names.items()}
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        for name in names.values():
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
def furnished_office(
    tmp_path_factory: pytest.TempPathFactory, databases: dict[str, str]
) -> Iterator[MirroredOffice]:
    """An office with something on every page, in English, Spanish and a language written from the right."""
    with open_office(tmp_path_factory.mktemp("furnished"), databases) as office:
        yield office


@pytest.fixture(scope="session")
def survey(furnished_office: MirroredOffice) -> Survey:
    """What one walk over every page noticed."""
    return surveys.walk(furnished_office)
