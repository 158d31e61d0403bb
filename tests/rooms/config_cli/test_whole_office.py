"""Whole processes, as a person starts them: an office from nothing, and the demo from its first line to Ctrl-C."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tipstaff.config.cli import main
from tipstaff.config.demo.place import Card, NotADemo, Place, code

ROOT = Path(__file__).parents[3]
OURS = ("TIPSTAFF_", "DATABASE_URL", "HATCH_URL", "DJANGO_")


def environment(**more: str) -> dict[str, str]:
    """None of this run's own settings; the package where this run found it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"PYTHONPATH": str(ROOT / "src")} | more


def tipstaff(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tipstaff", *arguments],
        env=env, cwd=ROOT, text=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip


def test_a_new_office_from_nothing_to_a_signed_head(tmp_path: Path) -> None:
    (tmp_path / "passphrase").write_text("harbour lantern seven gulls quiet pier\n")
    env = environment(
        TIPSTAFF_OFFICE=str(tmp_path / "office"), TIPSTAFF_PASSPHRASE_FILE=str(tmp_path / "passphrase")
    )
    made = tipstaff(
        "init", "--yes", "--origin", "tips.harbour.example/log", "--name-en", "Harbour", "--name-es", "Puerto",
        "--agency", "hp=Harbour-police", "--compartment", "harbour=Harbour", "--officer", "ana=Ana",
        "--officer", "ben=Ben", env=env,
    )  # fmt: skip
    assert (made.returncode, made.stderr) == (0, "")

    worker = tipstaff("worker", "--once", env=env)
    assert (worker.returncode, worker.stderr) == (0, "")
    head = tipstaff("log", "publish", "--insist", env=env)
    assert (head.returncode, head.stderr) == (0, "")
    assert re.search(r"signed: (256|512) leaves", head.stdout)
    account = tipstaff("log", "account", "--sums", env=env)
    assert re.search(r"opened: 0 .* cover: (256|512)", account.stderr)
    doctor = tipstaff("doctor", env=env)
    assert doctor.returncode == 1, "the worker does not run: --once is not for ever"
    assert [line for line in doctor.stdout.splitlines() if line.startswith("red")] == [
        line for line in doctor.stdout.splitlines() if "The worker does not run" in line
    ]

    (tmp_path / "passphrase").write_text("another passphrase of six words\n")
    refused = tipstaff("worker", "--once", env=env)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "passphrase does not open the key file" in refused.stderr
    door = tipstaff("serve", "door", env=env)
    assert door.returncode == 1
    assert "TIPSTAFF_DOOR_HOSTS is missing" in door.stderr, (
        "a door that knows no name of its own does not start"
    )


class Running:
    """A demo that was started, and what it has said so far."""

    def __init__(self, folder: Path, door: int, desk: int) -> None:
        self.door, self.desk = f"http://127.0.0.1:{door}", f"http://localhost:{desk}"
        self.env = environment(TIPSTAFF_DEMO_FOLDER=str(folder))
        ports = ["--door-port", str(door), "--desk-port", str(desk)]
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "tipstaff", "demo", *ports],
            env=self.env, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.said = ""
        self.ready = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if "Ctrl-C stops everything" in line:
                self.ready.set()
        self.ready.set()

    def stop(self) -> int:
        """As Ctrl-C does; a second time changes nothing."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(60)
        self._reader.join(60)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return status


def free_ports() -> tuple[int, int]:
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path / "demo", *free_ports())
    try:
        yield running
    finally:
        running.stop()


def page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return str(answer.read().decode())


def nobody_waits_for_idle_connections(demo: Running) -> None:
    """Browsers keep connections open that they do not use; whoever comes next is answered all the same."""
    held = []
    for address, path, many in ((demo.desk, "/healthz", 40), (demo.door, "/healthz", 200)):
        for _ in range(many):
            held.append(http.client.HTTPConnection(address.removeprefix("http://"), timeout=10))
            held[-1].request("GET", path)
            held[-1].getresponse().read()
        page(f"{address}{path}")
    for connection in held:
        connection.close()


def test_the_demo_is_whole_says_that_it_reaches_no_one_and_stops_without_a_trace(
    demo: Running, tmp_path: Path
) -> None:
    assert demo.ready.wait(120), demo.said
    card = json.loads((tmp_path / "demo" / "officer.json").read_text())

    assert len(re.findall(r"^  TIP-[0-9A-Z-]+ \((?:en|es)\)$", demo.said, re.MULTILINE)) == 5
    for shown in (demo.door, demo.desk, card["username"], card["password"], card["totp"]):
        assert shown in demo.said
    for address in (f"{demo.door}/es/", f"{demo.desk}/accounts/login/"):
        assert "DEMO" in page(address)
    assert "2 million" in page(f"{demo.door}/en/") or "2,000,000" in page(f"{demo.door}/en/")
    nobody_waits_for_idle_connections(demo)
    shown_code = tipstaff("demo", "code", env=demo.env)
    assert re.fullmatch(r"\d{6}\n", shown_code.stdout)

    assert demo.stop() == 0, demo.said

    assert "Stopped. Nothing runs any more" in demo.said
    for address in (demo.door, demo.desk):
        with socket.socket() as probe:
            probe.settimeout(5)
            assert probe.connect_ex(("127.0.0.1", int(address.rpartition(":")[2]))) != 0


def test_the_code_is_the_one_of_the_standard() -> None:
    # RFC 6238, appendix B, SHA-1: the last six of its eight digits.
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    assert [code(secret, at) for at in (59, 1111111109, 2000000000)] == ["287082", "081804", "279037"]


def test_without_a_demo_there_is_no_code_but_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIPSTAFF_DEMO_FOLDER", str(tmp_path))

    assert main(["demo", "code"]) == 1

    assert "Start one with bin/run" in capsys.readouterr().err


def test_a_port_in_use_is_said_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIPSTAFF_DEMO_FOLDER", str(tmp_path / "demo"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert main(["demo", "--door-port", str(port)]) == 1

    assert (
        f"Port {port} is in use on this machine. Choose another with --door-port PORT."
        in capsys.readouterr().err
    )
    assert not (tmp_path / "demo").exists()


def test_a_demo_that_broke_off_is_made_anew_and_nothing_else_is_ever_removed(tmp_path: Path) -> None:
    half, other = Place(tmp_path / "half"), Place(tmp_path / "other")
    half.clear()
    (half.folder / "desk").mkdir()
    other.folder.mkdir()
    (other.folder / "letter").write_text("not ours")

    half.clear()
    with pytest.raises(NotADemo):
        other.clear()

    assert [path.name for path in half.folder.iterdir()] == ["THIS-IS-A-DEMO"]
    assert (other.folder / "letter").read_text() == "not ours"
    assert half.card() is None
    half.keep(Card("rosa", "password", "SECRET"))
    assert half.card() == Card("rosa", "password", "SECRET")
