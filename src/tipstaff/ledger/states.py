"""The five accounts of a programme's fiscal year, and the ways that money takes between them. Pure.

    treasury ──appropriate──► available ──commit──► committed ──pay──► paid
                                 │  ▲                   │
      returned ◄──return─────────┘  └─────release───────┘

Each figure that anybody asks for is the balance of one account: what was appropriated is what the treasury has given
(its balance, with the sign turned), and the other four are as they are named. The treasury, paid and returned are the
world outside: money comes from the first and ends in the other two. What came in is always what is there and what went
out: appropriated = available + committed + paid + returned.

A reversal takes the way of the transfer it answers, backwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class AccountKind(StrEnum):
    """An account's part in the books."""

    TREASURY = "treasury"
    AVAILABLE = "available"
    COMMITTED = "committed"
    PAID = "paid"
    RETURNED = "returned"


class TransferKind(StrEnum):
    """What a transfer does."""

    APPROPRIATE = "appropriate"
    COMMIT = "commit"
    RELEASE = "release"
    PAY = "pay"
    RETURN = "return"
    REVERSE = "reverse"


@dataclass(frozen=True, slots=True)
class Way:
    """From the account that gives (it is credited) to the account that receives (it is debited)."""

    credit: AccountKind
    debit: AccountKind


WAYS: Final[Mapping[TransferKind, Way]] = {
    TransferKind.APPROPRIATE: Way(AccountKind.TREASURY, AccountKind.AVAILABLE),
    TransferKind.COMMIT: Way(AccountKind.AVAILABLE, AccountKind.COMMITTED),
    TransferKind.RELEASE: Way(AccountKind.COMMITTED, AccountKind.AVAILABLE),
    TransferKind.PAY: Way(AccountKind.COMMITTED, AccountKind.PAID),
    TransferKind.RETURN: Way(AccountKind.AVAILABLE, AccountKind.RETURNED),
}

# Whose the transfer is: the treasurer's, on the fund as a whole, or a commitment's, made for one subject.
OF_THE_FUND: Final = frozenset({TransferKind.APPROPRIATE, TransferKind.RETURN})
OF_A_COMMITMENT: Final = frozenset({TransferKind.COMMIT, TransferKind.RELEASE, TransferKind.PAY})


def is_a_way(kind: TransferKind, credit: AccountKind, debit: AccountKind) -> bool:
    """Whether a transfer of `kind` may lead from `credit` to `debit`."""
    if kind is TransferKind.REVERSE:
        return Way(debit, credit) in WAYS.values()
    return Way(credit, debit) == WAYS[kind]
