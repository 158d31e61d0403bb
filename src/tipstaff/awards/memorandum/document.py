"""What a decision memorandum says. Frozen values that stand for themselves: no queries, no clock, no identity.

Texts are as officers typed them; a source is a number. `redaction.redacted` makes the public version.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tipstaff.kernel.money import Money


class Result(StrEnum):
    """What a rule found."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_APPLICABLE = "not-applicable"


class Ballot(StrEnum):
    """How a member voted."""

    IN_FAVOUR = "in-favour"
    AGAINST = "against"
    ABSTAINED = "abstained"


class Outcome(StrEnum):
    """What was decided."""

    APPROVED = "approved"
    CHANGED = "changed"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The public offer that is claimed: the version in force, and which of its conditions."""

    ref: str
    version: int
    published_on: date
    condition: str
    cap: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Achieved:
    """The outcome that the information led to. `paragraph`: the statute's, like (b)(8)."""

    ref: str
    kind: str
    on: date
    country: str
    paragraph: str
    international: bool
    subject: str = ""
    charge: str = ""
    court: str = ""
    amount: Money | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one source's information did. `source` is a number, `attested_by` an officer."""

    source: str
    told_on: date
    told: str
    used: str
    known: str
    corroborated: str
    evidence: str
    attested_by: str
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One member's score of one factor, 0 to 4, with its sentence."""

    member: str
    score: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A factor with its weight in per cent, the committee's mean in hundredths, and the members' scores."""

    name: str
    weight: int
    mean_hundredths: int
    scores: tuple[Score, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule found on eligibility. The sentence may name facts; rule, citation and result never do."""

    rule: str
    citation: str
    result: Result
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A course that the committee weighed."""

    text: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One source's part of the award."""

    source: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What the committee recommends; `shares` sum to the amount."""

    amount: Money | None
    text: str = ""
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """One member's recorded vote."""

    member: str
    ballot: Ballot
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """The recorded vote. The counts stand by themselves, so that a public version can show them alone."""

    on: date
    quorum: int
    in_favour: int
    against: int
    abstained: int
    cast: tuple[Cast, ...] = ()
    dissent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusal:
    """A member who stood aside before the packet was opened."""

    member: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concurrence:
    """The Attorney General's concurrence, where there is federal criminal jurisdiction."""

    needed: bool
    on: date | None = None
    ref: str = ""
    by: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A blank line to sign on: who signs it (name may be empty), and in what office."""

    office: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The decision block. Without an outcome it is still to be taken, and the boxes stay empty."""

    signatures: tuple[Signature, ...]
    outcome: Outcome | None = None
    amount: Money | None = None
    on: date | None = None
    by: str = ""
    reasons: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memorandum:
    """One memorandum, in one language (`en` or `es`).

    `marking` stands on every page (like TLP:AMBER+STRICT). `version` counts the issues of this memorandum;
    `record_sha256` is the hash, in hex, of the record it was made from. `payment` is the form of payment, never a
    place. `public_summary` is written for the public and shown in the public version alone. `withheld` names the
    parts that a public version leaves out; empty for the whole memorandum.
    """

    ref: str
    version: int
    language: str
    marking: str
    record_sha256: str
    issued_on: date
    office: str
    title: str
    purpose: str
    authority: str
    offer: Offer
    outcome: Achieved
    contributions: tuple[Contribution, ...]
    factors: tuple[Factor, ...]
    findings: tuple[Finding, ...]
    options: tuple[Option, ...]
    recommendation: Recommendation
    vote: Vote
    recusals: tuple[Recusal, ...]
    concurrence: Concurrence
    decision: Decided
    protection: str
    payment: str
    distribution: tuple[str, ...]
    advice: str = ""
    public_summary: str = ""
    withheld: tuple[str, ...] = ()
