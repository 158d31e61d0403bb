"""A rule sheet: the numbers that the rules decide by, dated, and the same for everybody from its day on.

The rules are code and stand in `policy/`; whatever is a number, a list or a wording of one programme stands in a
sheet, so that a changed cap is two officers' signature and not a release. A part that is None (or empty) is not
asked for under this sheet. Amounts are in the sheet's currency.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tipstaff.kernel.money import Money
from tipstaff.rulebook import written

type Texts = Mapping[str, str]

BOARD = "board"  # who decides by a vote, and is no officer


class Computation(StrEnum):
    """How an amount is proposed."""

    SHARE_OF_CAP = "share-of-cap"
    TABLE = "table-by-crime-class"
    RECOVERY = "percentage-of-recovery"


class Form(StrEnum):
    """In what a reward may be paid."""

    MONEY = "money"
    ITEM = "item"
    CRYPTO = "crypto"
    CASH_BY_NUMBER = "cash-by-number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a number of the sheet comes from. `invented` says that it comes from nowhere."""

    id: str
    title: str
    says: str
    invented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of the law: the kinds of outcome that it pays for, and what else it asks of one.

    `statuses`: the target must have one of these designations on the relevant day.
    """

    code: str
    outcomes: tuple[str, ...]
    abroad: bool
    key_leader: bool
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilment:
    """Which kinds of outcome fulfil a condition of an offer."""

    condition: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """The ceiling for the capture of a leader of an organisation that has `status` on the relevant day."""

    status: str
    outcomes: tuple[str, ...]
    cap: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """Ceilings for one reward. `lifted_personally`: the highest decider may determine that it be passed."""

    reward: Money | None
    lifted_personally: bool
    leader: Leader | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrimeClass:
    """A class of crime with the most that is paid for it (Crime Stoppers)."""

    code: str
    title: Texts
    cap: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """A band of per cent of what was recovered, paid only from a threshold on (SEC)."""

    least_percent: int
    most_percent: int
    above: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Who may decide, up to which amount (None: any). `delegable`: by a dated delegation, not by office."""

    role: str
    up_to: Money | None
    delegable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """How a reward is decided. `personally_above`: never delegated beyond it.

    `endorsement`: a head of mission puts a name to a nomination before anybody checks it.
    """

    deciders: tuple[Decider, ...]
    personally_above: Money | None
    personally_by: str | None
    certified_by: tuple[str, ...]
    endorsement: bool
    concurrence: bool
    quorum: int
    member_decides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Days. None: there is no such clock under this sheet."""

    committee: int | None
    crypto_notice: int | None
    payment_report: int | None
    annual_report: int | None
    fiscal_year_ends: str | None
    authorization_report: int | None
    authorization_report_is: str | None
    announcement_report: int | None
    announcement_paragraphs: tuple[str, ...]
    unclaimed: int | None
    reconsideration: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What an award asks of the offer. `earlier_tips`: a tip may be older than the offer it is paid under."""

    needed: bool
    earlier_tips: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A scored factor: its weight, and what each level from 0 to 4 means, by language."""

    code: str
    weight: int
    title: Texts
    levels: tuple[Texts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """What may be taken off the amount, at most `most_percent`."""

    code: str
    most_percent: int
    title: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question put to the source in plain words. `gate` is the payee's answer that it fills in the facts."""

    code: str
    gate: str
    text: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Payees:
    """Which gates a payee must pass."""

    individual: bool
    official: str | None
    other_payers: bool
    protection: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole sheet. `number` counts the sheets of one code; a later one replaces an earlier for new offers."""

    code: str
    number: int
    title: Texts
    languages: tuple[str, ...]
    authority: str
    citation: str
    in_force_from: date
    currency: str
    computation: Computation
    sources: tuple[Source, ...]
    paragraphs: tuple[Paragraph, ...]
    fulfilments: tuple[Fulfilment, ...]
    offers: Offers
    payees: Payees
    caps: Caps
    crime_classes: tuple[CrimeClass, ...]
    recovery: Recovery | None
    decisions: Decisions
    deadlines: Deadlines
    factors: tuple[Factor, ...]
    deductions: tuple[Deduction, ...]
    forms: tuple[Form, ...]
    questions: tuple[Question, ...]

    def digest(self) -> str:
        """SHA-256 of the canonical text: what officers approve, and what a determination names."""
        return written.digest(self)

    def paragraph(self, code: str) -> Paragraph | None:
        """The paragraph of that code, or None."""
        return next((each for each in self.paragraphs if each.code == code), None)

    @property
    def by_vote(self) -> bool:
        """Whether the committee is the board that decides: its carried motion is the decision, and no advice."""
        return any(decider.role == BOARD for decider in self.decisions.deciders)

    def crime_class(self, code: str) -> CrimeClass | None:
        """The crime class of that code, or None."""
        return next((each for each in self.crime_classes if each.code == code), None)


def to_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as JSON values."""
    tree: dict[str, Any] = written.to_json(sheet)
    return tree


def from_json(data: Any) -> Sheet:
    """The sheet that `data` was written from. Raises written.BadJson."""
    return written.from_json(Sheet, data)


def keys() -> frozenset[str]:
    """Every key of a sheet, as rules name the parameters they read: `caps.reward`, `deadlines.committee`."""
    nested = {
        "caps": Caps,
        "decisions": Decisions,
        "deadlines": Deadlines,
        "offers": Offers,
        "payees": Payees,
    }
    names = {field.name for field in fields(Sheet)}
    inner = {
        f"{name}.{field.name}"
        for name, part in nested.items()
        if is_dataclass(part)
        for field in fields(part)
    }
    return frozenset(names | inner)
