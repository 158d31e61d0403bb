"""A tip arrives whole and once, or not at all; nobody locks anybody out; a door that cannot keep tips does not open."""

import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from tests.offices import Visitor, found, hidden, written_down
from tests.postgres import free_port
from tests.servers import ROOT, Door
from tipstaff.config.office.jobs import sweep
from tipstaff.hatch import actions, log, queries
from tipstaff.hatch.models import Envelope, Leaf, Mailbox, SpentToken, Upload
from tipstaff.sealed.derive import mailbox_address
from tipstaff.sealed.envelope import open_envelope
from tipstaff.sealed.receipt import Receipt

TABLES = ("hatch_envelope", "hatch_leaf", "hatch_mailbox", "hatch_spenttoken")
BOATS = "Three boats at the old pier."


def kept() -> list[int]:
    """How many rows a tip could have left, table by table."""
    models: tuple[Any, ...] = (Envelope, Leaf, Mailbox, SpentToken)
    return [model.objects.count() for model in models] + [queries.private_head().size]


def test_security_13_one_post_sent_five_times_is_one_tip(visitor: Visitor) -> None:
    fields = {"token": visitor.token(), "text": BOATS, "send": "1"}

    receipts = {tuple(written_down(visitor.post("/en/tip/", fields)).words) for _ in range(5)}

    assert len(receipts) == 1
    assert kept() == [1, 1, 1, 1, 1]


def test_security_13_five_at_the_same_moment_too(standing_door: Door) -> None:
    visitor = standing_door.visitor()
    fields = {"token": visitor.token(), "text": BOATS, "send": "1"}
    before = counts(standing_door)

    answers = at_once([lambda: standing_door.visitor().post("/en/tip/", fields)] * 5)

    assert len({tuple(written_down(answer).words) for answer in answers}) == 1
    assert counts(standing_door) == [count + 1 for count in before]


def test_security_13_a_spent_token_takes_nothing_else_either(visitor: Visitor) -> None:
    """Not another text, and not a message to a mailbox."""
    token = visitor.token()
    receipt = written_down(visitor.post("/en/tip/", {"token": token, "text": BOATS, "send": "1"}))
    opened = visitor.come_back(" ".join(receipt.words))
    message = {"token": token, "lent": hidden(opened, "lent"), "text": "And a fourth.", "send": "1"}

    visitor.post("/en/tip/", {"token": token, "text": "Four boats.", "send": "1"})
    visitor.post("/en/mailbox/", message)

    assert kept() == [1, 1, 1, 1, 1]


def test_security_13_sweeping_forgets_no_token_that_could_still_be_used(visitor: Visitor) -> None:
    """A token is taken for a day; its spent mark outlives that by whichever hour of the day it was made."""
    now = datetime.now(UTC)
    fields = {"token": visitor.token(), "text": BOATS, "send": "1"}
    visitor.post("/en/tip/", fields)

    sweep(None, now + timedelta(hours=26))

    assert SpentToken.objects.count() == 1
    visitor.post("/en/tip/", fields)
    assert Envelope.objects.count() == 1


def test_security_14_two_hundred_tips_of_one_sender_lock_nobody_out(visitor: Visitor) -> None:
    for number in range(200):
        written_down(visitor.send(f"Noise {number}."))

    other = Visitor("es").tip("Tres lanchas.")

    assert other.reference
    assert kept() == [201] * 5


def test_security_14_wrong_receipts_without_end_lock_nobody_out_of_a_mailbox(visitor: Visitor) -> None:
    receipt = visitor.tip(BOATS)
    for number in range(100):
        visitor.come_back(f"{number:04d} " * 12)
        visitor.come_back("abandon " * 11 + "about")

    assert receipt.reference in visitor.come_back(" ".join(receipt.words)).content.decode()


