"""A database address becomes Django's settings: durable, one writer at a time, and no password in any sentence."""

from pathlib import Path

import pytest

from tipstaff.footing.database import from_url
from tipstaff.footing.environment import BadSetting


def test_an_sqlite_file_is_durable_and_overwrites_what_is_erased() -> None:
    entry = from_url("sqlite:////var/lib/tipstaff/desk.sqlite3")

    assert (entry["ENGINE"], entry["NAME"]) == (
        "django.db.backends.sqlite3",
        "/var/lib/tipstaff/desk.sqlite3",
    )
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        assert pragma in entry["OPTIONS"]["init_command"]


def test_three_strokes_mean_the_working_folder() -> None:
    assert from_url("sqlite:///data/desk.sqlite3")["NAME"] == str(Path("data/desk.sqlite3").absolute())


def test_a_postgresql_address_is_taken_apart() -> None:
    entry = from_url(
        "postgresql://desk:p%40ss%3Aw@db.example.org:5433/tipstaff?sslmode=verify-full&host=/run/pg"
    )

    picked = {name: entry[name] for name in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert picked == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "tipstaff",
        "USER": "desk",
        "PASSWORD": "p@ss:w",
        "HOST": "/run/pg",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full", "server_side_binding": True},
    }


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///",
        "sqlite:///folder/",
        "sqlite://host/desk.sqlite3",
        "sqlite:///desk.sqlite3?mode=memory",
        "mysql://desk:swordfish@localhost/desk",
        "postgresql://desk:swordfish@localhost",
        "postgresql://desk:swordfish@localhost/a/b",
        "postgresql://desk:swordfish@localhost:port/desk",
        "postgresql://desk:swordfish@localhost/desk?options=-csynchronous_commit%3Doff",
        "postgresql://[::1/desk",
    ],
)
def test_an_address_that_makes_no_sense_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(BadSetting, match=r"The setting HATCH_URL .+\. Expected .+\.") as refused:
        from_url(url, name="HATCH_URL")

    for part in ("swordfish", "desk:", "host/", "folder", "mode=", "synchronous"):
        assert part not in str(refused.value)
