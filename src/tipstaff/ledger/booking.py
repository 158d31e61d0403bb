"""How a transfer is written: the book locked, the row added, both balances moved. Inside the verb's transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import BigIntegerField, Case, F, Q, Sum, Value, When

from tipstaff.audit.actions import record
from tipstaff.kernel.clock import day
from tipstaff.kernel.money import Money
from tipstaff.ledger import policy
from tipstaff.ledger.models import Account, Transfer
from tipstaff.ledger.states import WAYS, AccountKind, TransferKind
from tipstaff.people.access import Actor

# What the record calls each kind of transfer.
_DONE: Mapping[TransferKind, str] = {
    TransferKind.APPROPRIATE: "ledger.fund.appropriated",
    TransferKind.COMMIT: "ledger.fund.committed",
    TransferKind.RELEASE: "ledger.fund.released",
    TransferKind.PAY: "ledger.fund.paid",
    TransferKind.RETURN: "ledger.fund.returned",
    TransferKind.REVERSE: "ledger.fund.reversed",
}


@dataclass(frozen=True, slots=True)
class Book:
    """The five accounts of a programme's fiscal year, and who opened it to write."""

    accounts: Mapping[AccountKind, Account]
    actor: Actor
    now: datetime

    @property
    def currency(self) -> str:
        return self.accounts[AccountKind.AVAILABLE].currency

    @property
    def compartment(self) -> str:
        return self.accounts[AccountKind.AVAILABLE].compartment

    def balance(self, kind: AccountKind) -> Money:
        """What the account has received less what it has given."""
        return Money(self.accounts[kind].balance_minor, self.currency)

    def committed_for(self, subjects: Iterable[str]) -> dict[str, Money]:
        """What is still committed for each of the subjects."""
        committed = self.accounts[AccountKind.COMMITTED].pk
        received_less_given = Sum(Case(When(debit=committed, then=F("minor")), default=-F("minor")))
        transfers = Transfer.objects.unscoped("the verb that locked this book has checked who acts")
        found = transfers.filter(Q(debit=committed) | Q(credit=committed), subject__in=list(subjects))
        sums = found.values("subject").annotate(minor=received_less_given).order_by("subject")
        return {each["subject"]: Money(each["minor"], self.currency) for each in sums}

    def move(self, kind: TransferKind, amount: Money, *, subject: str, reason: str) -> int:
        """Write one transfer on the way that its kind takes; its number."""
        way = WAYS[kind]
        ends = (self.accounts[way.credit], self.accounts[way.debit])
        return self._write(kind, *ends, amount.minor, subject=subject, reason=reason)

    def move_back(self, answered: Transfer, *, reason: str) -> int:
        """Write the reversal of a transfer of this book; its number."""
        credit = self.accounts[AccountKind(answered.debit.kind)]
        debit = self.accounts[AccountKind(answered.credit.kind)]
        return self._write(
            TransferKind.REVERSE,
            credit,
            debit,
            answered.minor,
            subject=answered.subject,
            reason=reason,
            reverses=answered,
        )

    def _write(
        self,
        kind: TransferKind,
        credit: Account,
        debit: Account,
        minor: int,
        *,
        subject: str,
        reason: str,
        reverses: Transfer | None = None,
    ) -> int:
        for account, change in ((credit, -minor), (debit, minor)):
            row = Account.objects.unscoped("the verb that locked this book has checked who acts")
            # A bare number would travel to PostgreSQL as four bytes, and lose what does not fit.
            whole = Value(change, output_field=BigIntegerField())
            row.filter(pk=account.pk).update(balance_minor=F("balance_minor") + whole)
            account.balance_minor += change
        transfer = Transfer.objects.create(
            kind=kind,
            credit=credit,
            debit=debit,
            minor=minor,
            subject=subject,
            reason=reason.strip(),
            reverses=reverses,
            actor=self.actor.ref,
            at=self.now,
            day=day(self.now),
        )
        record(
            _DONE[kind],
            subject=subject,
            actor=self.actor,
            at=self.now,
            compartment=credit.compartment,
            programme=credit.programme,
            fiscal_year=credit.fiscal_year,
            transfer=transfer.number,
            minor=minor,
            currency=credit.currency,
            reverses=reverses.number if reverses else None,
        )
        return transfer.number


def locked(programme: str, fiscal_year: int, *, actor: Actor, now: datetime) -> Book:
    """The book, with its account rows locked until the caller's transaction ends. Raises Refused without one.

    The rows are locked in the order of their keys, so that two verbs in one book wait for each other and never
    both for the other. A transaction that needs several books locks them by programme and year, in that order.
    """
    assert transaction.get_connection().in_atomic_block, "move money with what it is moved for, or not at all"
    rows = Account.objects.unscoped("who acts is checked by the verb that asks")
    found = rows.filter(programme=programme, fiscal_year=fiscal_year).order_by("pk").select_for_update()
    accounts = {AccountKind(account.kind): account for account in found}
    policy.may_open(programme, fiscal_year, is_open=bool(accounts)).or_raise()
    return Book(accounts, actor, now)


def open_accounts(programme: str, fiscal_year: int, *, compartment: str, currency: str) -> None:
    """Make the year's five accounts, where they are not there yet; a rival who makes them too does no harm."""
    new = [
        Account(
            programme=programme,
            compartment=compartment,
            fiscal_year=fiscal_year,
            kind=kind.value,
            currency=currency,
        )
        for kind in AccountKind
    ]
    Account.objects.bulk_create(new, ignore_conflicts=True)


def take(book: Book, kind: TransferKind, asked: Mapping[str, Money], *, reason: str) -> tuple[int, ...]:
    """Move what is asked for each subject, all or nothing; the transfers' numbers. Raises Refused."""
    policy.needs_reason(kind, reason).or_raise()
    may_leave(book, WAYS[kind].credit, asked)
    return tuple(book.move(kind, amount, subject=subject, reason=reason) for subject, amount in asked.items())


def answer(book: Book, number: int, *, may: frozenset[TransferKind], reason: str) -> int:
    """Write the reversal of transfer `number`; its own number. Raises Refused."""
    transfers = Transfer.objects.unscoped("the verb that locked this book has checked who acts")
    answered = transfers.select_related("credit", "debit", "reversal").get(number=number)
    reversal: Transfer | None = getattr(answered, "reversal", None)
    facts = policy.ReversalFacts(
        number=number,
        kind=TransferKind(answered.kind),
        may=may,
        reversed_by=reversal.number if reversal else None,
        reason=reason,
    )
    policy.may_reverse(facts).or_raise()
    holder = AccountKind(answered.debit.kind)
    may_leave(book, holder, {answered.subject: Money(answered.minor, book.currency)})
    return book.move_back(answered, reason=reason)


def may_leave(book: Book, holder: AccountKind, asked: Mapping[str, Money]) -> None:
    """Raise Refused unless `asked` may leave the account `holder`."""
    committed = book.committed_for(asked) if holder is AccountKind.COMMITTED else None
    facts = policy.TakingFacts(asked=asked, there=book.balance(holder), committed=committed)
    policy.may_take(facts).or_raise()
