"""Every check in its order, each with a name and a time; all of them run, whatever the earlier ones said."""

import argparse
import contextlib
import os
import shutil
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
POLL = 0.2  # seconds between two looks at what is running
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


def tests(
    one: postgres.Server, other: postgres.Server, asked: argparse.Namespace, for_pytest: list[str]
) -> list[Step]:
    """The tests, once on each database that was asked for; on both, what is the same on both is tested on one.

    Each has a server of its own: also on SQLite some tests ask PostgreSQL, and roles belong to a whole server.
    """
    command = ("pytest", "-q", "--durations=10", *for_pytest)
    on_sqlite = Step("tests on SQLite", command, {postgres.SETTING: one.owner})
    on_postgres = Step("tests on PostgreSQL", command, other.environment())
    if asked.sqlite == asked.postgres:
        return [on_sqlite, replace(on_postgres, command=(*command, "-m", "not once"))]
    return [on_sqlite] if asked.sqlite else [on_postgres]


@dataclass
class Running:
    """A step that was started, and when it ended. `said` is where its output goes; None: to the terminal."""

    step: Step
    place: str
    process: subprocess.Popen[bytes]
    said: Path | None
    began: float
    ended: float | None = None

    @classmethod
    def start(
        cls, step: Step, place: str, environment: Mapping[str, str], said: Path | None = None
    ) -> "Running":
        """Start `step`, telling so when its output comes here."""
        if said is None:
            print(f"\n== {place} {step.name}: {' '.join(step.command)}", flush=True)
        program, *arguments = step.command
        with contextlib.ExitStack() as stack:
            process = subprocess.Popen(
                [PROGRAMS / program, *arguments],
                cwd=ROOT,
                env={**environment, **step.environment},
                stdin=subprocess.DEVNULL,
                stdout=stack.enter_context(said.open("wb")) if said else None,
                stderr=subprocess.STDOUT if said else None,
            )
        return cls(step, place, process, said, time.monotonic())

    def over(self) -> bool:
        """Has it ended by now?"""
        if self.ended is None and self.process.poll() is not None:
            self.ended = time.monotonic()
        return self.ended is not None

    def stop(self) -> None:
        """pytest answers this signal by stopping the servers that its tests started; a kill would leave them running."""
        if not self.over():
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=60)

    def told(self) -> tuple[Step, bool, float]:
        """What it said, if that was kept, and how it ended: did it pass, and in how many seconds?"""
        if self.said is not None:
            print(f"\n== {self.place} {self.step.name}: {' '.join(self.step.command)}", flush=True)
            with self.said.open("rb") as said:
                shutil.copyfileobj(said, sys.stdout.buffer)
            sys.stdout.flush()
        status, seconds = self.process.returncode, (self.ended or self.began) - self.began
        by = f" by signal {-status}" if status < 0 else ""
        print(
            f"== {self.step.name}: {'FAILED' if status else 'passed'}{by} in {seconds:.0f} s",
            flush=True,
        )
        return self.step, status == 0, seconds


def run(
    steps: list[Step], done: int, total: int, environment: Mapping[str, str]
) -> list[tuple[Step, bool, float]]:
    """Run `steps` side by side. The first one's output goes straight to the terminal, the others' after it."""
    folder, running = Path(environment["TMPDIR"]), list[Running]()
    try:
        for number, step in enumerate(steps, start=1):
            said = folder / f"said-{number}" if number > 1 else None
            running.append(Running.start(step, f"{done + number}/{total}", environment, said))
        while sum(not each.over() for each in running):
            time.sleep(POLL)
    except (KeyboardInterrupt, SystemExit):
        for each in running:
            each.stop()
        raise
    return [each.told() for each in running]


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
        with postgres.server() as one, postgres.server() as other, clean_environment() as environment:
            # What reads the code runs alone; the tests of both databases share the machine's two cores.
            reading = [[step] for step in ([] if arguments else checks())]
            testing = tests(one, other, asked, for_pytest)
            total = len(reading) + len(testing)
            results = list[tuple[Step, bool, float]]()
            for together in [*reading, testing]:
                results += run(together, len(results), total, environment)
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
