"""The treasurer's verbs: appropriate, return what is not needed, correct either."""

from datetime import datetime

from django.db import transaction

from tipstaff.kernel.clock import day
from tipstaff.kernel.money import Money
from tipstaff.ledger import access, booking, policy
from tipstaff.ledger.models import Account
from tipstaff.ledger.states import OF_THE_FUND, TransferKind
from tipstaff.people.access import Actor
from tipstaff.people.names import check_code


@transaction.atomic(durable=True)
def appropriate(
    *,
    programme: str,
    compartment: str,
    fiscal_year: int,
    amount: Money,
    reference: str,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> int:
    """Take up money that was given to the programme for the fiscal year; `reference` is the paper that gives it.

    The first appropriation opens the year's books, in `amount`'s currency; the programme's first one settles its
    compartment. Gives the transfer's number. Raises NotAllowed or Refused; then nothing is written.
    """
    actor.must(access.APPROPRIATE, compartment)
    check_code(programme)
    books = Account.objects.unscoped("a programme keeps one compartment in the whole house")
    known = books.filter(programme=programme).order_by("fiscal_year")
    year = known.filter(fiscal_year=fiscal_year).first()
    facts = policy.AppropriationFacts(
        amount=amount,
        reference=reference,
        year=fiscal_year,
        today=day(now),
        stated_compartment=compartment,
        compartment=known.values_list("compartment", flat=True).first(),
        currency=year.currency if year else None,
    )
    policy.may_appropriate(facts).or_raise()
    policy.needs_reason(TransferKind.APPROPRIATE, reason).or_raise()

    booking.open_accounts(programme, fiscal_year, compartment=compartment, currency=amount.currency)
    book = booking.locked(programme, fiscal_year, actor=actor, now=now)
    # A rival may have opened the year first, in another currency or compartment: the rules are asked again.
    policy.may_appropriate(policy.as_opened(facts, book.compartment, book.currency)).or_raise()
    return book.move(TransferKind.APPROPRIATE, amount, subject=reference, reason=reason)


@transaction.atomic(durable=True)
def return_funds(
    *,
    programme: str,
    fiscal_year: int,
    amount: Money,
    reference: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Give back what is available and not needed; `reference` is the paper that takes it.

    Gives the transfer's number. Raises NotVisible, NotAllowed or Refused; then nothing is written.
    """
    access.book_for(actor, programme, fiscal_year, to=access.APPROPRIATE)
    book = booking.locked(programme, fiscal_year, actor=actor, now=now)
    (number,) = booking.take(book, TransferKind.RETURN, {reference: amount}, reason=reason)
    return number


@transaction.atomic(durable=True)
def correct(*, number: int, reason: str, actor: Actor, now: datetime) -> int:
    """Answer an appropriation or a return that was a mistake by its reversal, saying why.

    Gives the reversal's number. Raises NotVisible, NotAllowed or Refused; then nothing is written.
    """
    account = access.transfer_for(actor, number, to=access.APPROPRIATE).credit
    book = booking.locked(account.programme, account.fiscal_year, actor=actor, now=now)
    return booking.answer(book, number, may=OF_THE_FUND, reason=reason)
