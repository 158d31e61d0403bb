"""The life of an offer, as two tables. The diagrams in the docs are written from them.

`OFFER` is the whole life; what stands in the open of it (`PUBLIC`) is what the public may read. Once an
offer is public its next text goes through `AMENDMENT` beside it, so that the public text stays as it is until
a second officer has approved the new one; publishing the amendment is then the offer's own move `amend`.
"""

from enum import StrEnum

from tipstaff.kernel.machine import Machine, Move


class OfferState(StrEnum):
    """Where an offer stands. The last six are public, under these very names."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    PUBLISHED = "published"
    AMENDED = "amended"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    SATISFIED = "satisfied"
    EXPIRED = "expired"


class AmendmentState(StrEnum):
    """Where the next text of a public offer stands."""

    NONE = "none"
    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"


S = OfferState
A = AmendmentState

OPEN = frozenset({S.PUBLISHED, S.AMENDED})
RUNNING = OPEN | {S.SUSPENDED}
CLOSED = frozenset({S.WITHDRAWN, S.SATISFIED, S.EXPIRED})
PUBLIC = RUNNING | CLOSED

OFFER = Machine(
    states=S,
    initial=S.DRAFT,
    moves=(
        Move("propose", frozenset({S.DRAFT}), S.PROPOSED),
        Move("approve", frozenset({S.PROPOSED}), S.APPROVED),
        Move("publish", frozenset({S.APPROVED}), S.PUBLISHED),
        Move("return", frozenset({S.PROPOSED, S.APPROVED}), S.DRAFT),
        Move("amend", RUNNING, S.AMENDED),
        Move("resume", frozenset({S.SUSPENDED}), S.PUBLISHED),
        Move("suspend", OPEN, S.SUSPENDED),
        Move("withdraw", RUNNING, S.WITHDRAWN),
        Move("satisfy", RUNNING, S.SATISFIED),
        Move("expire", RUNNING, S.EXPIRED),
    ),
)
AMENDMENT = Machine(
    states=A,
    initial=A.NONE,
    moves=(
        Move("begin", frozenset({A.NONE}), A.DRAFT),
        Move("propose", frozenset({A.DRAFT}), A.PROPOSED),
        Move("approve", frozenset({A.PROPOSED}), A.APPROVED),
        Move("publish", frozenset({A.APPROVED}), A.NONE),
        Move("return", frozenset({A.PROPOSED, A.APPROVED}), A.DRAFT),
        Move("drop", frozenset({A.DRAFT, A.PROPOSED, A.APPROVED}), A.NONE),
    ),
)

# Moves that change what the public reads: each of them sends a new notice.
PUBLIC_MOVES = ("publish", "amend", "suspend", "resume", "withdraw", "satisfy", "expire")


def open_moves(state: OfferState, amendment: AmendmentState) -> tuple[str, ...]:
    """The moves that the tables allow now, in the order in which a page offers them.

    `amend` is not among them: it happens when an amendment is published.
    """
    if state in CLOSED:
        return ()
    if state not in PUBLIC:
        return OFFER.open_to(state)
    return AMENDMENT.open_to(amendment) + tuple(m for m in OFFER.open_to(state) if m != "amend")
