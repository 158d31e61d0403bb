"""A test that leaves a database session open neither breaks the end of a run nor goes unmentioned."""

from urllib.parse import urlsplit

import psycopg
import pytest

from tests import leaks, postgres


def test_a_session_left_open_is_told_and_ended(postgres_server: postgres.Server) -> None:
    address = postgres_server.create("left_open")
    left = psycopg.connect(address, application_name="a forgetful test", autocommit=True)
    left.execute("SELECT 'the old pier'")

    with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as connection:
        found = leaks.end(connection.cursor(), ["left_open"], patience=0)
        connection.execute("DROP DATABASE left_open")

    role = urlsplit(postgres_server.owner).username
    assert [str(leak) for leak in found] == [
        f"a forgetful test stayed connected to left_open as {role} (idle); it asked last: SELECT 'the old pier'"
    ]
    with pytest.raises(psycopg.OperationalError):
        left.execute("SELECT 1")
    left.close()


def test_a_session_that_ends_by_itself_is_no_leak(postgres_server: postgres.Server) -> None:
    postgres_server.create("left_alone")

    with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as connection:
        found = leaks.end(connection.cursor(), ["left_alone"], patience=0)
        connection.execute("DROP DATABASE left_alone")

    assert found == []
