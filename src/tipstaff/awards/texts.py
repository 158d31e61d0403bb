"""What an officer states of a nomination, as plain values: what verbs take, rules judge and tables keep."""

from dataclasses import dataclass

from tipstaff.kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareText:
    """What is asked for one source, by its tip; `offset` is what `offset_payer` paid for the same information."""

    tip: str
    requested: Money
    offset: Money | None = None
    offset_payer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NominationText:
    """A nomination as it is stated: under which version and condition of which offer, by whom, why and for whom.

    `condition` is the place of the version's condition, counted from 1. `form` is one of `states.Form`.
    """

    offer: str
    offer_version: int
    condition: int
    agency: str
    form: str
    reason: str
    shares: tuple[ShareText, ...]
