"""A state machine is a table. Rooms own the tables; this module only reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class MoveNotInTable(Exception):
    """The table has no such move from this state, whoever asks."""

    def __init__(self, move: str, source: StrEnum) -> None:
        super().__init__(f"{move!r} is not a move from {source.name}")
        self.move = move
        self.source = source


@dataclass(frozen=True, slots=True)
class Move[S: StrEnum]:
    """One arrow: `name` leads from any of `sources` to `target`."""

    name: str
    sources: frozenset[S]
    target: S


@dataclass(frozen=True, slots=True)
class Machine[S: StrEnum]:
    """A whole table: its states, where it starts, its arrows."""

    states: type[S]
    initial: S
    moves: tuple[Move[S], ...]

    def after(self, name: str, source: S) -> S:
        """The state that `name` leads to from `source`, or MoveNotInTable."""
        for move in self.moves:
            if move.name == name and source in move.sources:
                return move.target
        raise MoveNotInTable(name, source)

    def open_to(self, source: S) -> tuple[str, ...]:
        """The names of the moves that leave `source`, in the table's order."""
        return tuple(dict.fromkeys(move.name for move in self.moves if source in move.sources))

    def terminal(self) -> frozenset[S]:
        """States that no move leaves."""
        left = {source for move in self.moves for source in move.sources}
        return frozenset(self.states) - left

    def mermaid(self) -> Iterator[str]:
        """Lines of a Mermaid diagram: docs/states/ is written from these."""
        yield f"[*] --> {self.initial}"
        for move in self.moves:
            for source in sorted(move.sources):
                yield f"{source} --> {move.target}: {move.name}"
