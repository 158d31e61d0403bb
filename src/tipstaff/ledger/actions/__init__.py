"""The verbs of the ledger.

The treasurer's are transactions of their own. Those on a commitment run inside the transaction of the verb that
decides or pays an award, so that the award and its money move together or not at all.
"""

from tipstaff.ledger.actions.commitment import commit, commit_shares, pay, release, reverse
from tipstaff.ledger.actions.fund import appropriate, correct, return_funds

__all__ = [
    "appropriate",
    "commit",
    "commit_shares",
    "correct",
    "pay",
    "release",
    "return_funds",
    "reverse",
]
