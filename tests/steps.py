"""Every check in its order, each with a name and a time; all of them run, whatever the earlier ones said."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests import postgres

ROOT = Path(__file__).parents[1]
PROGRAMS = Path(sys.executable).parent
SETTINGS = "tipstaff.config.settings.tests"
# What a developer's own shell may hold must not decide what is tested.
OURS = ("TIPSTAFF_", "DATABASE_URL", "HATCH_URL", "DJANGO_", "PYTEST_", "PYTHONPATH")


@dataclass(frozen=True, slots=True)
class Step:
    """One command, relative to .venv/bin, with what it adds to the environment."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def checks() -> list[Step]:
    """What reads the code without running it."""
    django = {"DJANGO_SETTINGS_MODULE": SETTINGS}
    return [
        Step("style", ("ruff", "check", ".")),
        Step("format", ("ruff", "format", "--check", ".")),
        Step("types", ("mypy",)),
        Step("floors", ("lint-imports",)),
        Step("migrations", ("django-admin", "makemigrations", "--check", "--dry-run"), django),
    ]


def tests(server: postgres.Server, asked: argparse.Namespace, for_pytest: list[str]) -> list[Step]:
    """The tests, once on each database that was asked for; on both, what is the same on both is tested on one."""
    command = ("pytest", "-q", "--durations=10", *for_pytest)
    one = {postgres.SETTING: server.owner}
    on_sqlite = Step("tests on SQLite", command, one)
    on_postgres = Step("tests on PostgreSQL", command, server.environment())
    if asked.sqlite == asked.postgres:
        return [on_sqlite, replace(on_postgres, command=(*command, "-m", "not once"))]
    return [on_sqlite] if asked.sqlite else [on_postgres]


def run(step: Step, place: str, environment: Mapping[str, str]) -> tuple[bool, float]:
    """Run one step, its output going straight to the terminal. Did it pass, and in how many seconds?"""
    print(f"\n== {place} {step.name}: {' '.join(step.command)}", flush=True)
    began = time.monotonic()
    program, *arguments = step.command
    process = subprocess.Popen(
        [PROGRAMS / program, *arguments],
        cwd=ROOT,
        env={**environment, **step.environment},
        stdin=subprocess.DEVNULL,
    )
    try:
        status = process.wait()
    except (KeyboardInterrupt, SystemExit) as end:
        # pytest answers this signal by stopping the servers that its tests started; a kill would leave them running.
        # Ctrl-C has reached it already: the terminal sends it to both.
        if isinstance(end, SystemExit):
            process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        raise
    seconds = time.monotonic() - began
    ended = f" by signal {-status}" if status < 0 else ""
    print(f"== {step.name}: {'FAILED' if status else 'passed'}{ended} in {seconds:.0f} s", flush=True)
    return status == 0, seconds


@contextlib.contextmanager
def clean_environment() -> Iterator[dict[str, str]]:
    """The environment of every step: none of our settings, and a folder for all that is temporary."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    with tempfile.TemporaryDirectory(prefix="tipstaff-test-") as folder:
        programs = os.pathsep.join([str(PROGRAMS), str(ROOT / ".tools" / "node" / "bin"), os.environ["PATH"]])
        yield kept | {"TMPDIR": folder, "PATH": programs, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


def main(arguments: list[str]) -> int:
    """Run what was asked for; the number of failed steps decides the exit code."""
    parser = argparse.ArgumentParser(prog="bin/test", description="Every test and check of Tipstaff.")
    parser.add_argument("--sqlite", action="store_true", help="only the tests, only on SQLite")
    parser.add_argument("--postgres", action="store_true", help="only the tests, only on PostgreSQL")
    asked, for_pytest = parser.parse_known_args(arguments)

    # Being ended politely must not leave the database server and its folder behind.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell starts what it puts behind deaf to this one
    began = time.monotonic()
    try:
        with postgres.server() as server, clean_environment() as environment:
            steps = ([] if arguments else checks()) + tests(server, asked, for_pytest)
            results = [
                (step, *run(step, f"{number}/{len(steps)}", environment))
                for number, step in enumerate(steps, start=1)
            ]
    except postgres.NoServer as reason:
        print(f"bin/test: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("bin/test: stopped before the end; nothing was decided.", file=sys.stderr)
        return 130
    print()
    for step, passed, seconds in results:
        print(f"  {'passed' if passed else 'FAILED'}  {seconds:6.0f} s  {step.name}")
    failed = [step.name for step, passed, _ in results if not passed]
    minutes, seconds = divmod(time.monotonic() - began, 60)
    verdict = f"{len(failed)} of {len(results)} steps FAILED: {', '.join(failed)}" if failed else "all passed"
    print(f"bin/test: {len(results)} steps, {verdict}, in {minutes:.0f} min {seconds:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
