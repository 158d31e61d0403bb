"""The life of a rule sheet, as a table. A text is never changed: what is returned is proposed again as a new one."""

from enum import StrEnum

from tipstaff.kernel.machine import Machine, Move


class SheetState(StrEnum):
    """Where a proposed sheet stands. In force it stays for ever: for the offers that were published under it."""

    PROPOSED = "proposed"
    SECONDED = "seconded"
    IN_FORCE = "in-force"
    RETURNED = "returned"


S = SheetState
OPEN = frozenset({S.PROPOSED, S.SECONDED})

SHEET = Machine(
    states=S,
    initial=S.PROPOSED,
    moves=(
        Move("second", frozenset({S.PROPOSED}), S.SECONDED),
        Move("approve", frozenset({S.SECONDED}), S.IN_FORCE),
        Move("return", OPEN, S.RETURNED),
    ),
)


def approving(state: SheetState) -> str:
    """The move that an approval is now: the first of two, or the one that puts the sheet in force."""
    return "second" if state == S.PROPOSED else "approve"
