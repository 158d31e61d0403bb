"""`tipstaff init`: what it makes, that it overwrites nothing, and what it says when something is missing."""

import json
import stat
from pathlib import Path

import pytest

from tests.keepers import records
from tipstaff.config.cli import main
from tipstaff.config.office import folder, start
from tipstaff.config.office.folder import FolderThere, Plan, WeakPassphrase, make
from tipstaff.custody import public
from tipstaff.people.queries import officer_exists
from tipstaff.sealed.keyfile import read_keyfile
from tipstaff.tlog.keys import Signer

PASSPHRASE = "harbour lantern seven gulls quiet pier"
PLAN = Plan(origin="tips.harbour.example/log", compartment="harbour", name={"en": "Harbour", "es": "Puerto"})
TOLD = (
    "init --yes --origin tips.harbour.example/log --name-en Harbour --name-es Puerto --agency hp=Harbour-police "
    "--compartment harbour=Harbour --officer ana=Ana --officer ben=Ben"
).split()


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for an office, and the passphrase in a file beside it."""
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\n")
    monkeypatch.setenv("TIPSTAFF_OFFICE", str(tmp_path / "office"))
    monkeypatch.setenv("TIPSTAFF_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    monkeypatch.setattr(folder, "make", lambda *given: make(*given, log_n=4))
    return tmp_path / "office"


def files(office: Path) -> dict[str, bytes]:
    return {str(path.relative_to(office)): path.read_bytes() for path in office.rglob("*") if path.is_file()}


def test_it_makes_keys_databases_and_two_officers_whose_passwords_it_shows_once(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(TOLD) == 0

    assert set(files(empty)) == {
        "desk/desk.key",
        "desk/public.json",
        "desk/secret",
        "door/form.key",
        "door/log.seed",
        "door/notice.vkey",
        "door/origin",
    }
    said = capsys.readouterr().out
    assert [line.split()[0] for line in said.splitlines() if line.startswith(("  ana ", "  ben "))] == [
        "ana",
        "ben",
    ]
    assert "tipstaff doctor" in said
    assert {verb for verb, _, _ in records()} == {
        "people.office.founded",
        "people.officer.added",
        "people.grant.founded",
    }


def test_run_again_it_overwrites_nothing_and_adds_nobody(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(TOLD)
    before, done = files(empty), records()
    capsys.readouterr()

    assert main(TOLD) == 0

    assert (files(empty), records()) == (before, done)
    assert "Keys are in" in capsys.readouterr().out


@pytest.mark.parametrize(
    "without, sentence",
    [
        ("--origin", "log's name for ever"),
        ("--name-es", "name (es)"),
        ("--agency", "Agency"),
        ("--compartment", "compartment"),
    ],
)
def test_what_is_missing_is_named_and_no_officer_is_made(
    empty: Path, capsys: pytest.CaptureFixture[str], without: str, sentence: str
) -> None:
    at = TOLD.index(without)

    assert main(TOLD[:at] + TOLD[at + 2 :]) == 2

    assert sentence in capsys.readouterr().err
    assert not officer_exists()


def test_one_person_does_not_found_an_office(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*TOLD[:-1], "ana=Ana"]) == 1

    assert "founded by two people" in capsys.readouterr().err
    assert not officer_exists()


def test_the_keys_fit_together(tmp_path: Path) -> None:
    office = tmp_path / "office"
    made = make(office, PLAN, PASSPHRASE, log_n=4)

    keyring = read_keyfile((office / "desk" / "desk.key").read_bytes(), PASSPHRASE)
    assert public.read(office / "desk" / "public.json") == made
    assert made.recipients == (str(keyring.identities[0].recipient()),)
    assert made.desk_vkey == Signer(PLAN.origin, keyring.head).vkey
    assert made.notice_vkey == (office / "door" / "notice.vkey").read_text().strip()
    assert made.door_vkey == Signer(PLAN.origin, (office / "door" / "log.seed").read_bytes()).vkey
    assert made.door_vkey != made.desk_vkey, "two keys sign for the log"


def test_nobody_else_on_the_machine_can_read_the_folder(tmp_path: Path) -> None:
    office = tmp_path / "office"
    make(office, PLAN, PASSPHRASE, log_n=4)

    open_to_others = [path for path in office.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert open_to_others == []


def test_the_doors_folder_holds_nothing_that_opens_or_signs_for_the_desk(tmp_path: Path) -> None:
    office = tmp_path / "office"
    make(office, PLAN, PASSPHRASE, log_n=4)

    keyring = read_keyfile((office / "desk" / "desk.key").read_bytes(), PASSPHRASE)
    secrets = [keyring.notice, keyring.head, keyring.cover, str(keyring.identities[0]).encode()]
    at_the_door = b"".join(path.read_bytes() for path in (office / "door").iterdir())
    assert [
        secret for secret in secrets if secret in at_the_door or secret.hex().encode() in at_the_door
    ] == []


def test_keys_are_never_overwritten_and_a_short_passphrase_makes_nothing(tmp_path: Path) -> None:
    office = tmp_path / "office"
    with pytest.raises(WeakPassphrase):
        make(office, PLAN, "too short", log_n=4)
    assert not office.exists()
    make(office, PLAN, PASSPHRASE, log_n=4)
    before = files(office)

    with pytest.raises(FolderThere, match="never overwritten"):
        make(office, PLAN, PASSPHRASE, log_n=4)

    assert files(office) == before


@pytest.mark.parametrize("spoil", ["", "[]", "{}", json.dumps({"recipients": 5})])
def test_a_spoilt_public_file_is_a_sentence(tmp_path: Path, spoil: str) -> None:
    path = tmp_path / "public.json"
    path.write_text(spoil)

    with pytest.raises(public.NoPublicKeys, match="restore it from a backup"):
        public.read(path)


def test_without_an_office_commands_say_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIPSTAFF_OFFICE", str(tmp_path / "nowhere"))

    assert main(["log", "account"]) == 1

    assert capsys.readouterr().err == (
        f"tipstaff: There is no office in {start.office_folder()}. Make one with `tipstaff init`, or name another "
        "folder in TIPSTAFF_OFFICE.\n"
    )
