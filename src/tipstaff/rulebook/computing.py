"""What a reward comes to by the sheet, with the lines that explain it, and how one reward is split.

Advice, not decision: whoever decides may change the amount and says why. Gates first: with one of them closed the
amount is nothing, whatever the scores. Amounts are whole minor units; what a division leaves over is not paid.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tipstaff.kernel.decision import Refusal
from tipstaff.kernel.money import Money
from tipstaff.rulebook.facts import RewardFacts
from tipstaff.rulebook.policy import gates, limits
from tipstaff.rulebook.sheet import Computation, Sheet

TOP_LEVEL = 4


class NotComputable(ValueError):
    """A fact that the computation rests on is missing or no part of the sheet. The caller asked too early."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an account: the sentence with `{named}` places, its facts, and where the amount stands after it."""

    says: str
    facts: Mapping[str, object] = field(default_factory=dict)
    stands_at: Money | None = None

    @property
    def because(self) -> str:
        """The sentence in English."""
        facts = self.facts.items()
        return self.says.format(
            **{name: fact.because if isinstance(fact, Refusal) else fact for name, fact in facts}
        )


@dataclass(frozen=True, slots=True)
class Amount:
    """The proposed amount and the lines that lead to it."""

    total: Money
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One payee's claim on a joint reward. Of two that are equal, `place` is who told first."""

    source: str
    weight: int
    place: int


def compute(facts: RewardFacts, sheet: Sheet) -> Amount:
    """The amount by the sheet's own computation. Raises NotComputable."""
    nothing = Money(0, sheet.currency)
    if closed := gates(facts, sheet):
        lines = [Line("A gate is closed: {because}", {"because": refusal}, nothing) for refusal in closed]
        return Amount(nothing, tuple(lines))
    caps = limits(facts, sheet)
    if sheet.computation == Computation.SHARE_OF_CAP:
        start, lines = _share_of_cap(facts, sheet, caps)
    elif sheet.computation == Computation.TABLE:
        start, lines = _by_crime_class(facts, sheet)
    else:
        start, lines = _of_the_recovery(facts, sheet)
    total, taken = _less_deductions(start, facts, sheet)
    total, held = _within(caps, total)
    return Amount(total, (*lines, *taken, *held))


