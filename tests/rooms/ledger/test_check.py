"""`prove`: books in order are said to be, and each way to spoil them behind the verbs' back is found and named."""

import pytest
from django.db import connection

from tests.rooms.ledger.conftest import AWARD, NOON, P, Y, acted
from tipstaff.footing.append_only import lifted
from tipstaff.ledger import actions
from tipstaff.ledger.models import Account, Transfer
from tipstaff.ledger.proving import Proof, prove
from tipstaff.people.access import NotAllowed, system


@pytest.fixture
def moved(fund, dee):
    """1,000 appropriated, 600 committed, 250 of it paid, and a second programme's year beside it."""
    fund(1000)
    acted(actions.commit, 600, actor=dee)
    acted(actions.pay, 250, actor=dee)
    fund(70, fiscal_year=2026)
    fund(7, programme="ridge-less")


def faults() -> list[str]:
    return list(prove(system("test")).faults)


def account(kind: str, programme: str = P, year: int = Y) -> Account:
    return Account.objects.unscoped("a test spoils").get(programme=programme, fiscal_year=year, kind=kind)


def spoil(statement: str) -> None:
    """Change what must not be changed, as somebody with the database's password could."""
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement)


def put(kind: str, credit: Account, debit: Account, minor: int = 100, **changes) -> Transfer:
    """A transfer behind the verbs' back, with both kept balances moved to fit."""
    row = {"subject": AWARD, "actor": "mallory", "at": NOON, "day": NOON.date()} | changes
    transfer = Transfer.objects.create(kind=kind, credit=credit, debit=debit, minor=minor, **row)
    for end, change in ((credit, -minor), (debit, minor)):
        end.balance_minor += change
        end.save(update_fields=["balance_minor"])
    return transfer


def test_books_in_order(moved, django_assert_num_queries):
    with django_assert_num_queries(6):
        assert prove(system("test")) == Proof(books=3, transfers=5, faults=())


def test_no_books_are_in_order():
    assert prove(system("test")) == Proof(books=0, transfers=0, faults=())


def test_only_who_sees_the_whole_office_proves_it(moved, tess):
    with pytest.raises(NotAllowed):
        prove(tess)


def test_a_kept_balance_that_was_raised(moved):
    spoil(f"UPDATE ledger_account SET balance_minor = 40001 WHERE id = {account('available').pk}")

    assert faults() == [
        "harbour-2026/2027/available is kept as USD 400.01, and its transfers add up to USD 400.00."
    ]


def test_an_amount_that_was_lowered(moved):
    spoil("UPDATE ledger_transfer SET minor = 24999 WHERE kind = 'pay'")

    assert faults() == [
        "harbour-2026/2027/committed is kept as USD 350.00, and its transfers add up to USD 350.01.",
        "harbour-2026/2027/paid is kept as USD 250.00, and its transfers add up to USD 249.99.",
    ]


def test_a_transfer_that_was_removed(moved):
    spoil("DELETE FROM ledger_transfer WHERE kind = 'appropriate' AND minor = 100000")

    assert "The transfers of harbour-2026/2027/available add up to USD -600.00: it was overdrawn." in faults()


def test_a_transfer_out_of_its_programmes_year(moved):
    number = put("commit", account("available"), account("committed", year=2026)).number

    assert faults() == [
        f"Transfer {number} leads from {P}/2027/available to {P}/2026/committed: out of its programme's year."
    ]


def test_two_currencies(moved):
    spoil(f"UPDATE ledger_account SET currency = 'EUR' WHERE id = {account('paid').pk}")

    pay = Transfer.objects.unscoped("a test looks").get(kind="pay").number
    assert faults()[:2] == [
        "harbour-2026 2027 has accounts in several currencies.",
        f"Transfer {pay} leads from an account in USD to one in EUR.",
    ]


def test_a_way_that_no_kind_takes(moved):
    number = put("pay", account("available"), account("paid")).number

    assert faults()[0] == f"Transfer {number} is called pay and leads from available to paid."


def test_an_account_that_is_missing_and_a_programme_in_two_places(moved):
    spoil(f"DELETE FROM ledger_account WHERE id = {account('returned', 'ridge-less').pk}")
    spoil("UPDATE ledger_account SET compartment = 'ridge' WHERE fiscal_year = 2026")

    assert faults() == [
        "ridge-less 2027 has not exactly one account of each kind.",
        "harbour-2026 has books in several compartments: harbour, ridge.",
    ]


def test_an_award_that_was_paid_from_anothers_commitment(moved):
    put("pay", account("committed"), account("paid"), subject="AWD-OTHER")

    assert faults() == [
        "For AWD-OTHER, USD 1.00 more left what was committed in harbour-2026 2027 than came in."
    ]


def test_a_reversal_that_is_not_the_same_backwards(moved):
    commitment = Transfer.objects.unscoped("a test looks").get(kind="commit")
    number = put("reverse", account("committed"), account("available"), reverses=commitment).number

    assert faults() == [
        f"Transfer {number} is called the reversal of {commitment.number} and is not the same backwards."
    ]


def test_a_reversal_of_a_reversal(moved, dee):
    number = acted(actions.commit, 1, actor=dee)
    reversal = acted(actions.reverse, number=number, actor=dee)
    row = Transfer.objects.unscoped("a test looks").get(number=reversal)
    again = put("reverse", account("available"), account("committed"), reverses=row).number

    assert faults() == [f"Transfer {again} reverses {reversal}, which is itself a reversal."]
