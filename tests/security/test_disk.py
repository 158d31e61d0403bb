"""What a thief of the disk finds of a tip that came, broke off or stalled: nothing that was typed."""

import socket
import time
from pathlib import Path

import pytest

from tests.offices import Visitor, written_down
from tests.security.canaries import BROWSER, CANARY, NAME, everything_under, found_in, tip_form, until_staged
from tests.servers import Door
from tipstaff.door import posted
from tipstaff.hatch import queries
from tipstaff.hatch.columns import PUBLIC, SEALED
from tipstaff.hatch.models import Piece, Upload
from tipstaff.sealed.envelope import Limits


def test_security_18_nothing_readable_touches_the_disk(door_server: Door) -> None:
    """Whole tips, one whose post breaks off, one that stalls; then every file, the database and its journal too."""
    visitor = door_server.visitor(**{"User-Agent": BROWSER})
    photo = CANARY.encode() * 100_000
    receipt = written_down(visitor.post("/en/tip/", tip_form(visitor.token()), [(NAME, photo)]))
    broken = visitor.begin("/en/tip/", tip_form(visitor.token()), [(NAME, photo)], share=0.7)
    broken.close()
    stalled = visitor.begin("/en/tip/", tip_form(visitor.token()), [(NAME, photo)], share=0.7)
    until_staged(door_server, 3)

    files = everything_under(door_server.path)
    names = {path.name for path in files}
    secret = [" ".join(receipt.words), " ".join(receipt.numbers), receipt.words[0] + " " + receipt.words[1]]
    assert found_in(files, *secret) == []
    assert found_in(temporary_files(door_server), *secret) == []
    assert not [name for name in names if "Zarapito" in name]
    door_server.kill()
    stalled.close()
    assert found_in(everything_under(door_server.path), *secret) == []
    dump = "".join(
        repr(row) for table in tables(door_server) for row in door_server.rows(f"SELECT * FROM {table}")
    )
    assert "Zarapito" not in dump


def test_security_18_no_spool_file_is_ever_open_and_no_folder_grows(door_server: Door) -> None:
    before = {path for path in everything_under(door_server.path) if "hatch.sqlite3" not in path.name}
    visitor = door_server.visitor()
    stalled = [
        visitor.begin("/en/tip/", tip_form(visitor.token()), [(NAME, b"x" * 5_000_000)], share=0.6)
        for _ in range(4)
    ]
    until_staged(door_server, 4)

    after = {path for path in everything_under(door_server.path) if "hatch.sqlite3" not in path.name}
    assert {path.name for path in after - before} <= {"ratchet", "log"}
    opened = {Path(file.path) for process in door_server.processes() for file in process.open_files()}
    assert not [path for path in opened if "deleted" in path.name or path.parent.name in ("tmp", "home")]
    for connection in stalled:
        connection.close()


def test_security_18_names_kinds_and_times_travel_only_inside(visitor: Visitor) -> None:
    """What the hatch has of a file: a random id, sealed pieces, a day. Nothing the sender's browser said decides."""
    visitor.tip("See the photo.", [(NAME, b"GIF89a" + CANARY.encode()), ("other.exe", b"MZ")])

    assert {name for name in PUBLIC | SEALED if name.startswith(("upload.", "piece."))} == {
        "upload.id", "upload.envelope", "upload.day", "piece.upload", "piece.number", "piece.body",
    }  # fmt: skip
    assert len({bytes(upload.id) for upload in Upload.objects.all()}) == 2
    source = Path(posted.__file__).read_text(encoding="utf-8")
    assert "content_type" not in source.replace('headers.get("Content-Type"', ""), (
        "a part's own kind is never read"
    )


def test_security_18_limits_hold_while_the_bytes_stream_in(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file over the limit is let go of as it comes: what was staged of it never passes the limit."""
    monkeypatch.setattr(posted, "LIMITS", Limits(TOTAL_BYTES=3_000_000))

    answer = visitor.send("See the film.", [("film.mp4", b"x" * 9_000_000)])

    assert answer.status_code == 422
    assert sum(len(bytes(piece.body)) for piece in Piece.objects.all()) <= 3_000_000
    assert queries.count_waiting() == 0


def test_security_18_fifty_stalled_uploads_stop_nobody(door_server: Door) -> None:
    """Fifty senders post half a file and then nothing. Ten others send a whole tip, each request within a second."""
    visitor = door_server.visitor()
    stalled: list[socket.socket] = []
    for _ in range(50):
        form = tip_form(visitor.token())
        stalled.append(visitor.begin("/en/tip/", form, [(NAME, b"x" * 400_000)], share=0.5))
    time.sleep(0.5)

    slowest = 0.0
    for number in range(10):
        began = time.monotonic()
        token = visitor.token()
        between = time.monotonic()
        written_down(
            visitor.post("/en/tip/", {"token": token, "text": f"Sender {number} saw boats.", "send": "1"})
        )
        slowest = max(slowest, between - began, time.monotonic() - between)
    for connection in stalled:
        connection.close()

    assert slowest < 1.0
    assert door_server.rows("SELECT count(*) FROM hatch_envelope") == [(10,)]


def tables(door: Door) -> list[str]:
    return [
        "hatch_envelope",
        "hatch_mailbox",
        "hatch_upload",
        "hatch_piece",
        "hatch_leaf",
        "hatch_spenttoken",
    ]


def temporary_files(door: Door) -> list[Path]:
    """What the server's processes have open, deleted files included, as /proc shows it."""
    found = []
    for process in door.processes():
        for descriptor in Path(f"/proc/{process.pid}/fd").iterdir():
            if descriptor.exists() and descriptor.is_file():
                found.append(descriptor)
    return found
