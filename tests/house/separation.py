"""docs/separation-of-duties.md, as it is written from the roles, the duties and the moves of an award."""

from collections.abc import Callable, Iterable, Iterator

from tipstaff.awards.policy.duties import MAY_MEET
from tipstaff.awards.policy.moves import MOVES
from tipstaff.awards.states import Duty
from tipstaff.people.roles import DUTIES, KEPT_APART, ROLES, VERBS


def separation_lines() -> Iterator[str]:
    """The page's lines, without its first one."""
    yield "# Separation of duties\n"
    yield "Who nominates does not vote, who votes does not decide, who decides does not pay, and who hands out roles has"
    yield "none of these. It is kept twice: no officer is granted two roles that must stay apart, and no officer acts on"
    yield "one award in two capacities, whatever roles they held before. The tests walk both as whole matrices"
    yield "(`tests/rooms/awards/test_matrix.py`, `tests/rooms/people/test_grants.py`).\n"
    yield "## Roles that never meet in one officer\n"
    roles = sorted({role for pair in KEPT_APART for role in pair})
    yield from _square(roles, lambda one, other: frozenset({one, other}) in KEPT_APART)
    yield "`×`: no officer holds both, in any compartment. The secretary and the delegate have one duty between them."
    yield f"The duty of each role: {', '.join(f'{role} *{DUTIES[role]}*' for role in sorted(DUTIES))}.\n"
    yield "## Capacities that never meet on one award\n"
    duties = [str(duty) for duty in Duty]
    yield from _square(duties, lambda one, other: one != other and _apart(Duty(one), Duty(other)))
    yield "`×`: refused with `awards.duties-apart`, and nothing moves. Who handled a tip is read from the tip's own record,"
    yield "who investigated from the contributions that they attested, and the rest from the award's steps, scores, votes,"
    yield "hand-overs and witnesses.\n"
    yield "## Steps of an award\n"
    yield "| step | verb | roles that carry it | capacity |"
    yield "|---|---|---|---|"
    for move, held in MOVES.items():
        yield f"| {move.replace('_', ' ')} | `{held.verb}` | {_holders(held.verb)} | {held.duty} |"
    yield ""
    yield "## Every verb of an award\n"
    yield "| verb | roles that carry it |"
    yield "|---|---|"
    for verb in VERBS:
        if verb.startswith("awards."):
            yield f"| `{verb}` | {_holders(verb)} |"
    yield ""


def _apart(one: Duty, other: Duty) -> bool:
    return frozenset({one, other}) not in MAY_MEET


def _holders(verb: str) -> str:
    return ", ".join(role for role in sorted(ROLES) if verb in ROLES[role]) or "–"


def _square(names: Iterable[str], kept_apart: Callable[[str, str], bool]) -> Iterator[str]:
    names = list(names)
    yield f"| | {' | '.join(names)} |"
    yield f"|---|{'---|' * len(names)}"
    for one in names:
        yield f"| **{one}** | {' | '.join('×' if kept_apart(one, other) else '' for other in names)} |"
    yield ""
