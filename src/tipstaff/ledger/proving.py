"""Proving the books: every sum is made again from the transfers, and compared with what is kept.

The database adds up, in three passes whatever the number of transfers, and nothing is trusted that a verb computed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Case, Count, F, Min, Q, QuerySet, Sum, When

from tipstaff.footing.snapshot import one_moment
from tipstaff.kernel.money import Money
from tipstaff.ledger import access
from tipstaff.ledger.models import Account, Transfer
from tipstaff.ledger.states import AccountKind, TransferKind, is_a_way
from tipstaff.people.access import Actor

MOST_NAMED: Final = 20  # of one kind of fault: somebody reads this

type _Accounts = Mapping[int, Account]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was added up, and every fault as a sentence; no fault: the books are in order."""

    books: int
    transfers: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Moved:
    """All transfers of one kind between the same two accounts: how many, their sum, and the first one's number."""

    kind: TransferKind
    credit: int
    debit: int
    count: int
    minor: int
    first: int


def prove(actor: Actor) -> Proof:
    """Prove all books, as they stand at one moment. Raises NotAllowed unless the actor sees the whole office's."""
    actor.must(access.SEE)
    with one_moment():
        return _proof()


def _proof() -> Proof:
    every = Account.objects.unscoped("the books are proved as a whole").order_by("pk")
    accounts = {account.pk: account for account in every}
    moved = _moved()
    faults = (
        *_accounts_that_do_not_fit(accounts),
        *_ends_that_do_not_fit(accounts, moved),
        *_balances_that_do_not_fit(accounts, moved),
        *_subjects_below_nothing(),
        *_reversals_that_do_not_answer(),
    )
    books = {(account.programme, account.fiscal_year) for account in accounts.values()}
    return Proof(len(books), sum(group.count for group in moved), faults)


def _transfers() -> QuerySet[Transfer]:
    return Transfer.objects.unscoped("the books are proved as a whole").order_by()


def _moved() -> list[_Moved]:
    grouped = _transfers().values_list("kind", "credit_id", "debit_id")
    sums = grouped.annotate(count=Count("number"), total=Sum("minor"), first=Min("number"))
    return [_Moved(TransferKind(kind), *numbers) for kind, *numbers in sums]


def _accounts_that_do_not_fit(accounts: _Accounts) -> Iterator[str]:
    """Each book has its five accounts, in one currency; each programme has one compartment."""
    books: dict[tuple[str, int], list[Account]] = defaultdict(list)
    compartments: dict[str, set[str]] = defaultdict(set)
    for account in accounts.values():
        books[account.programme, account.fiscal_year].append(account)
        compartments[account.programme].add(account.compartment)
    for (programme, year), ours in books.items():
        if sorted(account.kind for account in ours) != sorted(AccountKind):
            yield f"{programme} {year} has not exactly one account of each kind."
        if len({account.currency for account in ours}) > 1:
            yield f"{programme} {year} has accounts in several currencies."
    for programme, places in compartments.items():
        if len(places) > 1:
            yield f"{programme} has books in several compartments: {', '.join(sorted(places))}."


def _ends_that_do_not_fit(accounts: _Accounts, moved: Sequence[_Moved]) -> Iterator[str]:
    """Each transfer has two ends in one book and one currency, on a way that its kind takes."""
    for group in moved:
        credit, debit = accounts[group.credit], accounts[group.debit]
        who = f"Transfer {group.first}" + (f" (and {group.count - 1} like it)" if group.count > 1 else "")
        if (credit.programme, credit.fiscal_year) != (debit.programme, debit.fiscal_year):
            yield f"{who} leads from {credit} to {debit}: out of its programme's year."
        if credit.currency != debit.currency:
            yield f"{who} leads from an account in {credit.currency} to one in {debit.currency}."
        if not is_a_way(group.kind, AccountKind(credit.kind), AccountKind(debit.kind)):
            yield f"{who} is called {group.kind} and leads from {credit.kind} to {debit.kind}."


def _balances_that_do_not_fit(accounts: _Accounts, moved: Sequence[_Moved]) -> Iterator[str]:
    """Each kept balance is the sum of the transfers, and none is on the wrong side of nothing."""
    sums: dict[int, int] = defaultdict(int)
    for group in moved:
        sums[group.credit] -= group.minor
        sums[group.debit] += group.minor
    for key, account in accounts.items():
        kept, added = Money(account.balance_minor, account.currency), Money(sums[key], account.currency)
        if kept != added:
            yield f"{account} is kept as {kept}, and its transfers add up to {added}."
        if added.minor > 0 if account.kind == AccountKind.TREASURY else added.minor < 0:
            yield f"The transfers of {account} add up to {added}: it was overdrawn."


def _subjects_below_nothing() -> Iterator[str]:
    """For no award more was paid or released than was committed."""
    committed = AccountKind.COMMITTED
    change = Case(When(debit__kind=committed, then=F("minor")), default=-F("minor"))
    touching = _transfers().filter(Q(debit__kind=committed) | Q(credit__kind=committed))
    below = (
        touching.values_list("subject", "credit__programme", "credit__fiscal_year", "credit__currency")
        .annotate(left=Sum(change))
        .filter(left__lt=0)
        .order_by("subject")
    )
    for subject, programme, year, currency, left in below[:MOST_NAMED]:
        amount = Money(-left, currency)
        yield f"For {subject}, {amount} more left what was committed in {programme} {year} than came in."


def _reversals_that_do_not_answer() -> Iterator[str]:
    """Each reversal is its transfer backwards, answers it alone, and is not itself reversed."""
    reversals = _transfers().filter(reverses__isnull=False)
    mirrored = Q(
        credit=F("reverses__debit"),
        debit=F("reverses__credit"),
        minor=F("reverses__minor"),
        subject=F("reverses__subject"),
    )
    for number, reverses in (
        reversals.exclude(mirrored).order_by("number").values_list("number", "reverses")[:MOST_NAMED]
    ):
        yield f"Transfer {number} is called the reversal of {reverses} and is not the same backwards."
    again = reversals.filter(reverses__kind=TransferKind.REVERSE)
    for number, reverses in again.order_by("number").values_list("number", "reverses")[:MOST_NAMED]:
        yield f"Transfer {number} reverses {reverses}, which is itself a reversal."
    twice = reversals.values_list("reverses").annotate(times=Count("number")).filter(times__gt=1)
    for reverses, times in twice.order_by("reverses")[:MOST_NAMED]:
        yield f"Transfer {reverses} was reversed {times} times."
