"""The verbs: what each moves, and what each refusal leaves as it was."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.rooms.ledger.conftest import AWARD, NOON, P, Y, acted, balances, dollars, everything, ways
from tipstaff.audit.models import Record
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.money import Money
from tipstaff.ledger import actions, queries
from tipstaff.ledger.models import Account, Transfer
from tipstaff.people.access import NotVisible


def refused(rule, act):
    """`act` is refused by `rule` alone, and not one row moves, even where the caller goes on."""
    before = everything()
    with transaction.atomic(), pytest.raises(Refused) as caught:
        act()
    assert caught.value.rules == (rule,)
    assert everything() == before
    return str(caught.value)


def test_the_first_appropriation_opens_the_books(fund):
    number = fund(1_000_000)

    assert balances() == {
        "treasury": -1_000_000,
        "available": 1_000_000,
        "committed": 0,
        "paid": 0,
        "returned": 0,
    }
    transfer = Transfer.objects.unscoped("a test looks").get(number=number)
    assert (transfer.subject, transfer.actor, transfer.day) == ("Act 119-1", "tess", NOON.date())
    assert (transfer.credit.kind, transfer.debit.kind) == ("treasury", "available")


def test_a_whole_road_of_money(fund, tess, dee):
    fund(1_000_000)
    acted(actions.commit, 600_000, actor=dee)
    acted(actions.pay, 250_000, actor=dee)
    acted(actions.release, 100_000, actor=dee)
    actions.return_funds(
        programme=P,
        fiscal_year=Y,
        amount=dollars(50_000),
        reference="Letter of 20 November",
        reason="not needed",
        actor=tess,
        now=NOON,
    )

    assert balances() == {
        "treasury": -1_000_000,
        "available": 450_000,
        "committed": 250_000,
        "paid": 250_000,
        "returned": 50_000,
    }
    figures = queries.figures_of(P, Y)
    assert figures.appropriated == dollars(1_000_000)
    assert sum(amount.minor for _, amount in figures.parts) == figures.appropriated.minor
    assert queries.commitments_of([AWARD, "AWD-NONE"]) == {
        AWARD: (queries.Commitment(P, Y, dollars(250_000), dollars(250_000)),)
    }
    assert ways() == [
        ("appropriate", "treasury", "available", 1_000_000),
        ("commit", "available", "committed", 600_000),
        ("pay", "committed", "paid", 250_000),
        ("release", "committed", "available", 100_000),
        ("return", "available", "returned", 50_000),
    ]


def test_every_transfer_is_on_the_record(fund, dee):
    fund()
    number = acted(actions.commit, 5, actor=dee)

    record = Record.objects.unscoped("a test looks").latest("pk")
    assert (record.verb, record.subject, record.actor) == ("ledger.fund.committed", AWARD, "dee")
    assert record.compartment == "harbour"
    assert record.facts == {
        "programme": P,
        "fiscal_year": Y,
        "transfer": number,
        "minor": 500,
        "currency": "USD",
        "reverses": None,
    }


def test_shares_are_committed_together_or_not_at_all(fund, dee):
    fund(100)
    shares = {"AWD-1": dollars(60), "AWD-2": dollars(40)}

    numbers = acted(actions.commit_shares, shares=shares, actor=dee)

    assert [(w[0], w[3]) for w in ways()[1:]] == [("commit", 60), ("commit", 40)]
    assert len(numbers) == 2
    fund(99)
    said = refused("ledger.funds-available", lambda: acted(actions.commit_shares, shares=shares, actor=dee))
    assert said == "USD 100.00 is asked for, and USD 99.00 is available."


def test_what_is_not_available_is_not_committed(fund, dee):
    fund(100)

    said = refused("ledger.funds-available", lambda: acted(actions.commit, 101, actor=dee))

    assert said == "USD 101.00 is asked for, and USD 100.00 is available."


def test_the_last_cent_is_committed(fund, dee):
    fund(100)
    acted(actions.commit, 100, actor=dee)

    assert balances()["available"] == 0


@pytest.mark.parametrize("verb", [actions.pay, actions.release])
def test_only_what_is_committed_for_the_award_leaves(fund, dee, verb):
    fund(1000)
    acted(actions.commit, 100, actor=dee)
    acted(actions.commit, 500, actor=dee, subject="AWD-OTHER")

    said = refused("ledger.nothing-committed", lambda: acted(verb, 101, actor=dee))

    assert said == f"USD 101.00 is asked for, and USD 100.00 is committed for {AWARD}."


def test_what_was_paid_is_not_paid_again(fund, dee):
    fund(1000)
    acted(actions.commit, 100, actor=dee)
    acted(actions.pay, 100, actor=dee)

    refused("ledger.nothing-committed", lambda: acted(actions.pay, 1, actor=dee))


@pytest.mark.parametrize("verb", [actions.commit, actions.pay, actions.release])
def test_another_currency_is_refused(fund, dee, verb):
    fund(1000)
    acted(actions.commit, 100, actor=dee)

    refused("ledger.currency", lambda: acted(verb, actor=dee, amount=Money(100, "EUR")))


def test_an_appropriation_keeps_the_years_currency(fund):
    fund(1000)

    before = everything()
    with pytest.raises(Refused) as caught:
        fund(amount=Money(100, "EUR"))
    assert (caught.value.rules, everything()) == (("ledger.currency",), before)


@pytest.mark.parametrize("verb", [actions.commit, actions.pay, actions.release])
def test_a_year_without_books_moves_nothing(fund, dee, verb):
    fund(1000)

    refused("ledger.book-open", lambda: acted(verb, 1, actor=dee, fiscal_year=2026))


def test_money_of_one_year_does_not_pay_for_another(fund, dee):
    fund(1000)
    fund(10, fiscal_year=2026)
    acted(actions.commit, 100, actor=dee)

    refused("ledger.funds-available", lambda: acted(actions.commit, 11, actor=dee, fiscal_year=2026))
    refused("ledger.nothing-committed", lambda: acted(actions.pay, 100, actor=dee, fiscal_year=2026))


@pytest.mark.parametrize("kind", ["commit", "release", "pay"])
def test_a_mistake_is_answered_by_a_row_that_leads_back(fund, dee, kind):
    fund(1000)
    number = acted(actions.commit, 100, actor=dee)
    before = balances()
    if kind != "commit":
        number = acted(getattr(actions, kind), 40, actor=dee)
    else:
        before = before | {"available": 1000, "committed": 0}

    reversal = acted(actions.reverse, number=number, actor=dee)

    assert balances() == before
    row = Transfer.objects.unscoped("a test looks").get(number=reversal)
    assert (row.kind, row.reverses_id, row.reason, row.subject) == (
        "reverse",
        number,
        "a typing error",
        AWARD,
    )
    refused("ledger.reversed-already", lambda: acted(actions.reverse, number=number, actor=dee))
    refused("ledger.reversal-fits", lambda: acted(actions.reverse, number=reversal, actor=dee))
    assert balances() == before


def test_a_commitment_that_was_paid_is_not_reversed(fund, dee):
    fund(1000)
    number = acted(actions.commit, 100, actor=dee)
    acted(actions.pay, 1, actor=dee)

    said = refused("ledger.nothing-committed", lambda: acted(actions.reverse, number=number, actor=dee))

    assert said == f"USD 100.00 is asked for, and USD 99.00 is committed for {AWARD}."


def test_a_release_is_not_reversed_once_its_money_is_promised_elsewhere(fund, dee):
    fund(100)
    acted(actions.commit, 100, actor=dee)
    number = acted(actions.release, 100, actor=dee)
    acted(actions.commit, 1, actor=dee, subject="AWD-OTHER")

    refused("ledger.funds-available", lambda: acted(actions.reverse, number=number, actor=dee))


def test_who_corrects_says_why(fund, dee):
    fund(1000)
    number = acted(actions.commit, 100, actor=dee)

    refused("ledger.reason-given", lambda: acted(actions.reverse, number=number, actor=dee, reason=" "))
    refused("ledger.reason-given", lambda: acted(actions.release, 100, actor=dee, reason=""))


def test_each_side_reverses_its_own(fund, tess, dee):
    appropriation = fund(1000)
    commitment = acted(actions.commit, 100, actor=dee)

    refused("ledger.reversal-fits", lambda: acted(actions.reverse, number=appropriation, actor=dee))
    before = everything()
    with pytest.raises(Refused, match="not reversed here"):
        actions.correct(number=commitment, reason="a typing error", actor=tess, now=NOON)
    assert everything() == before


def test_an_appropriation_is_corrected_while_its_money_is_there(fund, tess, dee):
    number = fund(1000)
    acted(actions.commit, 1, actor=dee)
    before = everything()
    with pytest.raises(Refused, match="USD 999.00 is available"):
        actions.correct(number=number, reason="a typing error", actor=tess, now=NOON)
    assert everything() == before

    acted(actions.release, 1, actor=dee)
    actions.correct(number=number, reason="a typing error", actor=tess, now=NOON)

    assert set(balances().values()) == {0}


def test_a_reversal_names_a_transfer_that_exists(fund, dee):
    fund(1000)

    with pytest.raises(NotVisible):
        acted(actions.reverse, number=999_999, actor=dee)


def test_a_programme_keeps_its_compartment(fund, cleo):
    fund(1000)
    before = everything()

    with pytest.raises(Refused) as caught:
        fund(5, compartment="ridge", fiscal_year=2026, actor=cleo)

    assert (caught.value.rules, everything()) == (("ledger.programme-stays",), before)


@pytest.mark.parametrize("code", ["Harbour", "a b", "", "x" * 41, "a..b", "ä"])
def test_a_programme_has_a_plain_code(fund, code):
    before = everything()

    with pytest.raises(Refused) as caught:
        fund(programme=code)

    assert (caught.value.rules, everything()) == (("people.code-is-plain",), before)


def execute(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_transfer SET minor = 1",
        "UPDATE ledger_transfer SET reason = 'nicer'",
        "DELETE FROM ledger_transfer",
    ],
)
def test_the_database_refuses_to_change_a_transfer(fund, statement):
    fund(1000)
    before = everything()

    with pytest.raises(IntegrityError, match="append_only: ledger_transfer"):
        execute(statement)

    assert everything() == before


def test_the_database_refuses_an_overdraft(fund):
    fund(1000)
    before = everything()

    for kind in ("available", "committed", "paid", "returned"):
        with pytest.raises(IntegrityError, match="no_account_is_overdrawn"):
            execute("UPDATE ledger_account SET balance_minor = -1 WHERE kind = %s", kind)
    with pytest.raises(IntegrityError, match="no_account_is_overdrawn"):
        execute("UPDATE ledger_account SET balance_minor = 1 WHERE kind = 'treasury'")

    assert everything() == before


def raw(**changes):
    """A transfer put in behind the verbs' back."""
    accounts = {
        a.kind: a for a in Account.objects.unscoped("a test spoils").filter(programme=P, fiscal_year=Y)
    }
    row = {
        "kind": "commit",
        "credit": accounts["available"],
        "debit": accounts["committed"],
        "minor": 1,
        "subject": AWARD,
        "actor": "mallory",
        "at": NOON,
        "day": NOON.date(),
    }
    with transaction.atomic():
        return Transfer.objects.create(**row | changes)


@pytest.mark.parametrize(
    "changes",
    [{"minor": 0}, {"kind": "gift"}, {"subject": ""}, {"kind": "reverse"}],
    ids=str,
)
def test_the_database_refuses_what_is_no_transfer(fund, changes):
    fund(1000)

    with pytest.raises(IntegrityError):
        raw(**changes)


def test_the_database_refuses_one_end_and_a_second_reversal(fund, dee):
    fund(1000)
    number = acted(actions.commit, 100, actor=dee)
    acted(actions.reverse, number=number, actor=dee)
    (account,) = Account.objects.unscoped("a test looks").filter(kind="paid")

    with pytest.raises(IntegrityError):
        raw(kind="reverse", reverses_id=number)
    with pytest.raises(IntegrityError):
        raw(credit=account, debit=account)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(programme=P, compartment="harbour", fiscal_year=Y, kind="paid", currency="EUR")


def test_an_amount_that_four_bytes_do_not_hold_is_kept_whole(fund):
    fund(25_000_000)
    fund(80_000_000)

    figures = queries.figures_of(P, Y)
    assert (figures.appropriated, figures.available) == (dollars(105_000_000), dollars(105_000_000))
