"""Anyone with a saved proof or the log's address notices what was changed: with the command, as they would use it.

What the desk itself refuses to sign over stands in tests/rooms/logbook.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections

from tests.offices import DAY, TestOffice, Visitor
from tipstaff.config.cli import main
from tipstaff.footing.append_only import lifted
from tipstaff.hatch import actions, log, queries
from tipstaff.tlog.checkpoint import Checkpoint
from tipstaff.tlog.tiles import CHECKPOINT, entries_path, tile_path

LEAVES = 512


@pytest.fixture
def sent(office: TestOffice, visitor: Visitor, tmp_path: Path) -> Path:
    """One tip among covers, the desk's head over two tiles, and the sender's saved proof."""
    actions.append_covers(entries=[bytes([7]) * 32] * 100, expected_size=0)
    proof = visitor.tip("Three boats.").proof
    edge = actions.append_covers(entries=[bytes([9]) * 32] * (LEAVES - 101), expected_size=101)
    note = Checkpoint(office.notice.log.origin, edge.size, edge.root()).sign(office.head_signer)
    actions.put_public_head(size=edge.size, root=edge.root(), note=note, today=DAY)
    saved = tmp_path / "tip.tlog-proof"
    saved.write_text(proof)
    return saved


def fetched(into: Path) -> str:
    """The public log as anyone can fetch it from the door, in a folder."""
    paths = [CHECKPOINT, tile_path(1, 0, 2)]
    paths += [
        make(number) for number in range(LEAVES // 256) for make in (entries_path, lambda n: tile_path(0, n))
    ]
    for path in paths:
        answer = Visitor().get(f"/log/{path}")
        assert answer.status_code == 200, path
        (into / path).parent.mkdir(parents=True, exist_ok=True)
        (into / path).write_bytes(answer.content)
    return str(into)


def keys(office: TestOffice) -> list[str]:
    return ["--key", f"door={office.notice.log.door}", "--key", f"desk={office.notice.log.desk}"]


def test_a_saved_proof_holds_alone_and_against_the_public_log(
    office: TestOffice, sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(sent), *keys(office)]) == 0
    assert "leaf 100 of a log of 101" in capsys.readouterr().out
    assert main(["verify", str(sent), *keys(office), "--log", fetched(tmp_path / "log")]) == 0
    assert main(["verify-log", fetched(tmp_path / "log"), *keys(office), "--checkpoint", str(sent)]) == 0


PARTS: dict[str, Callable[[list[str]], int]] = {
    "the heading": lambda lines: 0,
    "the entry": lambda lines: 1,
    "the index": lambda lines: 2,
    "the first hash": lambda lines: 3,
    "the last hash": lambda lines: lines.index("") - 1,
    "the origin": lambda lines: lines.index("") + 1,
    "the size": lambda lines: lines.index("") + 2,
    "the root": lambda lines: lines.index("") + 3,
    "the signature": lambda lines: len(lines) - 2,
}


@pytest.mark.parametrize("part", PARTS)
def test_one_flipped_byte_in_any_part_is_refused(
    office: TestOffice, sent: Path, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = sent.read_text().split("\n")
    place = PARTS[part](lines)
    at = len(lines[place]) // 2
    flipped = chr(ord(lines[place][at]) ^ 1)
    lines[place] = lines[place][:at] + flipped + lines[place][at + 1 :]
    sent.write_text("\n".join(lines))

    assert main(["verify", str(sent), *keys(office)]) == 1

    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    assert len((said.out + said.err).strip()) > 20, "a sentence says what is wrong"


def spoil(statement: str, *values: bytes | int) -> None:
    """Change the hatch in its database, as its administrator could: past triggers and past our code."""
    with lifted(connections["hatch"]), connections["hatch"].cursor() as cursor:
        cursor.execute(statement, values)
    log.forget_tiles()


@pytest.mark.parametrize("number", [0, 100, 300, 511])
def test_a_changed_entry_is_noticed_by_anyone(
    office: TestOffice, sent: Path, tmp_path: Path, number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil("UPDATE hatch_leaf SET entry = %s WHERE number = %s", bytes(32), number)

    assert main(["verify-log", fetched(tmp_path / "log"), *keys(office)]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_a_removed_entry_is_noticed_by_anyone(office: TestOffice, sent: Path, tmp_path: Path) -> None:
    spoil("DELETE FROM hatch_leaf WHERE number = %s", 200)

    assert main(["verify-log", fetched(tmp_path / "log"), *keys(office)]) == 1


def test_a_log_built_anew_without_the_tip_does_not_hold_the_senders_checkpoint(
    office: TestOffice, sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Even with the desk's own key: whoever drops a tip and signs again is caught by the proof its sender kept."""
    entries = queries.leaves(0, LEAVES)
    for table in ("hatch_leaf", "hatch_tile", "hatch_publichead"):
        spoil(f"DELETE FROM {table}")
    spoil("UPDATE hatch_loghead SET size = 0, edge = %s", b"")
    edge = actions.append_covers(entries=[*entries[:100], bytes(32), *entries[101:]], expected_size=0)
    note = Checkpoint(office.notice.log.origin, edge.size, edge.root()).sign(office.head_signer)
    actions.put_public_head(size=edge.size, root=edge.root(), note=note, today=DAY)
    forked = fetched(tmp_path / "log")

    assert main(["verify-log", forked, *keys(office)]) == 0, "by itself the new log is whole"
    assert main(["verify-log", forked, *keys(office), "--checkpoint", str(sent)]) == 1
    assert main(["verify", str(sent), *keys(office), "--log", forked]) == 1
