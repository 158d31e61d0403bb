"""The law's reports as frozen values: of one payment (R11), of a programme's year (R12), of an approval (R13).

A source is a number here as everywhere. Kept as canonical JSON, so that what was reported can be read years later.
"""

from dataclasses import dataclass
from datetime import date

from tipstaff.kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidSource:
    """Who was paid, by number, how much, and how the information was used."""

    source: str
    amount: Money
    used: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReport:
    """22 U.S.C. 2708(g)(1): the amount, to whom, for which acts, and the significance of the information."""

    award: str
    paid_on: date | None
    paragraph: str
    kind: str
    country: str
    outcome_on: date
    total: Money
    sources: tuple[PaidSource, ...]
    significance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReport:
    """22 U.S.C. 2708(g)(2): what a programme spent in a fiscal year, publicity included."""

    programme: str
    fiscal_year: int
    awards: int
    rewards: Money
    publicity: Money
    total: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationReport:
    """22 U.S.C. 2708(g)(4): what was authorized, and for which acts."""

    award: str
    offer: str
    offer_version: int
    decided_on: date | None
    amount: Money
    paragraph: str
    kind: str


type Report = PaymentReport | AnnualReport | AuthorizationReport
