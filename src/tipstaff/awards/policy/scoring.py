"""Scores: what a sheet of them holds, when it is whole, and what several sheets advise. Pure.

Gates first, then a share of the cap by weighted levels, as `rulebook.computing` reckons it from the rule sheet. It is
advice: the committee recommends what it thinks right, and the Secretary decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median_low
from typing import Any

from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.kernel.money import Money
from tipstaff.rulebook.computing import Amount, Line, NotComputable, Share, compute, split, weight_of
from tipstaff.rulebook.facts import Payee, RewardFacts, Score
from tipstaff.rulebook.policy import limits
from tipstaff.rulebook.sheet import Computation, Sheet

LEVELS = range(5)
LONGEST_SENTENCE = 400


@dataclass(frozen=True, slots=True)
class Mark:
    """A level from 0 to 4 and the sentence that says why; in a draft either may be missing."""

    level: int | None
    because: str


# A member's scores: a source number, a factor, a mark.
type Marks = Mapping[str, Mapping[str, Mark]]


def to_json(marks: Marks) -> dict[str, dict[str, dict[str, Any]]]:
    """The marks as a score sheet's row keeps them."""
    return {
        number: {code: {"level": mark.level, "because": mark.because} for code, mark in given.items()}
        for number, given in marks.items()
    }


def from_json(levels: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Marks:
    """The marks that `to_json` wrote."""
    return {
        number: {code: Mark(mark["level"], mark["because"]) for code, mark in given.items()}
        for number, given in levels.items()
    }


def may_save(marks: Marks, numbers: frozenset[str], sheet: Sheet) -> Decision:
    """Whether a draft holds nothing but sources, factors, levels and sentences as there are."""
    factors = {factor.code for factor in sheet.factors}
    odd = [
        code
        for number, given in marks.items()
        for code, mark in given.items()
        if number not in numbers
        or code not in factors
        or (mark.level is not None and mark.level not in LEVELS)
    ]
    refusals = []
    if odd or not marks.keys() <= numbers:
        refusals.append(
            Refusal(
                "awards.committee.score-fits",
                "A score is a level from 0 to 4 of one of the rule sheet's factors, for a source of this award.",
            )
        )
    if any(len(mark.because) > LONGEST_SENTENCE for given in marks.values() for mark in given.values()):
        refusals.append(
            Refusal(
                "awards.committee.score-length",
                "A sentence on a score has at most {most} characters.",
                {"most": LONGEST_SENTENCE},
            )
        )
    return Decision(tuple(refusals))


def may_submit(marks: Marks, numbers: frozenset[str], sheet: Sheet) -> Decision:
    """Whether every factor has a level and a sentence, for every source."""
    missing = tuple(
        Refusal(
            "awards.committee.score-missing",
            "Source {number}, {factor}: give a level and one sentence.",
            {"number": number, "factor": factor.code},
        )
        for number in sorted(numbers)
        for factor in sheet.factors
        if not _whole(marks.get(number, {}).get(factor.code))
    )
    return Decision((*may_save(marks, numbers, sheet).refusals, *missing))


def _whole(mark: Mark | None) -> bool:
    return mark is not None and mark.level is not None and bool(mark.because.strip())


@dataclass(frozen=True, slots=True)
class Agreed:
    """One factor of one source: every member's level, and the median of them (of two in the middle, the lower)."""

    factor: str
    levels: tuple[int, ...]
    level: int


@dataclass(frozen=True, slots=True)
class SourceAdvice:
    """What the scores advise for one source: the levels, and the lines that lead to the amount before the split."""

    number: str
    agreed: tuple[Agreed, ...]
    lines: tuple[Line, ...]
    amount: Money


@dataclass(frozen=True, slots=True)
class Advice:
    """What the submitted scores come to: each source's amount, their sum, and how it came together."""

    members: int
    sources: tuple[SourceAdvice, ...]
    lines: tuple[Line, ...]
    total: Money


def advise(sheets: Sequence[Marks], facts: RewardFacts, sheet: Sheet) -> Advice | None:
    """What the members' submitted scores advise for the payees of `facts`; None when nothing can be computed.

    Each source is reckoned by itself. Where together they would pass the cap, the cap is split by their weights, and of
    equal ones the source that told first comes first.
    """
    payees = sorted(facts.payees, key=lambda payee: (payee.tip_on, payee.source))
    agreed = {payee.source: tuple(_agreed(sheets, payee.source, sheet)) for payee in payees}
    if not payees or any(len(found) < len(sheet.factors) for found in agreed.values()):
        return None
    try:
        if sheet.computation == Computation.SHARE_OF_CAP:
            alone = {payee.source: _alone(payee, agreed[payee.source], facts, sheet) for payee in payees}
            return _together(len(sheets), alone, agreed, _cap(facts, sheet))
        whole = compute(facts, sheet)
    except NotComputable:
        return None
    weights = {
        source: weight_of({each.factor: each.level for each in agreed[source]}, sheet) for source in agreed
    }
    parts = split(whole.total, _shares(weights))
    sources = [SourceAdvice(source, agreed[source], (), parts[source]) for source in parts]
    return Advice(len(sheets), _in_order(sources), whole.lines, whole.total)


def _agreed(sheets: Sequence[Marks], source: str, sheet: Sheet) -> Iterator[Agreed]:
    for factor in sheet.factors:
        given = [marks.get(source, {}).get(factor.code) for marks in sheets]
        levels = tuple(mark.level for mark in given if mark is not None and mark.level is not None)
        if levels:
            yield Agreed(factor.code, levels, median_low(levels))


def _alone(payee: Payee, agreed: Sequence[Agreed], facts: RewardFacts, sheet: Sheet) -> Amount:
    scores = tuple(Score(factor=each.factor, level=each.level) for each in agreed)
    return compute(replace(facts, payees=(payee,), amount=payee.amount, scores=scores), sheet)


def _together(
    members: int,
    alone: Mapping[str, Amount],
    agreed: Mapping[str, tuple[Agreed, ...]],
    cap: Money | None,
) -> Advice:
    amounts = {source: amount.total for source, amount in alone.items()}
    total = Money(sum(amount.minor for amount in amounts.values()), next(iter(amounts.values())).currency)
    lines: tuple[Line, ...] = ()
    if cap is not None and total > cap:
        asked = {"total": total, "cap": cap}
        lines = (
            Line(
                "Together {total} would pass the cap of {cap}: it is split in their proportion.", asked, cap
            ),
        )
        amounts = split(cap, _shares({source: amount.minor for source, amount in amounts.items()}))
        total = cap
    sources = [
        SourceAdvice(source, agreed[source], alone[source].lines, amounts[source]) for source in amounts
    ]
    return Advice(members, _in_order(sources), lines, total)


def _shares(weights: Mapping[str, int]) -> list[Share]:
    """The sources in the order in which they told, which breaks a tie."""
    return [
        Share(source=source, weight=weight, place=place)
        for place, (source, weight) in enumerate(weights.items())
    ]


def _cap(facts: RewardFacts, sheet: Sheet) -> Money | None:
    return min(limits(facts, sheet).values(), key=lambda cap: cap.minor, default=None)


def _in_order(sources: Sequence[SourceAdvice]) -> tuple[SourceAdvice, ...]:
    return tuple(sorted(sources, key=lambda each: each.number))
