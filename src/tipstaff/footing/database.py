"""A database address becomes Django's settings for it, durable and in one writer's order.

Addresses: `sqlite:////var/lib/tipstaff/desk.sqlite3` (four strokes: the path is absolute),
`sqlite:///desk.sqlite3` (from the working folder), `postgresql://user:password@host:5432/name?sslmode=require`.
"""

from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from tipstaff.footing.environment import BadSetting

# WAL: readers never wait for the writer. FULL: "received" is said after the bytes are on the disk.
# recursive_triggers: else REPLACE removes a row and no DELETE trigger hears of it (footing.append_only).
# secure_delete: what is erased is overwritten, not only unlinked (docs/soundness.md says what that leaves).
SQLITE_START: Final = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; "
    "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
)
SQLITE_WAIT_SECONDS: Final = 20
# What a PostgreSQL address may ask for after `?`; anything else is a slip of the pen or worse.
POSTGRESQL_OPTIONS: Final = frozenset(
    {
        "sslmode",
        "sslrootcert",
        "sslcert",
        "sslkey",
        "host",
        "connect_timeout",
        "application_name",
        "target_session_attrs",
    }
)


def from_url(url: str, *, name: str = "DATABASE_URL") -> dict[str, Any]:
    """The entry of Django's DATABASES for `url`; `name` is the setting that errors speak of.

    Raises BadSetting, whose sentence never repeats the address: it may hold a password.
    """
    parts = _split(url, name)
    if parts.scheme == "sqlite":
        return _sqlite(url, name)
    if parts.scheme in {"postgresql", "postgres"}:
        return _postgresql(url, name)
    raise BadSetting(name, f"starts with `{parts.scheme}`", "`sqlite:///…` or `postgresql://…`")


def _split(url: str, name: str) -> Any:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a port that is no number
    except ValueError:
        raise BadSetting(name, "is not an address", "`sqlite:///…` or `postgresql://…`") from None
    return parts


def _sqlite(url: str, name: str) -> dict[str, Any]:
    expected = "`sqlite:///` and a path, such as `sqlite:////var/lib/tipstaff/desk.sqlite3`"
    prefix, _, path = url.partition("///")
    if prefix != "sqlite:" or not path or path.endswith("/"):
        raise BadSetting(name, "names no file", expected)
    if "?" in path or "#" in path or "\0" in path:
        raise BadSetting(name, "holds `?`, `#` or a zero byte", expected)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(Path(unquote(path)).absolute()),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": SQLITE_WAIT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_START,
        },
    }


def _postgresql(url: str, name: str) -> dict[str, Any]:
    parts = _split(url, name)
    database = unquote(parts.path.removeprefix("/"))
    if not database or "/" in database:
        raise BadSetting(name, "names no database", "`postgresql://user:password@host:5432/name`")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = sorted(options.keys() - POSTGRESQL_OPTIONS)
    if unknown:
        raise BadSetting(
            name, f"asks for `{unknown[0]}`", "only " + ", ".join(sorted(POSTGRESQL_OPTIONS)) + " after `?`"
        )
    host = options.pop("host", "") or unquote(parts.hostname or "")
    by_socket = not host or host.startswith("/")  # where the system itself says who asks
    if not (parts.password or by_socket or {"sslcert", "sslkey"} <= options.keys()):
        raise BadSetting(
            name, "has no password", "`postgresql://user:password@host:5432/name`, also on this machine"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Values travel beside the statement, not in it: a piece of a file costs a seventh of the time.
        "OPTIONS": {**options, "server_side_binding": True},
    }
