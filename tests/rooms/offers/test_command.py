"""`tipstaff programme check` and `load`: exit codes, sentences, and drafts that only a second officer makes public."""

from pathlib import Path

import pytest

from tests.rooms.offers.conftest import FILE, REF, everything, offer_now
from tests.rooms.offers.test_pages import browser
from tipstaff.config.cli import main

__all__ = ["browser"]

DARIEN = Path(__file__).parents[3] / "programmes" / "darien-2024.toml"


@pytest.fixture
def desk(office, browser, monkeypatch):
    """An office that the command finds, with the cast's officers in it."""
    monkeypatch.setenv("TIPSTAFF_DESK_FOLDER", str(office.path / "desk"))


@pytest.mark.parametrize("file", [FILE, DARIEN], ids=lambda file: file.stem)
def test_a_file_in_order_is_said_to_be(capsys, file):
    assert main(["programme", "check", str(file)]) == 0

    out, err = capsys.readouterr()
    assert out.startswith(
        f"{file} is in order: programme {file.stem.replace('harbour', 'harbour-2026')}, offers "
    )
    assert err == ""


def test_every_fault_is_printed_with_file_and_line(capsys, tmp_path):
    file = tmp_path / "spoilt.toml"
    file.write_text(
        FILE.read_text(encoding="utf-8").replace("b8", "b99").replace("code =", "cod ="), encoding="utf-8"
    )

    assert main(["programme", "check", str(file)]) == 1

    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f'{file}:4: programme.cod: unknown key; did you mean "code"?',
        f'{file}:17: agencies 1, cod: unknown key; did you mean "code"?',
        f'{file}:49: offers 1, conditions 1, paragraphs 1: expected a paragraph of 22 USC 2708 from b1 to b14, found "b99"',
        f"tipstaff: {file} has 3 faults. docs/programme-file.md says what such a file holds.",
    ]


def test_bytes_that_are_no_utf8_are_found(capsys, tmp_path):
    file = tmp_path / "latin.toml"
    file.write_bytes("format = 1\n# Darién\n".encode("latin-1"))

    assert main(["programme", "check", str(file)]) == 1
    assert capsys.readouterr().err.startswith(
        f"{file}:2: expected UTF-8, found another byte; save the file as UTF-8\n"
    )


@pytest.mark.parametrize("verb", [["check"], ["load", "--actor", "ana"]])
def test_a_file_that_cannot_be_read_ends_with_two(capsys, tmp_path, verb):
    file = tmp_path / "missing.toml"

    assert main(["programme", *verb, str(file)]) == 2
    assert capsys.readouterr().err == (
        f"tipstaff: {file}: no such file or directory. Name a programme file that can be read.\n"
    )


def test_loading_makes_drafts_for_the_desk(capsys, desk):
    assert main(["programme", "load", str(FILE), "--actor", "ana"]) == 0

    assert capsys.readouterr().out == "HL-1 is a new draft: propose it at the desk.\n"
    offer = offer_now()
    assert (offer.state, offer.public_version) == ("draft", None)
    assert main(["programme", "load", str(FILE), "--actor", "ana"]) == 0
    assert capsys.readouterr().out == "HL-1 says the same already: left as it is.\n"


@pytest.mark.parametrize(
    "who, status, says",
    [
        ("ben", 1, "ben may not load a programme in the compartment harbour"),
        ("cleo", 1, "cleo may not load a programme in the compartment harbour"),
        ("nobody", 2, "There is no officer nobody"),
    ],
)
def test_who_may_not_load_changes_nothing(capsys, desk, who, status, says):
    assert main(["programme", "load", str(FILE), "--actor", who]) == status

    assert says in capsys.readouterr().err
    assert not any(everything().values())


def test_a_file_at_fault_loads_nothing(capsys, desk, tmp_path):
    file = tmp_path / "spoilt.toml"
    file.write_text(FILE.read_text(encoding="utf-8").replace("USD", "USB"), encoding="utf-8")

    assert main(["programme", "load", str(file), "--actor", "ana"]) == 1

    assert "unknown" not in capsys.readouterr().out
    assert not any(everything().values())


def test_what_stands_in_the_way_is_said_in_a_sentence(capsys, bring, desk, tmp_path):
    bring("proposed")
    before = everything()

    assert main(["programme", "load", str(FILE), "--actor", "ana"]) == 1

    assert capsys.readouterr().err.startswith(
        f"tipstaff: {REF} is already proposed, public or another programme's"
    )
    assert everything() == before
