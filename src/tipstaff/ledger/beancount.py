"""The books as plain text in the format of beancount, for a checker that is not ours.

Each account's kept balance stands as an assertion after its last transfer, without any tolerance: so that the checker
proves the balances too, and one changed cent is found.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from tipstaff.footing.snapshot import one_moment
from tipstaff.kernel.money import Money
from tipstaff.ledger import access
from tipstaff.ledger.models import Account, Transfer
from tipstaff.ledger.states import AccountKind
from tipstaff.people.access import Actor, NotVisible, within

_ROOT: Final = {
    AccountKind.TREASURY: "Equity",
    AccountKind.AVAILABLE: "Assets",
    AccountKind.COMMITTED: "Assets",
    AccountKind.PAID: "Expenses",
    AccountKind.RETURNED: "Expenses",
}


def exported(actor: Actor, programme: str = "") -> Iterator[str]:
    """The lines of the books that `actor` may export, or of one programme's. Raises NotVisible without any."""
    with one_moment():
        accounts = access.visible_accounts(actor).filter(within(actor, access.EXPORT))
        if programme:
            accounts = accounts.filter(programme=programme)
        books = list(accounts.order_by("programme", "fiscal_year", "pk"))
        if not books and programme:
            raise NotVisible(programme)
        yield from _lines({account.pk: account for account in books})


def _lines(accounts: dict[int, Account]) -> Iterator[str]:
    yield 'option "title" "Tipstaff: appropriated, committed, paid, returned"'
    for currency in sorted({account.currency for account in accounts.values()}):
        yield f'option "operating_currency" "{currency}"'
    every = Transfer.objects.unscoped("only of accounts that the actor may export")
    found = every.filter(credit__in=accounts, debit__in=accounts)
    first = found.order_by("day").values_list("day", flat=True).first()
    if first is None:
        return
    yield ""
    for account in accounts.values():
        yield f"{first} open {_name(account)} {account.currency}"
    last = first
    for transfer in found.order_by("number").iterator(chunk_size=10_000):
        yield ""
        yield from _entry(transfer, accounts)
        last = max(last, transfer.day)
    yield ""
    yield from _assertions(accounts, last + timedelta(days=1))


def _entry(transfer: Transfer, accounts: dict[int, Account]) -> Iterator[str]:
    credit, debit = accounts[transfer.credit_id], accounts[transfer.debit_id]
    yield f"{transfer.day} * {_text(transfer.subject)} {_text(transfer.reason)}"
    yield f"  number: {transfer.number}"
    yield f"  kind: {_text(transfer.kind)}"
    yield f"  actor: {_text(transfer.actor)}"
    if transfer.reverses_id is not None:
        yield f"  reverses: {transfer.reverses_id}"
    yield f"  {_name(debit)}  {_amount(transfer.minor, debit.currency)}"
    yield f"  {_name(credit)}  {_amount(-transfer.minor, credit.currency)}"


def _assertions(accounts: dict[int, Account], on: date) -> Iterator[str]:
    for account in accounts.values():
        amount = _amount(account.balance_minor, account.currency, tolerance=" ~ 0")
        yield f"{on} balance {_name(account)}  {amount}"


def _name(account: Account) -> str:
    """`Assets:Harbour-2026:FY2027:Available`. Beancount's names hold letters, digits and dashes: a code's dot and
    underscore, which never stand beside a dash, become two and three of them, so that no two codes meet.
    """
    code = account.programme.replace(".", "--").replace("_", "---")
    kind = AccountKind(account.kind)
    return f"{_ROOT[kind]}:{code[:1].upper()}{code[1:]}:FY{account.fiscal_year}:{kind.capitalize()}"


def _amount(minor: int, currency: str, *, tolerance: str = "") -> str:
    whole = str(Money(minor, currency)).removeprefix(f"{currency} ").replace(",", "")
    return f"{whole}{tolerance} {currency}"


def _text(text: str) -> str:
    """A string of beancount's, on one line."""
    plain = " ".join(text.split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
