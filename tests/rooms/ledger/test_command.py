"""`tipstaff ledger check` and `export`; the export is read by a checker that is not ours."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.rooms.ledger.conftest import NOON, P, Y, acted, dollars
from tipstaff.config.cli import main
from tipstaff.footing.append_only import lifted
from tipstaff.kernel.money import Money
from tipstaff.ledger import actions

BEAN_CHECK = Path(sys.executable).with_name("bean-check")
AWKWARD = 'He said "now" \\ then\n  2026-11-20 open Assets:Ours'


@pytest.fixture
def desk(office, monkeypatch):
    """An office that the command finds."""
    monkeypatch.setenv("TIPSTAFF_DESK_FOLDER", str(office.path / "desk"))


@pytest.fixture
def moved(desk, fund, tess, dee):
    """Every kind of transfer, in two programmes and two currencies."""
    fund(1000)
    first = acted(actions.commit, 600, actor=dee)
    acted(actions.reverse, number=first, actor=dee, reason=AWKWARD)
    acted(actions.commit, 500, actor=dee)
    acted(actions.pay, 250, actor=dee)
    acted(actions.release, 100, actor=dee)
    back = {"programme": P, "fiscal_year": Y, "amount": dollars(1), "reference": "Letter 1"}
    actions.return_funds(**back, reason="not needed", actor=tess, now=NOON)
    fund(5, programme="a.b_c-d", fiscal_year=2026, amount=Money(501, "EUR"))


def export(capsys, *args: str) -> str:
    assert main(["ledger", "export", *args]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def bean_check(text: str, folder: Path) -> tuple[int, str]:
    """What the independent checker says of the books."""
    file = folder / "books.beancount"
    file.write_text(text, encoding="utf-8")
    run = subprocess.run([BEAN_CHECK, file], capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def test_books_in_order_are_said_to_be(moved, capsys):
    assert main(["ledger", "check"]) == 0

    assert capsys.readouterr() == ("The books are in order: 2 of them, 8 transfers.\n", "")


def test_each_fault_is_a_sentence_and_the_end_is_1(moved, capsys):
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_transfer SET minor = minor + 1 WHERE kind = 'pay'")

    assert main(["ledger", "check"]) == 1

    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "harbour-2026/2027/committed is kept as USD 150.00, and its transfers add up to USD 149.99.",
        "harbour-2026/2027/paid is kept as USD 250.00, and its transfers add up to USD 250.01.",
        "tipstaff: The books are not in order: 2 faults. Keep the database as it is.",
    ]


def test_the_independent_checker_accepts_the_export(moved, capsys, tmp_path):
    text = export(capsys)

    assert bean_check(text, tmp_path) == (0, "")
    assert "2026-11-20 open Equity:Harbour-2026:FY2027:Treasury USD" in text
    assert "2026-11-21 balance Expenses:Harbour-2026:FY2027:Paid  250.00 ~ 0 USD" in text
    assert "2026-11-21 balance Equity:Harbour-2026:FY2027:Treasury  -1000.00 ~ 0 USD" in text
    assert "Assets:A--b---c-d:FY2026:Available  5.01 EUR" in text


@pytest.mark.parametrize(
    "tamper",
    [
        # one end of one transfer, by a cent
        lambda text: text.replace("250.00 USD", "250.01 USD", 1),
        # both ends of a payment, by a cent: balanced, and not what the balances say
        lambda text: text.replace(" 250.00 USD", " 249.99 USD").replace("-250.00 USD", "-249.99 USD"),
        # a kept balance, by a cent
        lambda text: text.replace("250.00 ~ 0 USD", "250.01 ~ 0 USD"),
        # a payment gone
        lambda text: re.sub(r"2026-11-20 \*[^*]*?kind: \"pay\"[^*]*?(?=\n2026)", "", text),
        # another currency
        lambda text: text.replace("-250.00 USD", "-250.00 EUR"),
    ],
    ids=["one end", "both ends", "a balance", "a row", "a currency"],
)
def test_the_independent_checker_refuses_tampered_books(moved, capsys, tmp_path, tamper):
    text = export(capsys)
    tampered = tamper(text)
    assert tampered != text

    status, said = bean_check(tampered, tmp_path)

    assert status == 1
    assert said


def test_a_programme_is_exported_alone(moved, capsys, tmp_path):
    text = export(capsys, "--programme", "a.b_c-d")

    assert bean_check(text, tmp_path) == (0, "")
    assert "Harbour" not in text


def test_no_books_are_an_empty_export(desk, capsys, tmp_path):
    assert bean_check(export(capsys), tmp_path) == (0, "")


def test_a_programme_without_books_is_said(moved, capsys):
    assert main(["ledger", "export", "--programme", "nowhere"]) == 1

    assert capsys.readouterr() == ("", "tipstaff: There are no books of a programme nowhere.\n")
