"""What the committee is told of an award: by its rule sheet, its determination of eligibility and the room of cases.

The one place where the committee reads another room.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tipstaff.awards.models import Award, Determination
from tipstaff.cases.queries import ContributionFacts, OutcomeFacts, contributions_of, outcome_facts
from tipstaff.kernel.decision import Refusal, Refused
from tipstaff.kernel.money import Money
from tipstaff.rulebook import determination
from tipstaff.rulebook.policy import Stage, limits
from tipstaff.rulebook.queries import sheet_numbered
from tipstaff.rulebook.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Matter:
    """An award's sheet, what was determined of its eligibility, and what happened by whose contribution."""

    sheet: Sheet
    eligibility: determination.Determination
    outcome: OutcomeFacts
    contributions: Mapping[str, ContributionFacts]


def sheet_of(award: Award) -> Sheet:
    """The rule sheet that the award stands under."""
    return _sheet(award.compartment, award.sheet_code, award.sheet_number)


def sheets_of(awards: Iterable[Award]) -> Mapping[tuple[str, int], Sheet]:
    """The rule sheets of several awards, each read once."""
    named = {(award.compartment, award.sheet_code, award.sheet_number) for award in awards}
    return {(code, number): _sheet(where, code, number) for where, code, number in sorted(named)}


def eligibility_of(award: Award) -> determination.Determination:
    """The newest determination of the award's eligibility. Raises Refused when there is none."""
    row = Determination.objects.filter(award=award, stage=Stage.ELIGIBILITY).order_by("-number").first()
    if row is None:
        raise Refused(
            (
                Refusal(
                    "awards.committee.eligibility",
                    "Eligibility was not determined yet: the committee reads what was found.",
                ),
            )
        )
    return determination.from_json(json.loads(row.content))


def cap_of(found: determination.Determination, sheet: Sheet) -> Money | None:
    """The least of all the limits that held when eligibility was determined."""
    return min(limits(found.facts, sheet).values(), key=lambda cap: cap.minor, default=None)


def matter_of(award: Award) -> Matter:
    """Everything that a packet is made of, beside the award's own rows."""
    return Matter(
        sheet=sheet_of(award),
        eligibility=eligibility_of(award),
        outcome=outcome_facts(award.outcome),
        contributions={each.ref: each for each in contributions_of(award.outcome)},
    )


def _sheet(compartment: str, code: str, number: int) -> Sheet:
    sheet = sheet_numbered(compartment, code, number)
    assert sheet is not None, "an award is nominated under a sheet in force, and such a sheet stays for ever"
    return sheet
