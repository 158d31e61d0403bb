"""`tipstaff rules check` and `propose`: exit codes, sentences, and a proposal that two officers have yet to approve."""

from pathlib import Path

import pytest

import tipstaff.rulebook
from tests.rooms.rulebook.conftest import TOCRP, everything
from tests.rooms.rulebook.test_pages import browser
from tipstaff.config.cli import main
from tipstaff.rulebook.models import RuleSheet

__all__ = ["browser"]

FILE = Path(tipstaff.rulebook.__file__).parent / "sheets" / "tocrp.toml"
PROPOSE = ["rules", "propose", str(FILE), "--compartment", "harbour", "--actor"]


@pytest.fixture
def desk(office, browser, monkeypatch):
    """An office that the command finds, with the cast's officers in it."""
    monkeypatch.setenv("TIPSTAFF_DESK_FOLDER", str(office.path / "desk"))


def test_a_file_in_order_is_said_to_be(capsys):
    assert main(["rules", "check", str(FILE)]) == 0

    assert capsys.readouterr().out == (
        f"{FILE} is in order: sheet tocrp 1, share-of-cap, in force from 2024-06-11, 1 of 4 sources invented.\n"
        f"Digest: {TOCRP.digest()}\n"
    )


def test_every_fault_is_printed_with_file_and_line(capsys, tmp_path):
    file = tmp_path / "spoilt.toml"
    file.write_text(FILE.read_text(encoding="utf-8").replace("quorum =", "quorm ="), encoding="utf-8")

    assert main(["rules", "check", str(file)]) == 1

    line = next(n for n, text in enumerate(file.read_text().splitlines(), 1) if text.startswith("quorm"))
    assert capsys.readouterr().err.splitlines() == [
        f'{file}:{line}: decisions.quorm: unknown key; did you mean "quorum"?',
        f"tipstaff: {file} has one fault. docs/rule-sheet.md says what such a file holds.",
    ]


def test_an_editor_proposes(desk, capsys):
    assert main([*PROPOSE, "ana"]) == 0

    row = RuleSheet.objects.unscoped("a test looks").get()
    assert (row.state, row.proposed_by, row.compartment, row.number) == ("proposed", "ana", "harbour", 1)
    assert capsys.readouterr().out == (
        f"{row.ref} is proposed: tocrp 1. Two other officers approve it at the desk.\n"
    )


@pytest.mark.parametrize(
    "who, status, sentence",
    [
        ("ben", 1, "ben may not propose a rule sheet in the compartment harbour"),
        ("nobody", 2, "There is no officer nobody"),
    ],
)
def test_others_propose_nothing(desk, capsys, who, status, sentence):
    before = everything()

    assert main([*PROPOSE, who]) == status

    assert sentence in capsys.readouterr().err
    assert everything() == before


def test_a_refusal_is_said_with_every_reason(desk, capsys):
    main([*PROPOSE, "ana"])
    before = everything()

    assert main([*PROPOSE, "ana"]) == 1

    assert "A sheet tocrp is proposed already: approve or return it first." in capsys.readouterr().err
    assert everything() == before
