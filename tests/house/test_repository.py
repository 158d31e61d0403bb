"""What lies in the repository: nothing that ties it to one place, nothing that was not written by hand."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.house.reading import ROOT, label, tracked

# Written in parts, so that this file does not name them either.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("crates", "io"),
        ("golang", "org"),
        ("deb", "debian", "org"),
        ("hub", "docker", "com"),
    )
)
ONE_MACHINE = ("/" + "work/", ".." + "/shared", "/" + "root/", "/" + "home/")
MADE = {".mo", ".pyc", ".sqlite3", ".woff", ".woff2", ".ttf", ".otf", ".min.js"}
SCRIPTS = sorted([*(ROOT / "bin").iterdir(), ROOT / ".ci" / "run"])
LOCKED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


@pytest.mark.parametrize("path", tracked(), ids=label)
def test_a_file_names_no_registry_and_no_single_machine(path: Path) -> None:
    text = text_of(path)

    assert [word for word in REGISTRIES + ONE_MACHINE if word in text] == []


def test_nothing_that_is_made_is_kept() -> None:
    assert [label(path) for path in tracked() if path.suffixes and "".join(path.suffixes[-2:]) in MADE] == []
    assert [label(path) for path in tracked() if path.suffix in MADE] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=label)
def test_a_script_can_be_run_and_read_by_the_plainest_shell(script: Path) -> None:
    first = text_of(script).splitlines()[0]
    shell = first.removeprefix("#!/usr/bin/env ").removeprefix("#!")

    assert os.access(script, os.X_OK)
    assert subprocess.run([shell, "-n", script], capture_output=True, check=False).stderr == b""


def locked(name: str) -> dict[str, str]:
    return dict(LOCKED.findall((ROOT / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "lock, groups",
    [("requirements.lock", []), ("requirements-dev.lock", ["dev"]), ("requirements-node.lock", ["node"])],
)
def test_a_lock_holds_what_the_project_asks_for(lock: str, groups: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [] if lock == "requirements-node.lock" else project["project"]["dependencies"]
    asked = asked + [line for group in groups for line in project["dependency-groups"][group]]
    versions = {re.sub(r"\[.*?\]", "", line).split("==")[0]: line.split("==")[1] for line in asked}

    assert versions.items() <= locked(lock).items(), "docs/setup.md says how the locks are written"


def test_what_is_tested_is_what_runs() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.lock")), ids=label)
def test_every_locked_package_has_a_hash(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())

    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
