"""Every move of a parcel from every state."""

import itertools

import pytest

from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.outbox.states import PARCEL, ParcelState

LEGAL = {
    ("deliver", "WAITING"): "DELIVERED",
    ("give_up", "WAITING"): "STUCK",
    ("retry", "STUCK"): "WAITING",
}
EVERY = itertools.product(sorted({move for move, _ in LEGAL}), ParcelState)


@pytest.mark.parametrize("move, source", sorted(EVERY))
def test_every_move_from_every_state(move: str, source: ParcelState) -> None:
    expected = LEGAL.get((move, source))
    if expected is None:
        with pytest.raises(MoveNotInTable):
            PARCEL.after(move, source)
    else:
        assert PARCEL.after(move, source) == expected


def test_a_parcel_ends_delivered() -> None:
    assert PARCEL.terminal() == {ParcelState.DELIVERED}
