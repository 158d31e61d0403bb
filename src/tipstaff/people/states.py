"""The states of a grant. The diagram in docs/states/grant.md is written from this table."""

from enum import StrEnum

from tipstaff.kernel.machine import Machine, Move


class GrantState(StrEnum):
    """Whether a grant carries verbs: only a confirmed one does, and only from its first to its last day."""

    GIVEN = "GIVEN"
    CONFIRMED = "CONFIRMED"
    ENDED = "ENDED"


S = GrantState
GRANT = Machine(
    states=S,
    initial=S.GIVEN,
    moves=(
        Move("confirm", frozenset({S.GIVEN}), S.CONFIRMED),
        Move("end", frozenset({S.GIVEN, S.CONFIRMED}), S.ENDED),
    ),
)
