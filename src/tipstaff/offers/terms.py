"""What an offer promised, as the room that pays under it reads it: a version, its conditions, what became of it."""

from dataclasses import dataclass, field
from datetime import date

from tipstaff.hatch.notice import Texts
from tipstaff.kernel.money import Money


@dataclass(frozen=True, slots=True)
class TermsCondition:
    """One condition, by its place from 1: what is asked for, under which paragraphs, for how much at most.

    `target` and `conduct` are its public words, by language.
    """

    place: int
    outcome: str
    paragraphs: tuple[str, ...]
    cap: Money
    target: Texts = field(default_factory=dict)
    conduct: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TermsChange:
    """The state that the offer, in `version`, was in from `on`: published, amended, suspended, withdrawn …"""

    on: date
    state: str
    version: int


@dataclass(frozen=True, slots=True)
class Terms:
    """One public version of an offer. `published_on` is the offer's first day, `version_on` this version's.

    `changes` are of the whole offer, in order. `sheet` and `sheet_number` are None for what carries no rule sheet.
    """

    ref: str
    version: int
    programme: str
    compartment: str
    authority: str
    cap: Money
    conditions: tuple[TermsCondition, ...]
    published_on: date
    version_on: date
    changes: tuple[TermsChange, ...]
    sheet: str | None
    sheet_number: int | None

    def condition(self, place: int) -> TermsCondition | None:
        """The condition at that place, or None."""
        return next((condition for condition in self.conditions if condition.place == place), None)
