"""Every table of moves is whole: each state can be reached, and those that nothing leaves are meant so."""

import pytest

from tests.house.generate import MACHINES

# States that no move leaves. One that is missing here is a dead end that nobody intended.
ENDS: dict[str, set[str]] = {
    "awards-award": {"withdrawn", "closed"},
    "awards-claim": {"accepted"},
    "awards-delegation": {"ended"},
    "awards-item": {"decided"},
    "awards-meeting": {"held"},
    "awards-payout": {"paid", "returned"},
    "cases-case": set(),
    "offers-amendment": set(),
    "offers-offer": {"withdrawn", "satisfied", "expired"},
    "outbox-parcel": {"DELIVERED"},
    "people-grant": {"ENDED"},
    "rulebook-sheet": {"in-force", "returned"},
    "tips-envelope": {"opened"},
    "tips-public": set(),
}


def test_every_machine_is_listed() -> None:
    assert MACHINES.keys() == ENDS.keys()


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_every_state_is_reached(name: str) -> None:
    machine = MACHINES[name]
    reached, size = {machine.initial}, 0
    while len(reached) > size:
        size = len(reached)
        reached |= {move.target for move in machine.moves if move.sources & reached}

    assert reached == set(machine.states.__members__.values())


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_every_end_is_meant(name: str) -> None:
    assert {str(state) for state in MACHINES[name].terminal()} == ENDS[name]


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_a_move_has_one_meaning(name: str) -> None:
    arrows = [(move.name, source) for move in MACHINES[name].moves for source in move.sources]

    assert len(set(arrows)) == len(arrows), "the same move leads from one state to two"
