"""Rules about the outcome: whether it is one that is paid for, and what the target was when it came about."""

from collections.abc import Iterator

from tipstaff.kernel.decision import Refusal
from tipstaff.rulebook.facts import Answer, RewardFacts
from tipstaff.rulebook.policy.rule import FROM_ELIGIBILITY, UNTIL_PAID, Stage, rule
from tipstaff.rulebook.sheet import Computation, Sheet


@rule(
    "rulebook.R01-payable-outcome",
    "The outcome is one that a paragraph of the law pays for.",
    "22 U.S.C. 2708(b)",
    stages=UNTIL_PAID,
    reads=("paragraphs",),
    applies=lambda sheet: bool(sheet.paragraphs),
    gate=True,
)
def payable_outcome(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Abroad and leadership may still be open when a reward is nominated; from eligibility on they are known."""
    outcome, known = facts.outcome, stage != Stage.NOMINATION
    paragraph = sheet.paragraph(outcome.paragraph)
    named = {"paragraph": outcome.paragraph or "–", "kind": outcome.kind}
    if paragraph is None:
        yield Refusal(
            "rulebook.R01-payable-outcome",
            "{paragraph} is no paragraph that pays: name one of the sheet’s.",
            named,
        )
        return
    if outcome.kind not in paragraph.outcomes:
        yield Refusal(
            "rulebook.R01-payable-outcome",
            "Paragraph {paragraph} does not pay for an outcome of the kind {kind}.",
            named,
        )
    if paragraph.abroad and (outcome.abroad == Answer.NO or (known and outcome.abroad == Answer.UNKNOWN)):
        yield Refusal(
            "rulebook.R01-payable-outcome",
            "Paragraph {paragraph} pays only where the conduct was primarily abroad, and nobody has found that it was.",
            named,
        )
    if paragraph.key_leader and (
        outcome.key_leader == Answer.NO or (known and outcome.key_leader == Answer.UNKNOWN)
    ):
        yield Refusal(
            "rulebook.R01-payable-outcome",
            "Paragraph {paragraph} pays only for a key leader, and nobody has found that this is one.",
            named,
        )


@rule(
    "rulebook.target-status",
    "On the day of the outcome the target was what its paragraph asks for.",
    "22 U.S.C. 2708(b)(6), (7), (k)",
    stages=UNTIL_PAID,
    reads=("paragraphs",),
    applies=lambda sheet: any(paragraph.statuses for paragraph in sheet.paragraphs),
)
def target_status(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """A designation of today says nothing about the day of the outcome."""
    paragraph = sheet.paragraph(facts.outcome.paragraph)
    if (
        paragraph
        and paragraph.statuses
        and not facts.statuses(facts.outcome.on).intersection(paragraph.statuses)
    ):
        yield Refusal(
            "rulebook.target-status",
            "On {on} the target was none of these: {statuses}. Paragraph {paragraph} asks for one.",
            {"on": facts.outcome.on, "statuses": ", ".join(paragraph.statuses), "paragraph": paragraph.code},
        )


@rule(
    "rulebook.crime-class",
    "The outcome belongs to a class of crime that the sheet has a cap for.",
    "the board's own rules",
    stages=UNTIL_PAID,
    reads=("crime_classes", "computation"),
    applies=lambda sheet: sheet.computation == Computation.TABLE,
)
def crime_class(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Without a class there is no cap, and nothing can be computed."""
    if sheet.crime_class(facts.outcome.crime_class) is None:
        yield Refusal(
            "rulebook.crime-class",
            "{named} is no class of crime in the sheet: choose one of its table.",
            {"named": facts.outcome.crime_class or "–"},
        )


@rule(
    "rulebook.recovery",
    "Enough was recovered, and the share lies in the band.",
    "15 U.S.C. 78u-6(a)(1), (b)(1)",
    stages=FROM_ELIGIBILITY,
    reads=("recovery", "computation"),
    applies=lambda sheet: sheet.recovery is not None,
)
def recovery(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Only more than the threshold counts; the per cent is asked for where one is proposed."""
    band, recovered = sheet.recovery, facts.outcome.recovered
    assert band, "asked only where there is a band"
    if recovered is None or recovered.currency != band.above.currency or not recovered > band.above:
        yield Refusal("rulebook.recovery", "Not more than {above} was recovered.", {"above": band.above})
    if facts.percent is not None and not band.least_percent <= facts.percent <= band.most_percent:
        yield Refusal(
            "rulebook.recovery",
            "{percent} per cent lies outside the band from {least} to {most}.",
            {"percent": facts.percent, "least": band.least_percent, "most": band.most_percent},
        )
