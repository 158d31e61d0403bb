"""`tipstaff awards replay` and `tipstaff awards figures load`, as somebody at a terminal meets them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from tests.rooms.awards.cast import NOON, Road
from tests.rooms.awards.papers.test_statistics import GOOD
from tipstaff.awards.models import Determination, Figure
from tipstaff.config.cli import main
from tipstaff.footing.append_only import lifted
from tipstaff.people.models import Agency, Compartment, Grant, Officer

type Said = tuple[int, str, str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run one command in this test's own database."""
    from tipstaff.config.office import start

    monkeypatch.setattr(start, "desk_site", lambda: None)

    def run(*words: str) -> Said:
        status = main(["awards", *words])
        out, err = capsys.readouterr()
        return status, out.strip(), err.strip()

    return run


@pytest.fixture
def staff(db: None) -> None:
    """Edi edits in Harbour, Ed in Harbour and Ridge; Ann audits."""
    agency = Agency.objects.create(code="harbour-police", name="Harbour police")
    for code in ("harbour", "ridge"):
        Compartment.objects.create(code=code, name=code.title(), agency=agency)
    for name, role, places in (
        ("edi", "editor", ["harbour"]),
        ("ed", "editor", ["harbour", "ridge"]),
        ("ann", "auditor", ["harbour"]),
    ):
        officer = Officer.objects.create(username=name, full_name=name, agency=agency, added_at=NOON)
        for place in places:
            Grant.objects.create(
                officer=officer, role=role, compartment_id=place, state="CONFIRMED", starts_on="2020-01-01",
                founding=True, given_at=NOON,
            )  # fmt: skip


def test_replay_agrees(road: Road, run: Callable[..., Said]) -> None:
    road.to("approved")

    assert run("replay", road.ref) == (0, "3 determinations run again: all agree.", "")
    assert run("replay", "--all") == (0, "3 determinations run again: all agree.", "")


def test_replay_says_in_a_sentence_what_differs(road: Road, run: Callable[..., Said]) -> None:
    road.to("nominated")
    with lifted(connection):
        Determination.objects.update(digest="0" * 64)

    status, out, err = run("replay", road.ref)

    assert (status, out) == (1, "")
    assert f"{road.ref}, determination 1 (nomination): It is not what its hash was taken of." in err
    assert "Of 1 determination run again, 1 did not agree. Keep the database as it is." in err


@pytest.mark.parametrize("words", [(), ("AWD-1", "--all")])
def test_replay_is_told_which(db: None, run: Callable[..., Said], words: tuple[str, ...]) -> None:
    assert run("replay", *words) == (2, "", "tipstaff: Name one award, or --all of them.")


def test_an_award_that_is_not_there(db: None, run: Callable[..., Said]) -> None:
    assert run("replay", "AWD-1")[0::2] == (2, "tipstaff: There is no award AWD-1.")
    assert run("replay", "--all") == (0, "There is no determination to run again.", "")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of one figure."""
    path = tmp_path / "figures.toml"
    path.write_text(GOOD)
    return path


def test_figures_are_kept_once(staff: None, run: Callable[..., Said], file: Path) -> None:
    assert run("figures", "load", str(file), "--actor", "edi") == (
        0, "harbour: figures kept: 1; there already: 0.", "",
    )  # fmt: skip
    assert (
        run("figures", "load", str(file), "--actor", "edi")[1]
        == "harbour: figures kept: 0; there already: 1."
    )
    assert Figure.objects.unscoped("a test looks").get().compartment == "harbour"


def test_a_figure_that_says_otherwise_is_refused(staff: None, run: Callable[..., Said], file: Path) -> None:
    run("figures", "load", str(file), "--actor", "edi")
    file.write_text(GOOD.replace("value = 300", "value = 301"))

    status, _out, err = run("figures", "load", str(file), "--actor", "edi")

    assert status == 1
    assert "is kept from this source already and says otherwise" in err


@pytest.mark.parametrize("words, status, says", [
    (("--actor", "nobody"), 2, "There is no officer nobody"),
    (("--actor", "ed"), 2, "Say with --compartment"),
    (("--actor", "ann", "--compartment", "harbour"), 1, "ann may not load figures there"),
])  # fmt: skip
def test_who_loads_them(
    staff: None, run: Callable[..., Said], file: Path, words: tuple[str, ...], status: int, says: str
) -> None:
    found = run("figures", "load", str(file), *words)

    assert (found[0], found[1]) == (status, "")
    assert says in found[2]
    assert not Figure.objects.unscoped("a test looks").exists()


def test_faults_are_named_with_their_lines(run: Callable[..., Said], file: Path) -> None:
    file.write_text(GOOD.replace("value = 300", "value = -1").replace("2026-05-31", '"May"'))

    status, _out, err = run("figures", "load", str(file), "--actor", "edi")

    assert status == 1
    assert f"{file}:6: figures" in err
    assert f"{file}:7: figures" in err
    assert "has 2 faults" in err
