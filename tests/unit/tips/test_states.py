"""An envelope may be tried again until it opens; once open it stays open."""

import itertools

import pytest

from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.tips.states import ENVELOPE, EnvelopeState, SetAside
from tipstaff.tips.words import DOUBTS, MOVES, SET_ASIDE, STATES

E = EnvelopeState
LEGAL = {
    ("open", E.WAITING): E.OPENED,
    ("open", E.NOT_OPENABLE): E.OPENED,
    ("set_aside", E.WAITING): E.NOT_OPENABLE,
    ("set_aside", E.NOT_OPENABLE): E.NOT_OPENABLE,
}


@pytest.mark.parametrize("move, state", list(itertools.product(["open", "set_aside"], E)))
def test_every_move_from_every_state(move: str, state: EnvelopeState) -> None:
    expected = LEGAL.get((move, state))
    if expected is None:
        with pytest.raises(MoveNotInTable):
            ENVELOPE.after(move, state)
    else:
        assert ENVELOPE.after(move, state) == expected


def test_every_reason_state_and_move_has_words() -> None:
    from tipstaff.tips.states import PUBLIC, Doubt, PublicState

    assert set(SET_ASIDE) == set(SetAside)
    assert set(DOUBTS) == set(Doubt)
    assert set(STATES) == set(PublicState)
    assert set(MOVES) == {move.name for move in PUBLIC.moves}
