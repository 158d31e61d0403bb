"""A determination: what was asked, of which facts, by which sheet, and what came of it. It can be run again.

Another room keeps it; here it is plain data. `replay` asks the same rules the same facts under the same sheet and
says whether they still answer as they did: years later, by whoever doubts it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tipstaff.kernel.decision import Refusal
from tipstaff.kernel.money import Money
from tipstaff.rulebook import written
from tipstaff.rulebook.computing import NotComputable, compute
from tipstaff.rulebook.facts import RewardFacts
from tipstaff.rulebook.policy import Finding, Stage, Verdict, findings
from tipstaff.rulebook.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """One rule's verdict and, where it refused, its sentences as they read then."""

    rule: str
    verdict: Verdict
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """Everything that a later reader needs to come to the same answer.

    `amount` is what the sheet computes, None where a fact for it is missing.
    """

    stage: Stage
    facts: RewardFacts
    sheet: str
    number: int
    digest: str
    verdicts: tuple[Ruled, ...]
    amount: Money | None

    @property
    def allowed(self) -> bool:
        """Whether no rule refused."""
        return all(ruled.verdict != Verdict.REFUSED for ruled in self.verdicts)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that reads otherwise now."""

    what: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of running a determination again."""

    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        return not self.differences


def determine(stage: Stage, facts: RewardFacts, sheet: Sheet, digest: str | None = None) -> Determination:
    """Ask every rule of `stage` and compute the amount. `digest` is the sheet's, for who knows it already."""
    return Determination(
        stage=stage,
        facts=facts,
        sheet=sheet.code,
        number=sheet.number,
        digest=digest or sheet.digest(),
        verdicts=tuple(_ruled(finding) for finding in findings(stage, facts, sheet)),
        amount=_amount(facts, sheet),
    )


def replay(determination: Determination, sheet: Sheet) -> Replay:
    """Run it again under `sheet`, which must be the very one it names."""
    again = determine(determination.stage, determination.facts, sheet)
    return Replay(tuple(_differences(determination, again)))


def reasons(determination: Determination, sheet: Sheet) -> dict[str, tuple[Refusal, ...]]:
    """What each rule refused, by its id, so that a page can say it in the reader's language.

    A determination keeps English sentences. The rules are asked again, and where one says now what it said then, its
    refusals have their facts; where it says something else, what was kept stands as it is.
    """
    asked = findings(determination.stage, determination.facts, sheet)
    now = {finding.rule.id: finding.refusals for finding in asked if finding.refusals}
    return {ruled.rule: _as_then(ruled, now.get(ruled.rule, ())) for ruled in determination.verdicts}


def to_json(determination: Determination) -> dict[str, Any]:
    """The determination as JSON values."""
    tree: dict[str, Any] = written.to_json(determination)
    return tree


def from_json(data: Any) -> Determination:
    """The determination that `data` was written from. Raises written.BadJson."""
    return written.from_json(Determination, data)


def _ruled(finding: Finding) -> Ruled:
    if not finding.refusals:
        return _without_words(finding.rule.id, finding.verdict)
    because = tuple(refusal.because for refusal in finding.refusals)
    return Ruled(rule=finding.rule.id, verdict=finding.verdict, because=because)


def _as_then(ruled: Ruled, now: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    if tuple(refusal.because for refusal in now) == ruled.because:
        return now
    kept: list[dict[str, Any]] = [{"rule": ruled.rule, "says": said} for said in ruled.because]
    return tuple(Refusal(**each) for each in kept)


@cache
def _without_words(rule: str, verdict: Verdict) -> Ruled:
    return Ruled(rule=rule, verdict=verdict, because=())


def _amount(facts: RewardFacts, sheet: Sheet) -> Money | None:
    try:
        return compute(facts, sheet).total
    except NotComputable:
        return None


def _differences(then: Determination, now: Determination) -> Iterator[Difference]:
    for what, one, other in (
        ("sheet", f"{then.sheet} {then.number}", f"{now.sheet} {now.number}"),
        ("digest of the sheet", then.digest, now.digest),
        ("amount", _said(then.amount), _said(now.amount)),
    ):
        if one != other:
            yield Difference(what, one, other)
    before, after = _by_rule(then), _by_rule(now)
    for rule in sorted(before.keys() | after.keys()):
        if before.get(rule) != after.get(rule):
            yield Difference(rule, before.get(rule, "–"), after.get(rule, "–"))


def _by_rule(determination: Determination) -> Mapping[str, str]:
    return {ruled.rule: " ".join((ruled.verdict, *ruled.because)) for ruled in determination.verdicts}


def _said(amount: Money | None) -> str:
    return "none" if amount is None else str(amount)