def test_security_14_nothing_in_door_or_hatch_asks_where_a_visitor_comes_from() -> None:
    """No budget by address, because none is read: there can be no record of one, hashed or not."""
    asks = re.compile(r"REMOTE_|FORWARDED|X-Real-IP|USER_AGENT|User-Agent|RATELIMIT|throttle", re.IGNORECASE)
    for room in ("door", "hatch"):
        for path in (ROOT / "src" / "tipstaff" / room).rglob("*.py"):
            assert not asks.search(path.read_text(encoding="utf-8")), path


def test_security_15_sixteen_first_tips_at_once_are_sixteen_receipts(standing_door: Door) -> None:
    senders = [standing_door.visitor() for _ in range(16)]
    tokens = [sender.token() for sender in senders]
    before = counts(standing_door)

    def send(number: int) -> Any:
        fields = {"token": tokens[number], "text": f"Sender {number} saw boats.", "send": "1"}
        return senders[number].post("/en/tip/", fields, [(f"{number}.jpg", b"%d" % number * 5000)])

    answers = at_once([lambda number=number: send(number) for number in range(16)])  # type: ignore[misc]  # each with its own number

    assert Counter(answer.status_code for answer in answers) == {200: 16}
    receipts = [written_down(answer) for answer in answers]
    assert len({tuple(receipt.words) for receipt in receipts}) == 16
    assert counts(standing_door) == [count + 16 for count in before]
    with standing_door.hatch():
        rows = [row for row in queries.waiting(10_000) if row.leaf >= before[1]]
        opened = [open_envelope(row.body, standing_door.office.keyring.identities) for row in rows]
        assert all(len(queries.uploads_of(row.entry)) == 1 for row in rows)
    assert {item.text for item in opened} == {f"Sender {number} saw boats." for number in range(16)}
    assert {item.mailbox for item in opened} == {
        mailbox_address(Receipt.read(" ".join(receipt.words))) for receipt in receipts
    }


def test_security_16_a_tip_that_was_confirmed_outlives_a_kill_and_half_a_one_leaves_no_half(
    door_server: Door,
) -> None:
    visitor = door_server.visitor()
    fields = {"token": visitor.token(), "text": BOATS, "send": "1"}
    half = visitor.begin("/en/tip/", fields, [("pier.jpg", b"x" * 3_000_000)], share=0.8)
    receipt = visitor.tip("The confirmed one.")
    door_server.kill()
    half.close()

    assert counts(door_server) == [1, 1, 1, 1]
    assert door_server.rows("SELECT size FROM hatch_loghead") == [(1,)]
    door_server.start()
    assert receipt.reference in door_server.visitor().come_back(" ".join(receipt.words)).content.decode()
    assert door_server.rows("SELECT count(*) FROM hatch_upload WHERE envelope IS NOT NULL") == [(0,)]
    # The sender whose page was cut off sends it again, and it is taken.
    again = written_down(door_server.visitor().post("/en/tip/", fields, [("pier.jpg", b"x" * 3_000_000)]))
    assert again.words != receipt.words


@pytest.mark.parametrize("breaks", ["append", "save_edge", "locked_edge"])
def test_security_16_what_breaks_in_the_middle_leaves_neither_half(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, breaks: str
) -> None:
    def broken(*args: Any) -> Any:
        raise RuntimeError("the power is gone")

    fields = {"token": visitor.token(), "text": BOATS, "send": "1"}
    with monkeypatch.context() as patch:
        patch.setattr(log, breaks, broken)
        with pytest.raises(RuntimeError):
            visitor.post("/en/tip/", fields, [("pier.jpg", b"a photo")])

    assert kept() == [0, 0, 0, 0, 0]
    assert Upload.objects.exclude(envelope=None).count() == 0
    written_down(visitor.post("/en/tip/", fields, [("pier.jpg", b"a photo")]))
    assert kept() == [1, 1, 1, 1, 1]


