"""What a rule is: an id, a title, where it is written, when it is asked, which numbers it reads, and its question."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tipstaff.kernel.decision import Refusal
from tipstaff.rulebook.facts import RewardFacts
from tipstaff.rulebook.sheet import Sheet


class Stage(StrEnum):
    """Where an award stands when the rules are asked, in the order of the road."""

    NOMINATION = "nomination"
    ELIGIBILITY = "eligibility"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"
    CERTIFICATION = "certification"
    PAYMENT = "payment"
    REPORT = "report"


S = Stage
EVERYWHERE = tuple(Stage)
UNTIL_PAID = EVERYWHERE[:-1]
FROM_ELIGIBILITY = UNTIL_PAID[1:]
FROM_DECISION = UNTIL_PAID[3:]

type Check = Callable[[Stage, RewardFacts, Sheet], Iterator[Refusal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `title` says what must hold, as a sentence; `parameters` are the sheet's keys that it reads.

    `applies` is whether this sheet asks for it at all. A `gate` must be passed before any amount is computed.
    """

    id: str
    title: str
    citation: str
    stages: tuple[Stage, ...]
    parameters: tuple[str, ...]
    check: Check
    applies: Callable[[Sheet], bool]
    gate: bool


def always(_: Sheet) -> bool:
    """A rule that every sheet asks for."""
    return True


def rule(
    id: str,
    title: str,
    citation: str,
    *,
    stages: tuple[Stage, ...],
    reads: tuple[str, ...] = (),
    applies: Callable[[Sheet], bool] = always,
    gate: bool = False,
) -> Callable[[Check], Rule]:
    """Make a function that yields refusals a rule. `policy.RULES` lists every one of them by name."""

    def made(check: Check) -> Rule:
        return Rule(
            id=id,
            title=title,
            citation=citation,
            stages=stages,
            parameters=reads,
            check=check,
            applies=applies,
            gate=gate,
        )

    return made
