"""What an officer states, as plain values: the texts that verbs take, rules judge and tables keep."""

from dataclasses import dataclass
from datetime import date

from tipstaff.kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """One source of a finding: what it is, which one, how it is graded (Admiralty), and what it says.

    `reference` is a tip's, a document's or an agency's own; `says` holds the officer's words and the place in the
    source, never a tip's text.
    """

    kind: str
    reference: str
    reliability: str
    credibility: str
    says: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeText:
    """An outcome as it is stated. `paragraph` is the statute's (`b8`), empty when none pays for it; `crime_class` is
    the class of a rule sheet that pays by class (`property`), empty where none does.

    `suspicion` and `review_on` are asked of a person: why the suspicion is reasonable, and when that is looked at
    again.
    """

    kind: str
    subject_kind: str
    subject: str
    role: str
    country: str
    day: date
    scope: str
    paragraph: str = ""
    crime_class: str = ""
    charge: str = ""
    court: str = ""
    amount: Money | None = None
    suspicion: str = ""
    review_on: date | None = None
    designation: str = ""
    outside_us: bool = False
    key_leader: bool = False
    federal_jurisdiction: bool = False
    death_resulted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionText:
    """What one tip gave to one outcome, by way of one finding. `tip`, `finding` and `outcome` are references."""

    tip: str
    finding: str
    outcome: str
    how_used: str
    used_on: date
    known: str
    known_since: date | None = None
    known_from: str = ""
    corroboration: str = ""
    evidence: str = ""
