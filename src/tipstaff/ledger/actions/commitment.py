"""The verbs on a commitment: commit, release, pay, reverse. Each runs inside the transaction of its caller.

The caller has checked that its actor may decide on the award, or pay it, and that the award belongs to the
programme; it keeps the numbers of the transfers with the award. What is refused was refused before anything moved.
"""

from collections.abc import Mapping
from datetime import datetime

from tipstaff.kernel.money import Money
from tipstaff.ledger import booking
from tipstaff.ledger.models import Transfer
from tipstaff.ledger.states import OF_A_COMMITMENT, TransferKind
from tipstaff.people.access import Actor, NotVisible


def commit(
    *,
    programme: str,
    fiscal_year: int,
    amount: Money,
    subject: str,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> int:
    """Set `amount` aside for `subject`, an award's reference. Gives the transfer's number; raises Refused."""
    (number,) = commit_shares(
        programme=programme,
        fiscal_year=fiscal_year,
        shares={subject: amount},
        reason=reason,
        actor=actor,
        now=now,
    )
    return number


def commit_shares(
    *,
    programme: str,
    fiscal_year: int,
    shares: Mapping[str, Money],
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> tuple[int, ...]:
    """Set an amount aside for each subject, or for none. Gives the transfers' numbers in the shares' order.

    Raises Refused with `ledger.funds-available` when the sum is not there.
    """
    book = booking.locked(programme, fiscal_year, actor=actor, now=now)
    return booking.take(book, TransferKind.COMMIT, shares, reason=reason)


def release(
    *,
    programme: str,
    fiscal_year: int,
    amount: Money,
    subject: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Undo a commitment, whole or in part: the amount is available again. Raises Refused."""
    book = booking.locked(programme, fiscal_year, actor=actor, now=now)
    (number,) = booking.take(book, TransferKind.RELEASE, {subject: amount}, reason=reason)
    return number


def pay(
    *,
    programme: str,
    fiscal_year: int,
    amount: Money,
    subject: str,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> int:
    """Write down that `amount` of what was committed for `subject` was handed over. Raises Refused."""
    book = booking.locked(programme, fiscal_year, actor=actor, now=now)
    (number,) = booking.take(book, TransferKind.PAY, {subject: amount}, reason=reason)
    return number


def reverse(*, number: int, reason: str, actor: Actor, now: datetime) -> int:
    """Answer a commitment, release or payment that was a mistake by its reversal. Gives the reversal's number.

    Raises Refused: a transfer is reversed once, and only while the money is where it led to. NotVisible when
    there is no such transfer.
    """
    transfers = Transfer.objects.unscoped("the caller has checked who acts on the award")
    found = transfers.select_related("credit").filter(number=number).first()
    if found is None:
        raise NotVisible(str(number))
    account = found.credit
    book = booking.locked(account.programme, account.fiscal_year, actor=actor, now=now)
    return booking.answer(book, number, may=OF_A_COMMITMENT, reason=reason)
