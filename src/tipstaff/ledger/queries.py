"""What pages and other rooms read of the books: frozen rows. A balance is read, never added up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Case, F, Q, Sum, When

from tipstaff.kernel.money import Money
from tipstaff.ledger import access
from tipstaff.ledger.models import Account, Transfer
from tipstaff.ledger.states import OF_THE_FUND, AccountKind, TransferKind
from tipstaff.people.access import Actor, NotAllowed, NotVisible, within

PAGE = 50


@dataclass(frozen=True, slots=True)
class Figures:
    """A programme's fiscal year in five figures: appropriated = available + committed + paid + returned."""

    programme: str
    fiscal_year: int
    compartment: str
    appropriated: Money
    available: Money
    committed: Money
    paid: Money
    returned: Money

    @property
    def parts(self) -> tuple[tuple[AccountKind, Money], ...]:
        """Where the appropriated money is, in the order in which it moves on."""
        return (
            (AccountKind.AVAILABLE, self.available),
            (AccountKind.COMMITTED, self.committed),
            (AccountKind.PAID, self.paid),
            (AccountKind.RETURNED, self.returned),
        )


@dataclass(frozen=True, slots=True)
class BookPage:
    """One book's page: its figures, and what the actor may do with it."""

    figures: Figures
    may_appropriate: bool


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One transfer; `reversed_by` and `reverses` name the other transfer, if there is one."""

    number: int
    kind: str
    programme: str
    fiscal_year: int
    credit: str
    debit: str
    amount: Money
    subject: str
    reason: str
    actor: str
    at: datetime
    day: date
    reverses: int | None
    reversed_by: int | None


@dataclass(frozen=True, slots=True)
class Sought:
    """A filter over a book's transfers; empty texts leave everything in.

    `account` finds what came in or went out there; `before` is the number below which a page starts.
    """

    account: str = ""
    kind: str = ""
    subject: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class TransferList:
    """One page of a book's transfers, the newest first; `older` is the `before` of the next page, or None."""

    figures: Figures
    rows: tuple[TransferRow, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class TransferPage:
    """One transfer's page, and whether the actor may correct it."""

    row: TransferRow
    may_correct: bool


@dataclass(frozen=True, slots=True)
class Commitment:
    """What stands in one book for one subject: still committed, and paid."""

    programme: str
    fiscal_year: int
    committed: Money
    paid: Money


def books(actor: Actor) -> list[Figures]:
    """The books that `actor` may see, by programme, the newest year first. One query, however many there are."""
    if access.SEE not in actor.verbs:
        raise NotAllowed(access.SEE)
    accounts = access.visible_accounts(actor).filter(within(actor, access.SEE))
    return list(_figures(accounts.order_by("programme", "-fiscal_year", "pk")))


def book_page(actor: Actor, programme: str, fiscal_year: int) -> BookPage:
    """One book. Raises NotVisible or NotAllowed."""
    (figures,) = _figures(access.book_for(actor, programme, fiscal_year, to=access.SEE))
    return BookPage(figures, actor.may(access.APPROPRIATE, figures.compartment))


def transfers(actor: Actor, programme: str, fiscal_year: int, sought: Sought) -> TransferList:
    """A book's transfers that fit. Raises NotVisible or NotAllowed.

    Paged by key, not by count: new transfers shift nothing.
    """
    accounts = access.book_for(actor, programme, fiscal_year, to=access.SEE)
    found = access.visible_transfers(actor).select_related("credit", "debit", "reversal").order_by("-number")
    wanted = {"kind": sought.kind, "subject": sought.subject}
    found = found.filter(**{field: text for field, text in wanted.items() if text})
    if sought.before is not None:
        found = found.filter(number__lt=sought.before)
    newest = [
        transfer for side in _sides(accounts, sought.account) for transfer in found.filter(side)[: PAGE + 1]
    ]
    newest.sort(key=lambda transfer: -transfer.number)
    rows = tuple(_row(transfer) for transfer in newest[: PAGE + 1])
    (figures,) = _figures(accounts)
    return TransferList(figures, rows[:PAGE], rows[PAGE - 1].number if len(rows) > PAGE else None)


def _sides(accounts: Iterable[Account], kind: str) -> list[Q]:
    """Filters that together find each transfer of an account, or of all of the book's, once.

    What an account gave and what it received are asked for apart: each has an index, in the order of the page.
    """
    if not kind:
        return [Q(credit__in=[account.pk for account in accounts])]
    ours = [account.pk for account in accounts if account.kind == kind]
    return [Q(credit__in=ours), Q(debit__in=ours)]


def transfer_page(actor: Actor, number: int) -> TransferPage:
    """One transfer. Raises NotVisible or NotAllowed."""
    transfer = access.transfer_for(actor, number, to=access.SEE)
    row = _row(transfer)
    open_to_correction = TransferKind(row.kind) in OF_THE_FUND and row.reversed_by is None
    may_correct = open_to_correction and actor.may(access.APPROPRIATE, transfer.credit.compartment)
    return TransferPage(row, may_correct)


def fundable(actor: Actor) -> list[str]:
    """The compartments in which the actor may appropriate. Raises NotAllowed when there is none."""
    compartments = sorted(actor.compartments_for(access.APPROPRIATE))
    if not compartments:
        raise NotAllowed(access.APPROPRIATE)
    return compartments


def may_appropriate(actor: Actor) -> bool:
    """Whether there is any compartment in which the actor may appropriate."""
    return bool(actor.compartments_for(access.APPROPRIATE))


def return_page(actor: Actor, programme: str, fiscal_year: int) -> Figures:
    """The book out of which the actor may return money. Raises NotVisible or NotAllowed."""
    (figures,) = _figures(access.book_for(actor, programme, fiscal_year, to=access.APPROPRIATE))
    return figures


def figures_of(programme: str, fiscal_year: int) -> Figures:
    """One book's figures for a room that has checked who reads (a committee's docket). Raises NotVisible."""
    accounts = Account.objects.unscoped("the room that asks has checked who reads")
    found = list(accounts.filter(programme=programme, fiscal_year=fiscal_year).order_by("pk"))
    if not found:
        raise NotVisible(f"{programme}/{fiscal_year}")
    (figures,) = _figures(found)
    return figures


def commitments_of(subjects: Iterable[str]) -> Mapping[str, tuple[Commitment, ...]]:
    """What is committed and paid for each subject, for a room that has checked who reads. One query.

    A subject for which nothing was ever committed is missing.
    """
    found = Transfer.objects.unscoped("the room that asks has checked who reads")
    sums = (
        found.filter(subject__in=list(subjects), debit__kind__in=_OF_AWARDS, credit__kind__in=_OF_AWARDS)
        .values("subject", "credit__programme", "credit__fiscal_year", "credit__currency")
        .annotate(committed=_change(AccountKind.COMMITTED), paid=_change(AccountKind.PAID))
        .order_by("subject", "credit__programme", "credit__fiscal_year")
    )
    result: dict[str, tuple[Commitment, ...]] = {}
    for each in sums:
        currency = each["credit__currency"]
        amounts = (Money(each["committed"], currency), Money(each["paid"], currency))
        one = Commitment(each["credit__programme"], each["credit__fiscal_year"], *amounts)
        result[each["subject"]] = (*result.get(each["subject"], ()), one)
    return result


_OF_AWARDS = (AccountKind.AVAILABLE, AccountKind.COMMITTED, AccountKind.PAID)


def _change(kind: AccountKind) -> Sum:
    """What came into accounts of `kind` less what went out."""
    received, given = When(debit__kind=kind, then=F("minor")), When(credit__kind=kind, then=-F("minor"))
    return Sum(Case(received, given, default=0))


def _figures(accounts: Iterable[Account]) -> Iterator[Figures]:
    """Accounts in which those of a book stand together, as books."""
    for (programme, year), ours in groupby(accounts, lambda each: (each.programme, each.fiscal_year)):
        by_kind = {AccountKind(account.kind): account for account in ours}
        treasury = by_kind[AccountKind.TREASURY]
        yield Figures(
            programme=programme,
            fiscal_year=year,
            compartment=treasury.compartment,
            appropriated=Money(-treasury.balance_minor, treasury.currency),
            available=_balance(by_kind[AccountKind.AVAILABLE]),
            committed=_balance(by_kind[AccountKind.COMMITTED]),
            paid=_balance(by_kind[AccountKind.PAID]),
            returned=_balance(by_kind[AccountKind.RETURNED]),
        )


def _balance(account: Account) -> Money:
    return Money(account.balance_minor, account.currency)


def _row(transfer: Transfer) -> TransferRow:
    reversal: Transfer | None = getattr(transfer, "reversal", None)
    return TransferRow(
        number=transfer.number,
        kind=transfer.kind,
        programme=transfer.credit.programme,
        fiscal_year=transfer.credit.fiscal_year,
        credit=transfer.credit.kind,
        debit=transfer.debit.kind,
        amount=Money(transfer.minor, transfer.credit.currency),
        subject=transfer.subject,
        reason=transfer.reason,
        actor=transfer.actor,
        at=transfer.at,
        day=transfer.day,
        reverses=transfer.reverses_id,
        reversed_by=reversal.number if reversal else None,
    )