def split(total: Money, shares: Sequence[Share]) -> dict[str, Money]:
    """`total` by the weights, by largest remainder: the parts come to it exactly, to the last minor unit.

    What whole units leave over goes one by one to the largest remainders; of equal ones, first in time. Without any
    weight all count alike. Raises NotComputable for nobody, a weight below nothing or a source named twice.
    """
    if not shares or total.minor < 0 or any(share.weight < 0 for share in shares):
        raise NotComputable("a split needs at least one payee, and no weight below nothing")
    if len({share.source for share in shares}) < len(shares):
        raise NotComputable("a source stands in the split twice")
    sum_of_weights = sum(share.weight for share in shares)
    weights = {share.source: share.weight if sum_of_weights else 1 for share in shares}
    whole = sum_of_weights or len(shares)
    parts = {source: total.minor * weight // whole for source, weight in weights.items()}
    by_remainder = sorted(
        shares, key=lambda share: (-(total.minor * weights[share.source] % whole), share.place, share.source)
    )
    for share in by_remainder[: total.minor - sum(parts.values())]:
        parts[share.source] += 1
    return {source: Money(minor, total.currency) for source, minor in parts.items()}


def weight_of(levels: Mapping[str, int], sheet: Sheet) -> int:
    """The weighted sum of one payee's levels, to split by. Raises NotComputable for a factor that is not scored."""
    return sum(factor.weight * _level(levels, factor.code) for factor in sheet.factors)


def _share_of_cap(facts: RewardFacts, sheet: Sheet, caps: Mapping[str, Money]) -> tuple[Money, list[Line]]:
    if not caps:
        raise NotComputable("a share of the cap needs a cap")
    name, cap = min(caps.items(), key=lambda each: each[1].minor)
    levels = {score.factor: score.level for score in facts.scores}
    if odd := levels.keys() - {factor.code for factor in sheet.factors}:
        raise NotComputable(f"no factor of the sheet: {', '.join(sorted(odd))}")
    lines = [Line("The cap is {cap}, from: {name}.", {"cap": cap, "name": name})]
    for factor in sheet.factors:
        level = _level(levels, factor.code)
        scored = {
            "factor": factor.code,
            "level": level,
            "weight": factor.weight,
            "points": level * factor.weight,
        }
        lines.append(Line("{factor}: level {level} of 4 × weight {weight} = {points} points.", scored))
    points, most = weight_of(levels, sheet), TOP_LEVEL * sum(factor.weight for factor in sheet.factors)
    total = Money(cap.minor * points // most, cap.currency)
    lines.append(Line("{points} of {most} points of the cap.", {"points": points, "most": most}, total))
    return total, lines


def _by_crime_class(facts: RewardFacts, sheet: Sheet) -> tuple[Money, list[Line]]:
    crime = sheet.crime_class(facts.outcome.crime_class)
    if crime is None:
        raise NotComputable("the outcome has no class of crime that the sheet knows")
    return crime.cap, [
        Line("Class of crime {class_}: up to {cap}.", {"class_": crime.code, "cap": crime.cap}, crime.cap)
    ]


def _of_the_recovery(facts: RewardFacts, sheet: Sheet) -> tuple[Money, list[Line]]:
    band, recovered, percent = sheet.recovery, facts.outcome.recovered, facts.percent
    if band is None or recovered is None or percent is None or recovered.currency != sheet.currency:
        raise NotComputable("a share of the recovery needs the recovered amount and a per cent")
    if not band.least_percent <= percent <= band.most_percent:
        raise NotComputable(f"{percent} per cent lies outside {band.least_percent} to {band.most_percent}")
    if not recovered > band.above:
        nothing = Money(0, sheet.currency)
        short = {"recovered": recovered, "above": band.above}
        return nothing, [Line("{recovered} were recovered, not more than {above}.", short, nothing)]
    total = Money(recovered.minor * percent // 100, recovered.currency)
    return total, [
        Line("{percent} per cent of {recovered}.", {"percent": percent, "recovered": recovered}, total)
    ]


def _less_deductions(start: Money, facts: RewardFacts, sheet: Sheet) -> tuple[Money, list[Line]]:
    """Per cents are of the amount before all of them, so that their order changes nothing; offsets come last."""
    allowed = {deduction.code: deduction.most_percent for deduction in sheet.deductions}
    total, lines = start, []
    for taken in facts.deducted:
        if not 0 <= taken.percent <= allowed.get(taken.deduction, -1):
            raise NotComputable(f"the sheet does not allow {taken.percent} per cent for {taken.deduction}")
        total = Money(max(0, total.minor - start.minor * taken.percent // 100), start.currency)
        named = {"deduction": taken.deduction, "percent": taken.percent}
        lines.append(Line("{deduction}: less {percent} per cent.", named, total))
    for offset in facts.offsets():
        if offset.currency != start.currency:
            raise NotComputable("an offset is in another currency")
        total = Money(max(0, total.minor - offset.minor), start.currency)
        lines.append(Line("Paid by another payer: less {offset}.", {"offset": offset}, total))
    return total, lines


def _within(caps: Mapping[str, Money], total: Money) -> tuple[Money, list[Line]]:
    name, cap = min(caps.items(), key=lambda each: each[1].minor, default=("", total))
    if not total > cap:
        return total, []
    return cap, [Line("Held at {cap}, from: {name}.", {"cap": cap, "name": name}, cap)]


def _level(levels: Mapping[str, int], factor: str) -> int:
    level = levels.get(factor, -1)
    if not 0 <= level <= TOP_LEVEL:
        raise NotComputable(f"{factor} has no level from 0 to 4")
    return level
