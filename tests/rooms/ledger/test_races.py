"""Two officers at once: the rival starts in the middle of the first one's transaction, and waits."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connections

from tests.rooms.ledger.conftest import AWARD, NOON, P, Y, acted, balances, dollars, ways
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.money import Money
from tipstaff.ledger import actions, beancount, booking, proving
from tipstaff.ledger.proving import prove
from tipstaff.people.access import system

pytestmark = pytest.mark.django_db(databases=["default", "hatch"], transaction=True)
OTHER = "AWD-OTHER"


class Rival:
    """Somebody else's verb, in a thread and on database connections of its own."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.act = act
        self.outcome: object = None
        self.thread = threading.Thread(target=self._run)

    def starts_in_the_middle_of(self, monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
        """Start when `module.name` is called for the first time, and have a second before it goes on."""
        whole = getattr(module, name)

        def in_the_middle(*args: Any, **kwargs: Any) -> Any:
            if not self.thread.ident:
                self.thread.start()
                # Long enough for a rival whom no lock holds back to be done, and to be noticed.
                self.thread.join(timeout=1)
            return whole(*args, **kwargs)

        monkeypatch.setattr(module, name, in_the_middle)

    def ends(self) -> object:
        """What came of it: None, or what was raised."""
        self.thread.join()
        return self.outcome

    def _run(self) -> None:
        try:
            self.act()
        except Exception as raised:  # noqa: BLE001  whatever it is, the test looks at it
            self.outcome = raised
        finally:
            connections.close_all()


def rules(outcome: object) -> tuple[str, ...]:
    assert isinstance(outcome, Refused), outcome
    return outcome.rules


@pytest.fixture(autouse=True)
def _the_books_stay_in_order(transactional_db):
    yield
    assert prove(system("test")).faults == ()


def test_the_last_hundred_thousand_is_promised_once(fund, dee, monkeypatch):
    fund(100_000)
    rival = Rival(lambda: acted(actions.commit, 100_000, subject=OTHER, actor=dee))
    rival.starts_in_the_middle_of(monkeypatch, booking, "may_leave")

    acted(actions.commit, 100_000, actor=dee)

    told = rival.ends()
    assert rules(told) == ("ledger.funds-available",)
    assert str(told) == "USD 100,000.00 is asked for, and USD 0.00 is available."
    assert ways() == [
        ("appropriate", "treasury", "available", 100_000),
        ("commit", "available", "committed", 100_000),
    ]
    assert balances() == {
        "treasury": -100_000,
        "available": 0,
        "committed": 100_000,
        "paid": 0,
        "returned": 0,
    }


def test_a_rival_who_comes_between_check_and_row_waits_too(fund, dee, monkeypatch):
    fund(100_000)
    rival = Rival(lambda: acted(actions.commit, 60_000, subject=OTHER, actor=dee))
    rival.starts_in_the_middle_of(monkeypatch, booking, "record")

    acted(actions.commit, 60_000, actor=dee)

    assert rules(rival.ends()) == ("ledger.funds-available",)
    assert balances()["available"] == 40_000


def test_two_that_fit_are_both_done(fund, dee, monkeypatch):
    fund(100_000)
    rival = Rival(lambda: acted(actions.commit, 40_000, subject=OTHER, actor=dee))
    rival.starts_in_the_middle_of(monkeypatch, booking, "may_leave")

    acted(actions.commit, 60_000, actor=dee)

    assert rival.ends() is None
    assert (balances()["available"], balances()["committed"]) == (0, 100_000)


def test_money_is_handed_over_once(fund, dee, monkeypatch):
    fund(100_000)
    acted(actions.commit, 100_000, actor=dee)
    rival = Rival(lambda: acted(actions.pay, 100_000, actor=dee))
    rival.starts_in_the_middle_of(monkeypatch, booking, "may_leave")

    acted(actions.pay, 100_000, actor=dee)

    assert rules(rival.ends()) == ("ledger.nothing-committed",)
    assert [way[0] for way in ways()] == ["appropriate", "commit", "pay"]


def test_a_commitment_is_not_paid_and_released(fund, dee, monkeypatch):
    fund(100_000)
    acted(actions.commit, 100_000, actor=dee)
    rival = Rival(lambda: acted(actions.release, 100_000, actor=dee))
    rival.starts_in_the_middle_of(monkeypatch, booking, "may_leave")

    acted(actions.pay, 100_000, actor=dee)

    assert rules(rival.ends()) == ("ledger.nothing-committed",)
    assert balances()["paid"] == 100_000


def test_a_mistake_is_answered_once(fund, dee, monkeypatch):
    fund(100_000)
    number = acted(actions.commit, 100_000, actor=dee)
    rival = Rival(lambda: acted(actions.reverse, number=number, actor=dee))
    rival.starts_in_the_middle_of(monkeypatch, booking, "may_leave")

    acted(actions.reverse, number=number, actor=dee)

    assert rules(rival.ends()) == ("ledger.reversed-already",)
    assert balances()["available"] == 100_000


def test_what_is_returned_is_not_promised(fund, tess, dee, monkeypatch):
    fund(100_000)
    rival = Rival(lambda: acted(actions.commit, 1, actor=dee))
    rival.starts_in_the_middle_of(monkeypatch, booking, "may_leave")

    actions.return_funds(
        programme=P,
        fiscal_year=Y,
        amount=dollars(100_000),
        reference="Letter 1",
        reason="not needed",
        actor=tess,
        now=NOON,
    )

    assert rules(rival.ends()) == ("ledger.funds-available",)


def test_two_open_one_year_together(fund, monkeypatch):
    rival = Rival(lambda: fund(70))
    rival.starts_in_the_middle_of(monkeypatch, booking, "open_accounts")

    fund(30)

    assert rival.ends() is None
    assert (balances()["available"], len(balances())) == (100, 5)


def test_a_year_is_not_opened_in_two_currencies(fund, monkeypatch):
    rival = Rival(lambda: fund(amount=Money(1, "EUR")))
    rival.starts_in_the_middle_of(monkeypatch, booking, "locked")

    fund(30)

    assert rules(rival.ends()) == ("ledger.currency",)
    assert balances()["available"] == 30


def test_many_at_once_share_what_is_there(fund, dee):
    fund(100)
    rivals = [
        Rival(partial(acted, actions.commit, 30, subject=f"AWD-{number}", actor=dee)) for number in range(6)
    ]
    for rival in rivals:
        rival.thread.start()

    outcomes = [rival.ends() for rival in rivals]

    assert outcomes.count(None) == 3
    assert {rules(told) for told in outcomes if told} == {("ledger.funds-available",)}
    assert (balances()["available"], balances()["committed"]) == (10, 90)
    assert AWARD not in str(ways())


def test_the_books_are_proved_as_of_one_moment(fund, dee, monkeypatch):
    fund(100)
    rival = Rival(lambda: acted(actions.commit, 30, actor=dee))
    rival.starts_in_the_middle_of(monkeypatch, proving, "_moved")

    proof = prove(system("test"))

    assert (proof.transfers, proof.faults) == (1, ())
    assert rival.ends() is None
    assert balances()["committed"] == 30


def test_the_books_are_exported_as_of_one_moment(fund, dee, monkeypatch):
    fund(100)
    rival = Rival(lambda: acted(actions.commit, 30, actor=dee))
    rival.starts_in_the_middle_of(monkeypatch, beancount, "_lines")

    text = "\n".join(beancount.exported(system("test")))

    assert rival.ends() is None
    assert "Harbour-2026:FY2027:Committed  0.00 ~ 0 USD" in text
    assert AWARD not in text
