"""The demo's three cases: made by the real verbs, in their states, under the fictional programme alone, provable."""

import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.rooms.config_cli.test_whole_office import ROOT, environment, tipstaff
from tipstaff.config.demo.cast import CAST
from tipstaff.config.demo.place import Place
from tipstaff.people.roles import KEPT_APART, ROLES
from tipstaff.sealed.derive import mailbox_address, tip_reference
from tipstaff.sealed.receipt import Receipt

BEAN_CHECK = Path(sys.executable).with_name("bean-check")
MAKE = """
import os
from tipstaff.config.cli.demo import PROGRAMME, files
from tipstaff.config.demo import making, place
here = place.place()
os.environ.update(making.settings(here))
here.keep(making.make(here, files(PROGRAMME), print))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A demo office that was made and never started."""
    folder = tmp_path_factory.mktemp("cases") / "demo"
    made = subprocess.run(
        [sys.executable, "-c", MAKE], cwd=ROOT, env=environment(TIPSTAFF_DEMO_FOLDER=str(folder)),
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.count("Telling an invented case") == 3
    return Place(folder)


def told(demo: Place, sql: str) -> list[tuple[object, ...]]:
    """Rows of the desk's database, read beside Django."""
    with closing(
        sqlite3.connect(f"file:{demo.folder / 'data' / 'desk.sqlite3'}?mode=ro", uri=True)
    ) as database:
        return database.execute(sql).fetchall()


def command(demo: Place, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = environment(TIPSTAFF_OFFICE=str(demo.folder), TIPSTAFF_DEMO_FOLDER=str(demo.folder))
    return tipstaff(*arguments, env=env)


def test_one_case_is_finished_one_before_the_committee_and_one_waits_for_concurrence(demo: Place) -> None:
    awards = told(demo, "SELECT offer, state, approved_minor, currency FROM awards_award ORDER BY id")

    assert awards == [
        ("GULL-1", "closed", 145_000_00, "USD"),
        ("GULL-1", "in-committee", None, "USD"),
        ("GULL-2", "concurrence-sought", None, "USD"),
    ]


def test_the_finished_one_was_split_paid_witnessed_and_reported(demo: Place) -> None:
    paid = told(demo, "SELECT paid_minor, state FROM awards_payout ORDER BY id")
    witnesses = told(demo, "SELECT hand_over_id, count(DISTINCT officer) FROM awards_witness GROUP BY 1")
    heard = told(demo, "SELECT verdict, count(*) FROM awards_heard GROUP BY 1 ORDER BY 1")
    sealed = told(demo, "SELECT count(*) FROM awards_share WHERE vault != ''")
    papers = told(demo, "SELECT count(*) FROM awards_memorandum")

    assert paid == [(90_000_00, "paid"), (55_000_00, "paid")]
    assert [count for _, count in witnesses] == [2, 2]
    assert heard == [("accepted", 4), ("collected", 2)]
    assert (sealed, papers) == ([(1,)], [(1,)])


def test_before_the_committee_the_packet_is_open_and_nobody_has_voted(demo: Place) -> None:
    items = told(
        demo,
        "SELECT item.state, (SELECT count(*) FROM awards_scoresheet WHERE item_id = item.id AND submitted_at NOTNULL), "
        "(SELECT count(*) FROM awards_motion WHERE item_id = item.id) FROM awards_item item "
        "JOIN awards_award award ON award.id = award_id WHERE award.state = 'in-committee'",
    )

    assert items == [("scoring", 2, 0)]


def test_no_invented_outcome_stands_under_a_real_offer(demo: Place) -> None:
    assert told(demo, "SELECT DISTINCT compartment FROM awards_award") == [("harbour",)]
    assert told(demo, "SELECT DISTINCT home FROM cases_case") == [("harbour",)]
    assert told(demo, "SELECT DISTINCT offer FROM tips_tip ORDER BY 1") == [("GULL-1",), ("GULL-2",)]
    assert told(demo, "SELECT DISTINCT programme FROM ledger_account") == [("grey-gull-demo",)]
    titles = [title for (title,) in told(demo, "SELECT title FROM cases_case")]
    assert all(str(title).startswith("DEMO: ") for title in titles)


def test_published_figures_stand_beside_the_real_programme_and_no_other(demo: Place) -> None:
    figures = told(demo, "SELECT DISTINCT programme, compartment FROM awards_figure")
    disagree = told(
        demo, "SELECT value FROM awards_figure WHERE measure = 'arrests' AND as_of = '2024-05-31'"
    )

    assert figures == [("darien-2024", "darien")]
    assert (300,) in disagree


def test_the_past_has_its_order_and_nothing_lies_in_the_future(demo: Place) -> None:
    steps = told(demo, "SELECT award_id, at FROM awards_step ORDER BY id")
    now = told(demo, "SELECT max(at), datetime('now') FROM awards_step")[0]

    by_award: dict[object, list[object]] = {}
    for award, at in steps:
        by_award.setdefault(award, []).append(at)
    assert all(times == sorted(times, key=str) for times in by_award.values())
    assert str(now[0]) <= str(now[1])


def test_every_determination_runs_again_and_agrees_and_the_books_are_in_order(
    demo: Place, tmp_path: Path
) -> None:
    for ref, *_ in told(demo, "SELECT ref FROM awards_award ORDER BY id"):
        replayed = command(demo, "awards", "replay", str(ref))
        assert (replayed.returncode, replayed.stderr) == (0, "")

    check = command(demo, "ledger", "check")
    assert (check.returncode, check.stderr) == (0, "")
    assert "The books are in order: 2 of them, 5 transfers." in check.stdout
    export = command(demo, "ledger", "export")
    books = tmp_path / "books.beancount"
    books.write_text(export.stdout, encoding="utf-8")
    checked = subprocess.run([BEAN_CHECK, books], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    assert "145000.00 USD" in export.stdout.replace(",", "")


def test_every_duty_has_its_officer_and_none_has_two() -> None:
    held = {role for part in CAST for role, _ in part.roles}

    assert held == set(ROLES) - {"administrator"}
    for part in CAST:
        roles = [role for role, _ in part.roles]
        assert not any(pair <= set(roles) for pair in KEPT_APART), part.username


def test_each_officer_can_sign_in_and_only_the_owner_reads_how(demo: Place) -> None:
    grants = told(
        demo, "SELECT count(*) FROM people_grant WHERE state != 'CONFIRMED' OR given_by_id = confirmed_by_id"
    )

    assert grants == [(0,)]
    for file in (demo.officers, demo.receipts, demo.passphrase):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {demo.card_of(part.username).username for part in CAST} == {part.username for part in CAST}
    code = command(demo, "demo", "code", "sera")
    assert re.fullmatch(r"\d{6}\n", code.stdout)
    nobody = command(demo, "demo", "code", "zoe")
    assert (nobody.returncode, nobody.stdout) == (1, "")
    assert "The demo has no officer zoe." in nobody.stderr


def test_the_receipts_are_those_of_the_cases_tips(demo: Place) -> None:
    lines = [
        line for line in demo.receipts.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]

    refs = set()
    for line in lines:
        ref, language, words = line.split(maxsplit=2)
        assert tip_reference(mailbox_address(Receipt.read(words, prefer=language))) == ref
        refs.add(ref)
    assert refs == {ref for (ref,) in told(demo, "SELECT ref FROM tips_tip")}
