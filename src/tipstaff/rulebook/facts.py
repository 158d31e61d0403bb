"""What deciding on a reward needs to know: plain facts, gathered by another room and kept with the determination.

No name stands here. A payee is a source number; officers are their references. An amount in a currency other than
the sheet's is a fact too, and a rule says what is wrong with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tipstaff.kernel.money import Money
from tipstaff.rulebook import written
from tipstaff.rulebook.sheet import Form


class Answer(StrEnum):
    """A question's answer. What nobody has found out is `unknown`, and never taken for a no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was achieved. `paragraph` is the one of the law that pays for it; `recovered` is what was collected."""

    ref: str
    kind: str
    on: date
    paragraph: str = ""
    abroad: Answer = Answer.UNKNOWN
    key_leader: Answer = Answer.UNKNOWN
    federal_jurisdiction: Answer = Answer.UNKNOWN
    crime_class: str = ""
    recovered: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The offer's state from `on`, in the order of its history: published, amended, suspended, withdrawn …"""

    on: date
    state: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTerms:
    """The version of the offer that is claimed under, its one condition, and what became of the offer.

    `committed` is what other rewards have taken from the cap already.
    """

    ref: str
    version: int
    published_on: date
    cap: Money
    condition: int
    condition_outcome: str
    condition_paragraphs: tuple[str, ...]
    condition_cap: Money
    committed: Money
    changes: tuple[Change, ...]
    sheet: str | None = None
    sheet_number: int | None = None
    reported_on: date | None = None

    def at(self, day: date) -> Change | None:
        """What held at the end of `day`: the last change up to it; None before the first publication."""
        return next((change for change in reversed(self.changes) if change.on <= day), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Designation:
    """What the target officially was, from a day until another (both included; None: still)."""

    status: str
    since: date
    until: date | None = None
    citation: str = ""

    def holds(self, day: date) -> bool:
        """Whether it held on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPayment:
    """What another payer gave, or will give, for the same information."""

    payer: str
    amount: Money
    offset: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """One source: the tip, what was known without it, the gates' answers and the share of the reward.

    `claims` are the other nominations that rest on the same tip.
    """

    source: str
    tip: str
    tip_on: date
    amount: Money
    led_to: Answer = Answer.UNKNOWN
    known_since: date | None = None
    individual: Answer = Answer.UNKNOWN
    official: Answer = Answer.UNKNOWN
    on_duty: Answer = Answer.UNKNOWN
    took_part: Answer = Answer.UNKNOWN
    convicted: Answer = Answer.UNKNOWN
    knowingly_false: Answer = Answer.UNKNOWN
    sanctioned: Answer = Answer.UNKNOWN
    payers_asked: Answer = Answer.UNKNOWN
    other_payments: tuple[OtherPayment, ...] = ()
    protection_needed: Answer = Answer.UNKNOWN
    protection_planned_on: date | None = None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A factor's level, from 0 to 4, as the committee agreed on it."""

    factor: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deducted:
    """A deduction that the committee proposes, in per cent of the amount."""

    deduction: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """The committee's work: when the matter came to it, when it answered, who sat and how they voted."""

    referred_on: date | None = None
    answered_on: date | None = None
    good_cause: str = ""
    members: tuple[str, ...] = ()
    present: int = 0
    in_favour: int = 0
    against: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """Who decides and certifies. `personally`: by the holder of the office, not in that person's name.

    `exceeding` is the reason of a personal determination that the ceiling be passed.
    """

    decider: str = ""
    role: str = ""
    personally: bool = False
    delegated_since: date | None = None
    delegated_until: date | None = None
    on: date | None = None
    exceeding: str = ""
    concurred_on: date | None = None
    certifier_role: str = ""
    certified_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """In what form it is paid, from which funds, and the notices and reports around it."""

    forms: tuple[Form, ...] = (Form.MONEY,)
    available: Money | None = None
    crypto_noticed_on: date | None = None
    on: date | None = None
    reported_on: date | None = None
    year_reported_on: date | None = None
    authorization_reported_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconsideration:
    """A request to look at a decision again, and the day of that decision."""

    decided_on: date
    asked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardFacts:
    """Everything that the rules look at, as it was known on `today`. `amount` is the whole reward."""

    today: date
    sheet: str
    sheet_number: int
    outcome: Outcome
    amount: Money
    payees: tuple[Payee, ...]
    offer: OfferTerms | None = None
    designations: tuple[Designation, ...] = ()
    scores: tuple[Score, ...] = ()
    deducted: tuple[Deducted, ...] = ()
    percent: int | None = None
    committee: Committee = field(default_factory=Committee)
    ruling: Ruling = field(default_factory=Ruling)
    payment: Payment = field(default_factory=Payment)
    reconsideration: Reconsideration | None = None

    def statuses(self, day: date) -> frozenset[str]:
        """What the target officially was on `day`."""
        return frozenset(each.status for each in self.designations if each.holds(day))

    def offsets(self) -> Iterator[Money]:
        """What other payers' rewards take off this one."""
        return (paid.offset for payee in self.payees for paid in payee.other_payments)


def to_json(facts: RewardFacts) -> dict[str, Any]:
    """The facts as JSON values."""
    tree: dict[str, Any] = written.to_json(facts)
    return tree


def from_json(data: Any) -> RewardFacts:
    """The facts that `data` was written from, exactly. Raises written.BadJson."""
    return written.from_json(RewardFacts, data)