def test_security_16_nothing_is_said_before_it_is_durable(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checkpoint is signed inside the transaction, the page is made after it."""
    order: list[str] = []
    accept = actions.accept

    def watched(**arrival: Any) -> Any:
        accepted = accept(**arrival)
        order.append("committed")
        return accepted

    monkeypatch.setattr(actions, "accept", watched)
    page = "tipstaff.door.views.tip.receipt_page"

    def shown(*args: Any) -> bytes:
        order.append("said")
        return b""

    monkeypatch.setattr(page, shown)

    visitor.send(BOATS)

    assert order == ["committed", "said"]
    if connections["hatch"].vendor == "sqlite":
        with connections["hatch"].cursor() as cursor:
            settings = {
                name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("synchronous", "journal_mode")
            }
        assert settings == {"synchronous": 2, "journal_mode": "wal"}, "FULL: each commit is synced"


MISCONFIGURED: dict[str, tuple[dict[str, str], Callable[[Path], object], str]] = {
    "no host name": ({"TIPSTAFF_DOOR_HOSTS": ""}, lambda door: None, "TIPSTAFF_DOOR_HOSTS"),
    "any host name": ({"TIPSTAFF_DOOR_HOSTS": "*"}, lambda door: None, "TIPSTAFF_DOOR_HOSTS"),
    "an address for a name": (
        {"TIPSTAFF_DOOR_HOSTS": "https://tips.example/"},
        lambda door: None,
        "not a host name",
    ),
    "a database of no kind": ({"HATCH_URL": "mysql://tips"}, lambda door: None, "HATCH_URL"),
    "no log key": ({}, lambda door: (door / "log.seed").unlink(), "log.seed"),
    "half a form key": ({}, lambda door: (door / "form.key").write_bytes(b"x" * 16), "form.key"),
    "no key of the desk": ({}, lambda door: (door / "notice.vkey").unlink(), "notice.vkey"),
    "no name for the log": ({}, lambda door: (door / "origin").unlink(), "origin"),
}


def test_security_17_a_door_that_could_not_keep_a_tip_does_not_open(tmp_path: Path) -> None:
    """Each fault in a door of its own, all started at once; each ends by itself with a sentence."""

    def start(fault: str) -> Any:
        settings, spoil, _ = MISCONFIGURED[fault]
        office = found(tmp_path / fault.replace(" ", "-")).path
        spoil(office / "door")
        environment = {
            "PATH": str(Path(sys.executable).parent), "PYTHONPATH": str(ROOT / "src"), "HOME": str(tmp_path),
            "TIPSTAFF_OFFICE": str(office), "TIPSTAFF_DOOR_HOSTS": "127.0.0.1", **settings,
        }  # fmt: skip
        command = [sys.executable, "-m", "tipstaff", "serve", "door", "--port", str(free_port())]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=90, check=False
        )

    ended = at_once([lambda fault=fault: start(fault) for fault in MISCONFIGURED])  # type: ignore[misc]  # each its own

    for (fault, (_, _, named)), done in zip(MISCONFIGURED.items(), ended, strict=True):
        assert done.returncode != 0, fault
        assert named in done.stderr, f"{fault}: {done.stderr}"
        assert "Traceback" not in done.stderr, fault


def test_security_17_a_wrong_host_is_refused_before_anything_is_kept(visitor: Visitor) -> None:
    fields = {"token": visitor.token(), "text": BOATS, "send": "1"}
    stranger = Visitor(headers={"host": "tips.elsewhere.example"})

    assert stranger.get("/en/tip/").status_code == 400
    assert stranger.post("/en/tip/", fields, [("pier.jpg", b"x" * 2_000_000)]).status_code == 400
    assert kept() == [0, 0, 0, 0, 0]
    assert Upload.objects.count() == 0


def counts(door: Door) -> list[int]:
    return [door.rows(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """The answers of all calls, which begin together."""
    gate, answers = threading.Barrier(len(calls)), list[Any]([None]) * len(calls)

    def run(place: int) -> None:
        gate.wait()
        answers[place] = calls[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
