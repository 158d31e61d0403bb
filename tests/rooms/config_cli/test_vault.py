"""`tipstaff vault init`: two people, two passphrases, nothing overwritten."""

from pathlib import Path

import pytest

from tipstaff.config.cli import main
from tipstaff.vault import keys

FIRST, SECOND = "seven green bottles on the harbour wall", "nobody counts the gulls before winter"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The desk's folder of an office that has no vault yet."""
    folder = tmp_path / "office" / "desk"
    folder.mkdir(parents=True)
    (folder / "public.json").write_text("{}")
    monkeypatch.setenv("TIPSTAFF_OFFICE", str(tmp_path / "office"))
    real = keys.make
    monkeypatch.setattr(keys, "make", lambda *given: real(*given, log_n=4))
    return folder


def told(tmp_path: Path, first: str = FIRST, second: str = SECOND) -> list[str]:
    (tmp_path / "one").write_text(first + "\n")
    (tmp_path / "other").write_text(second + "\n")
    files = [
        "--first-passphrase-file",
        str(tmp_path / "one"),
        "--second-passphrase-file",
        str(tmp_path / "other"),
    ]
    return ["vault", "init", *files]


def test_it_makes_two_keys_and_says_whose_they_are(desk: Path, tmp_path: Path, capsys) -> None:
    assert main(told(tmp_path)) == 0

    assert keys.read_key(desk, keys.Half.SECOND, SECOND).recipient() == keys.read_public(desk).second
    said = capsys.readouterr().out
    assert "neither opens it alone" in said
    assert FIRST not in said


def test_a_second_time_it_overwrites_nothing(desk: Path, tmp_path: Path, capsys) -> None:
    main(told(tmp_path))
    before = {path: path.read_bytes() for path in desk.iterdir()}

    assert main(told(tmp_path)) == 1

    assert "never overwritten" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in desk.iterdir()} == before


@pytest.mark.parametrize("second, says", [(FIRST, "the same"), ("short", "at least 20 characters")])
def test_unfit_passphrases_make_nothing(desk: Path, tmp_path: Path, capsys, second: str, says: str) -> None:
    assert main(told(tmp_path, FIRST, second)) == 1

    assert says in capsys.readouterr().err
    assert [path.name for path in desk.iterdir()] == ["public.json"]


def test_typed_passphrases_are_asked_of_two_people_and_never_echoed(desk: Path, monkeypatch, capsys) -> None:
    asked: list[str] = []
    answers = iter([FIRST, FIRST, SECOND, SECOND])

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return next(answers)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", typed)

    assert main(["vault", "init"]) == 0
    assert [prompt.split()[0] for prompt in asked] == ["First", "The", "Second", "The"]
    assert "the first one looks away" in capsys.readouterr().out


def test_a_slip_makes_nothing(desk: Path, monkeypatch, capsys) -> None:
    answers = iter([FIRST, SECOND])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))

    assert main(["vault", "init"]) == 2
    assert "The two entries differ" in capsys.readouterr().err
    assert [path.name for path in desk.iterdir()] == ["public.json"]


def test_without_anybody_to_ask_or_without_an_office_it_says_so(
    desk: Path, tmp_path: Path, capsys, monkeypatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert main(["vault", "init"]) == 2
    assert main(["vault", "init", "--first-passphrase-file", str(tmp_path / "none")]) == 2
    (desk / "public.json").unlink()
    assert main(told(tmp_path)) == 1
    assert "There is no office" in capsys.readouterr().err
