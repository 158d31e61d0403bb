"""The doctor: an office in order is green, and each thing that is wrong is named with its remedy."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.keepers import NOON
from tests.offices import TestOffice
from tipstaff.config.cli import main
from tipstaff.config.office.doctor import Finding, Level, examine, machine
from tipstaff.hatch import actions as hatch
from tipstaff.logbook.models import Alarm
from tipstaff.outbox.models import Parcel

type Said = Callable[[], list[Finding]]


@pytest.fixture
def said(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> Said:
    """What the doctor says of the office, with a worker that has just been heard of."""
    monkeypatch.setenv("TIPSTAFF_OFFICE", str(office.path))
    monkeypatch.delenv("TIPSTAFF_DESK_FOLDER", raising=False)
    monkeypatch.delenv("TIPSTAFF_DOOR_FOLDER", raising=False)
    report(office.path)
    return lambda: list(examine())


def report(office: Path, *, at: datetime | None = None, **fields: object) -> None:
    said = {"at": (at or datetime.now(UTC)).isoformat(), "running": True, "unlocked": True, "jobs": {}}
    (office / "desk" / "worker.json").write_text(json.dumps(said | fields))


def texts(findings: list[Finding], level: Level) -> str:
    return "\n".join(f"{each.says} {each.fix}" for each in findings if each.level is level)


def test_everything_it_says_of_trouble_says_what_to_do(said: Said) -> None:
    findings = said()

    assert all(each.fix for each in findings if each.level is not Level.GREEN)
    good = texts(findings, Level.GREEN)
    for sentence in (
        "desk holds all its files",
        "door holds all its files",
        "nothing of the desk's",
        "the ones that the desk names",
        "desk's database is up to date",
        "hatch's database is up to date",
        "Notice 1 is published and verifies",
        "The worker runs",
        "No parcel is stuck",
    ):
        assert sentence in good


@pytest.mark.parametrize(
    "spoil, sentence",
    [
        (lambda office: (office / "door" / "log.seed").unlink(), "log.seed is missing"),
        (lambda office: (office / "desk" / "desk.key").chmod(0o644), "can be read by others"),
        (lambda office: (office / "door").chmod(0o755), "can be read by others"),
        (lambda office: (office / "door" / "desk.key").write_bytes(b"x"), "does not belong at the door"),
        (
            lambda office: (office / "door" / "log.seed").write_bytes(b"7" * 32),
            "not the ones that the desk names",
        ),
        (lambda office: (office / "door" / "log.seed").write_bytes(b"short"), "cannot be compared"),
        (lambda office: (office / "desk" / "worker.json").unlink(), "worker has never run"),
        (lambda office: report(office, at=NOON - timedelta(days=400)), "worker does not run"),
        (lambda office: report(office, running=False), "worker does not run"),
        (
            lambda office: report(office, jobs={"outbox": {"error": "It is away."}}),
            "“outbox” fails: It is away.",
        ),
    ],
)
def test_what_is_wrong_in_the_folder_is_red(
    office: TestOffice, said: Said, spoil: Callable[[Path], object], sentence: str
) -> None:
    spoil(office.path)

    assert sentence in texts(said(), Level.RED)


def test_a_lost_key_file_ends_the_examination_with_what_to_do(office: TestOffice, said: Said) -> None:
    (office.path / "desk" / "public.json").unlink()

    findings = said()

    assert "public.json is missing. Restore it from a backup" in texts(findings, Level.RED)
    assert "database" not in texts(findings, Level.GREEN)


def test_stuck_parcels_and_refused_heads_are_red(said: Said) -> None:
    Parcel.objects.create(kind="erase", key="00", state="STUCK", not_before=NOON, put_on=NOON.date())
    Alarm.objects.create(size=3, rules=["logbook.forked"], because="An entry was changed.", raised_at=NOON)

    red = texts(said(), Level.RED)

    assert "1 parcels for the hatch are stuck" in red
    assert "The public head is not signed: An entry was changed." in red


def test_a_notice_that_does_not_verify_is_red(office: TestOffice, said: Said) -> None:
    hatch.put_notice(number=9, note="tipstaff/notice/v1\n9\n{}\n\n— somebody else\n", today=NOON.date())

    assert "does not verify" in texts(said(), Level.RED)


def test_a_notice_for_other_keys_is_red(office: TestOffice, said: Said) -> None:
    office.publish(recipients=("age1pq1other",))

    assert "names other recipients" in texts(said(), Level.RED)


def test_the_exit_code_is_for_machines(
    office: TestOffice, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    (office.path / "door" / "desk.key").write_bytes(b"x")

    assert main(["doctor"]) == 1

    out = capsys.readouterr().out
    assert "→ Move it away" in out
    assert out.endswith("Something must be mended: see what is red.\n")


@pytest.mark.parametrize(
    "uuids, encrypted",
    [
        (["CRYPT-LUKS2-0a"], True),
        (["LVM-1b", "CRYPT-LUKS2-0a"], True),
        (["LVM-1b", ""], False),
        ([""], False),
    ],
)
def test_an_encrypted_disk_is_recognised_also_under_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uuids: list[str], encrypted: bool
) -> None:
    blocks: list[Path] = []
    for number, uuid in enumerate(uuids):
        block = tmp_path / f"block{number}"
        (block / "slaves").mkdir(parents=True)
        if uuid:
            (block / "dm").mkdir()
            (block / "dm" / "uuid").write_text(uuid)
        if blocks:
            (blocks[-1] / "slaves" / block.name).symlink_to(block)
        blocks.append(block)
    device = (tmp_path).stat().st_dev
    sys = tmp_path / "sys"
    sys.mkdir()
    import os

    (sys / f"{os.major(device)}:{os.minor(device)}").symlink_to(blocks[0])

    assert machine.is_encrypted(tmp_path, sys) is encrypted
    assert machine.is_encrypted(tmp_path, tmp_path / "none") is None
