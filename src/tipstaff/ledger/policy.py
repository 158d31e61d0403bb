"""When money may move, and in which fiscal year a day lies. Pure: facts in, every reason out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.kernel.money import Money
from tipstaff.ledger.states import TransferKind

# Every rule of this room and what it rests on.
RULES: Mapping[str, str] = {
    "ledger.amount": "A transfer moves a positive amount in whole minor units; a mistake is reversed, not negated.",
    "ledger.book-open": "Money is moved where it was appropriated: 31 U.S.C. 1301 (purpose and time).",
    "ledger.currency": "Amounts in different currencies are never added: a programme's year is kept in one.",
    "ledger.fiscal-year": "An appropriation belongs to a fiscal year that has begun or comes next.",
    "ledger.funds-available": "Nothing is promised that is not there: 31 U.S.C. 1341 (the Antideficiency Act).",
    "ledger.nothing-committed": "Only what was committed for an award is paid for it or released from it.",
    "ledger.programme-stays": "A programme keeps its compartment: who may see its books is decided once.",
    "ledger.reason-given": "Whoever takes money back or corrects the books says why: auditors read it.",
    "ledger.reversal-fits": "A transfer is reversed by those who may make it, and a reversal is not reversed.",
    "ledger.reversed-already": "A mistake is answered once.",
    "ledger.subject": "Every transfer names what it is for: an appropriation's paper, or an award.",
}

LONGEST_REASON: Final = 500
LONGEST_SUBJECT: Final = 64
LARGEST: Final = 10**13  # minor units in one transfer: a slip of the pen, and no sum of ours overflows
EARLIEST_YEAR: Final = 1985  # 22 U.S.C. 2708 is of 1984
# What takes money back, or says that the books were wrong.
REASONED: Final = frozenset({TransferKind.RELEASE, TransferKind.RETURN, TransferKind.REVERSE})
_FISCAL_YEAR_BEGINS: Final = 10  # October


def fiscal_year(day: date) -> int:
    """The United States' fiscal year of `day`: 1 October to 30 September, named after the year it ends in."""
    return day.year + (day.month >= _FISCAL_YEAR_BEGINS)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppropriationFacts:
    """What would be appropriated, and where; `compartment` is the programme's, where it has books already."""

    amount: Money
    reference: str
    year: int
    today: date
    stated_compartment: str
    compartment: str | None
    currency: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingFacts:
    """What is asked for, for each subject, of the account that holds `there`.

    `committed` is what is still committed for each subject; None when the money comes out of what is available.
    """

    asked: Mapping[str, Money]
    there: Money
    committed: Mapping[str, Money] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversalFacts:
    """The transfer to reverse: what it is, whose kinds the actor may reverse, and by which it was reversed."""

    number: int
    kind: TransferKind
    may: frozenset[TransferKind]
    reversed_by: int | None
    reason: str


def may_appropriate(facts: AppropriationFacts) -> Decision:
    """Whether this may be appropriated to this programme and year."""
    return Decision(
        (
            *_wrong_amount(facts.amount, facts.currency),
            *_wrong_subject(facts.reference),
            *_wrong_year(facts.year, fiscal_year(facts.today) + 1),
            *_wrong_compartment(facts),
        )
    )


def as_opened(facts: AppropriationFacts, compartment: str, currency: str) -> AppropriationFacts:
    """The same facts, now that the year's books are open in this compartment and currency."""
    return replace(facts, compartment=compartment, currency=currency)


def may_take(facts: TakingFacts) -> Decision:
    """Whether what is asked for may leave the account: its amounts, its subjects, and whether it is there."""
    currency = facts.there.currency
    refusals: list[Refusal] = []
    for subject, amount in facts.asked.items():
        refusals += [*_wrong_amount(amount, currency), *_wrong_subject(subject)]
    if not facts.asked:
        refusals.append(Refusal("ledger.amount", "There is nothing to move: name at least one amount."))
    if not refusals:
        refusals += _not_there(facts) if facts.committed is None else _not_committed(facts)
    return Decision(tuple(refusals))


