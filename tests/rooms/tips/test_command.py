"""`tipstaff desk open`: a whole batch at once, what does not open explained, the passphrase from a file."""

from pathlib import Path

import pytest

from tests.offices import PASSPHRASE, TestOffice
from tests.rooms.tips.source import Source, put_in_hatch
from tipstaff.config.cli import main
from tipstaff.hatch import queries as hatch
from tipstaff.tips.models import Envelope


@pytest.fixture
def passphrase(harbour: TestOffice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file that holds the passphrase, named in the environment beside the office."""
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n")
    monkeypatch.setenv("TIPSTAFF_PASSPHRASE_FILE", str(path))
    monkeypatch.setenv("TIPSTAFF_DESK_FOLDER", str(harbour.path / "desk"))
    return path


def states() -> list[str]:
    rows = Envelope.objects.unscoped("a test looks").order_by("leaf")
    return list(rows.values_list("state", flat=True))


def test_everything_that_waits_is_opened(
    harbour: TestOffice, passphrase: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        Source(harbour).tip()
    put_in_hatch(b"no envelope at all", bytes(32), new=False)

    assert main(["desk", "open"]) == 0

    said = capsys.readouterr().out
    assert said.startswith("3 opened, 1 set aside.\n")
    assert "says why" in said
    assert states() == ["opened", "opened", "opened", "not-openable"]


def test_nothing_waits_and_that_is_said(passphrase: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desk", "open"]) == 0

    assert capsys.readouterr().out == "0 opened, 0 set aside.\n"


def test_a_wrong_passphrase_opens_nothing(
    source: Source, passphrase: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source.tip()
    passphrase.write_text("something else")

    assert main(["desk", "open"]) == 1

    assert "this passphrase does not open the key file" in capsys.readouterr().err
    assert (states(), hatch.count_waiting()) == ([], 1)
