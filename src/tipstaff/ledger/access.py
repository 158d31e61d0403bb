"""Who sees the books, and who may do what with them."""

from tipstaff.footing.scoped import ScopedQuerySet
from tipstaff.ledger.models import Account, Transfer
from tipstaff.people.access import Actor, NotAllowed, NotVisible

SEE = "ledger.account.see"
EXPORT = "ledger.book.export"
APPROPRIATE = "ledger.fund.appropriate"


def visible_accounts(actor: Actor) -> ScopedQuerySet[Account]:
    """Every account in a compartment where `actor` has anything to do."""
    return Account.objects.seen_by(actor)


def visible_transfers(actor: Actor) -> ScopedQuerySet[Transfer]:
    """Every transfer in a compartment where `actor` has anything to do."""
    return Transfer.objects.seen_by(actor)


def book_for(actor: Actor, programme: str, fiscal_year: int, *, to: str) -> tuple[Account, ...]:
    """The accounts of a programme's fiscal year, for an actor who may do `to` with them.

    Another compartment's book is NotVisible, so that it cannot be probed; one in sight without the verb is
    NotAllowed.
    """
    found = visible_accounts(actor).filter(programme=programme, fiscal_year=fiscal_year)
    accounts = tuple(found.order_by("pk"))
    if not accounts:
        raise NotVisible(f"{programme}/{fiscal_year}")
    if not actor.may(to, accounts[0].compartment):
        raise NotAllowed(to)
    return accounts


def transfer_for(actor: Actor, number: int, *, to: str) -> Transfer:
    """The transfer `number` with both its accounts, for an actor who may do `to` with it."""
    found = visible_transfers(actor).select_related("credit", "debit", "reversal", "reverses")
    try:
        transfer = found.get(number=number)
    except Transfer.DoesNotExist:
        raise NotVisible(str(number)) from None
    if not actor.may(to, transfer.credit.compartment):
        raise NotAllowed(to)
    return transfer