def may_reverse(facts: ReversalFacts) -> Decision:
    """Whether this transfer may be answered by its reversal.

    Whether the money is still where it led to is another question: `may_take`.
    """
    reason = needs_reason(TransferKind.REVERSE, facts.reason)
    return Decision((*reason.refusals, *_not_reversible(facts)))


def may_open(programme: str, year: int, *, is_open: bool) -> Decision:
    """Whether there are books to move money in."""
    if is_open:
        return Decision()
    refusal = Refusal(
        "ledger.book-open",
        "{programme} has no books for fiscal year {year}: a treasurer opens them by an appropriation.",
        {"programme": programme, "year": str(year)},
    )
    return Decision((refusal,))


def needs_reason(kind: TransferKind, reason: str) -> Decision:
    """Whether a reason was given where this kind of transfer asks for one, of a length that the books can keep."""
    if len(reason) <= LONGEST_REASON and (reason.strip() or kind not in REASONED):
        return Decision()
    refusal = Refusal(
        "ledger.reason-given",
        "Say why, in at most {longest} characters: the books keep the reason.",
        {"longest": LONGEST_REASON},
    )
    return Decision((refusal,))


def _wrong_year(year: int, newest: int) -> Iterator[Refusal]:
    if not EARLIEST_YEAR <= year <= newest:
        yield Refusal(
            "ledger.fiscal-year",
            "Fiscal year {year} is not between {earliest} and {newest}: name one that has begun, or the next.",
            {"year": str(year), "earliest": str(EARLIEST_YEAR), "newest": str(newest)},
        )


def _wrong_compartment(facts: AppropriationFacts) -> Iterator[Refusal]:
    if facts.compartment not in (None, facts.stated_compartment):
        yield Refusal(
            "ledger.programme-stays",
            "A programme of this code has its books in another compartment: give the new one another code.",
        )


def _not_reversible(facts: ReversalFacts) -> Iterator[Refusal]:
    if facts.kind is TransferKind.REVERSE:
        yield Refusal(
            "ledger.reversal-fits",
            "Transfer {number} is itself a reversal: make the first transfer anew instead.",
            {"number": facts.number},
        )
    elif facts.kind not in facts.may:
        yield Refusal(
            "ledger.reversal-fits",
            "Transfer {number} is not reversed here, but where it was decided.",
            {"number": facts.number},
        )
    if facts.reversed_by is not None:
        yield Refusal(
            "ledger.reversed-already",
            "Transfer {number} was reversed already, by transfer {by}.",
            {"number": facts.number, "by": facts.reversed_by},
        )


def _wrong_amount(amount: Money, currency: str | None) -> Iterator[Refusal]:
    if not 0 < amount.minor <= LARGEST:
        named = {"amount": amount, "largest": Money(LARGEST, amount.currency)}
        yield Refusal(
            "ledger.amount",
            "{amount} cannot be moved: an amount is more than nothing and at most {largest}.",
            named,
        )
    if currency is not None and amount.currency != currency:
        yield Refusal(
            "ledger.currency",
            "{amount} is in {theirs}, and these books are kept in {ours}: state the amount in {ours}.",
            {"amount": amount, "theirs": amount.currency, "ours": currency},
        )


def _wrong_subject(subject: str) -> Iterator[Refusal]:
    if not subject.strip() or len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        yield Refusal(
            "ledger.subject",
            "Name what it is for, in one line of at most {longest} characters.",
            {"longest": LONGEST_SUBJECT},
        )


def _not_there(facts: TakingFacts) -> Iterator[Refusal]:
    asked = Money(sum(amount.minor for amount in facts.asked.values()), facts.there.currency)
    if asked > facts.there:
        yield Refusal(
            "ledger.funds-available",
            "{asked} is asked for, and {available} is available.",
            {"asked": asked, "available": facts.there},
        )


def _not_committed(facts: TakingFacts) -> Iterator[Refusal]:
    held = facts.committed or {}
    for subject, asked in facts.asked.items():
        committed = held.get(subject, Money(0, facts.there.currency))
        if asked > committed:
            named = {"asked": asked, "committed": committed, "subject": subject}
            yield Refusal(
                "ledger.nothing-committed",
                "{asked} is asked for, and {committed} is committed for {subject}.",
                named,
            )
