"""Who at a meeting reads what, and when: blindness is a filter over phase and authorship, and nothing else. Pure.

Until a vote is put, a member sees only their own scores; then all of them. A vote is seen by its own author until it is
counted. The clerk sees who has scored and voted, and never a score. Who declared a conflict sees that the item is on
the docket and what became of it, and neither packet, scores, motion nor votes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Phase(StrEnum):
    """How far an item has come, as far as eyes are concerned."""

    BLIND = "blind"
    VOTING = "voting"
    COUNTED = "counted"


class Standing(StrEnum):
    """As what somebody looks at an item.

    CALLED has not declared yet; SITTING declared no conflict; READER may read awards and has no part in the committee.
    """

    CLERK = "clerk"
    CALLED = "called"
    SITTING = "sitting"
    RECUSED = "recused"
    READER = "reader"


class Part(StrEnum):
    """What there is to see of an item."""

    PACKET = "packet"
    OWN_SCORES = "own-scores"
    ALL_SCORES = "all-scores"
    WHO_SCORED = "who-scored"
    ADVICE = "advice"
    MOTIONS = "motions"
    OWN_VOTE = "own-vote"
    WHO_VOTED = "who-voted"
    ALL_VOTES = "all-votes"


_ALWAYS = frozenset(Phase)
_PUT = frozenset({Phase.VOTING, Phase.COUNTED})
_COUNTED = frozenset({Phase.COUNTED})
READS: Mapping[Standing, Mapping[Part, frozenset[Phase]]] = {
    Standing.CLERK: {
        Part.PACKET: _ALWAYS,
        Part.WHO_SCORED: _ALWAYS,
        Part.ADVICE: _PUT,
        Part.MOTIONS: _ALWAYS,
        Part.WHO_VOTED: _ALWAYS,
        Part.ALL_VOTES: _COUNTED,
    },
    Standing.CALLED: {},
    Standing.SITTING: {
        Part.PACKET: _ALWAYS,
        Part.OWN_SCORES: _ALWAYS,
        Part.ALL_SCORES: _PUT,
        Part.WHO_SCORED: _PUT,
        Part.ADVICE: _PUT,
        Part.MOTIONS: _ALWAYS,
        Part.OWN_VOTE: _ALWAYS,
        Part.WHO_VOTED: _ALWAYS,
        Part.ALL_VOTES: _COUNTED,
    },
    Standing.RECUSED: {},
    Standing.READER: {Part.MOTIONS: _COUNTED, Part.WHO_VOTED: _COUNTED, Part.ALL_VOTES: _COUNTED},
}


class Authored(Protocol):
    """Something that one officer wrote."""

    @property
    def officer(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at an item, as what, and in which phase it is."""

    officer: str
    standing: Standing
    phase: Phase

    def reads(self, part: Part) -> bool:
        """Whether that part of the item is for these eyes now."""
        return self.phase in READS[self.standing].get(part, frozenset())

    def filtered[A: Authored](self, rows: Iterable[A], *, own: Part, every: Part) -> tuple[A, ...]:
        """Of `rows`, all, those that the viewer wrote, or none."""
        if self.reads(every):
            return tuple(rows)
        if self.reads(own):
            return tuple(row for row in rows if row.officer == self.officer)
        return ()


def phase_of(put: int, counted: int) -> Phase:
    """The phase of an item on which `put` motions were put to the vote, and `counted` of them counted."""
    if put == 0:
        return Phase.BLIND
    return Phase.COUNTED if counted == put else Phase.VOTING


def standing_of(conflicted: bool | None) -> Standing:
    """As what a member who was called looks at an item; None: nothing is declared yet."""
    if conflicted is None:
        return Standing.CALLED
    return Standing.RECUSED if conflicted else Standing.SITTING
