"""A parcel's life. The diagram in docs/states/ is written from this table."""

from enum import StrEnum

from tipstaff.kernel.machine import Machine, Move


class ParcelState(StrEnum):
    """Where a parcel is: still to go, there, or given up on until somebody looks."""

    WAITING = "WAITING"
    DELIVERED = "DELIVERED"
    STUCK = "STUCK"


S = ParcelState
PARCEL = Machine(
    states=S,
    initial=S.WAITING,
    moves=(
        Move("deliver", frozenset({S.WAITING}), S.DELIVERED),
        Move("give_up", frozenset({S.WAITING}), S.STUCK),
        Move("retry", frozenset({S.STUCK}), S.WAITING),
    ),
)
