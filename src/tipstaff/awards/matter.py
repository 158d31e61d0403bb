"""What the committee is told of an award: by its offer, its determination of eligibility and the room of cases.

The one place where the committee reads another room.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tipstaff.awards import facts
from tipstaff.awards.facts import sheet_numbered, sheet_of
from tipstaff.awards.models import Award
from tipstaff.cases.queries import ContributionFacts, OutcomeFacts, contributions_of, outcome_facts
from tipstaff.kernel.decision import Refusal, Refused
from tipstaff.kernel.money import Money
from tipstaff.offers import queries as offers
from tipstaff.offers.terms import TermsCondition
from tipstaff.rulebook.determination import Determination
from tipstaff.rulebook.policy import Stage, limits
from tipstaff.rulebook.sheet import Sheet

__all__ = ["Matter", "cap_of", "eligibility_of", "matter_of", "sheet_of", "sheets_of"]


@dataclass(frozen=True, slots=True)
class Matter:
    """An award's condition and sheet, what was determined of its eligibility, and who contributed to what."""

    condition: TermsCondition | None
    sheet: Sheet
    eligibility: Determination
    outcome: OutcomeFacts
    contributions: Mapping[str, ContributionFacts]


def sheets_of(awards: Iterable[Award]) -> Mapping[tuple[str, int], Sheet]:
    """The rule sheets of several awards, each read once."""
    named = {(award.compartment, award.sheet_code, award.sheet_number) for award in awards}
    return {(code, number): sheet_numbered(where, code, number) for where, code, number in sorted(named)}


def eligibility_of(award: Award) -> Determination:
    """The newest determination of the award's eligibility. Raises Refused when there is none."""
    kept = award.determinations.filter(stage=Stage.ELIGIBILITY).order_by("-number").first()
    if kept is None:
        raise Refused(
            (
                Refusal(
                    "awards.committee.eligibility",
                    "Eligibility was not determined yet: the committee reads what was found.",
                ),
            )
        )
    return facts.read(kept)


def cap_of(award: Award, today: date) -> Money | None:
    """The least of all the limits that hold for the award today."""
    holding = limits(facts.facts_of(award, today=today), sheet_of(award))
    return min(holding.values(), key=lambda cap: cap.minor, default=None)


def matter_of(award: Award) -> Matter:
    """Everything that a packet is made of, beside the award's own rows."""
    return Matter(
        condition=offers.terms(award.offer, award.offer_version).condition(award.condition),
        sheet=sheet_of(award),
        eligibility=eligibility_of(award),
        outcome=outcome_facts(award.outcome),
        contributions={each.ref: each for each in contributions_of(award.outcome)},
    )
