"""What a decision rests on besides the rule sheet: an amount for each source, and a delegation that reaches so far."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.kernel.money import Money

RULES: Mapping[str, str] = {
    "awards.nothing-stands-against": "Nobody is found ineligible without a rule that says so.",
    "awards.nothing-recommended": "Only what the committee recommended can be approved as it stands.",
    "awards.same-as-recommended": "A change that changes nothing would hide whose amount it is.",
    "awards.amounts-per-source": "Money is decided source by source, for sources of this award alone.",
    "awards.amounts-sum": "The shares come to the whole, to the last cent.",
    "awards.delegation-held": "22 U.S.C. 2708(e): the Secretary decides, or whom the Secretary has named, in time.",
    "awards.delegation-amount": "A delegate decides up to what was lent, and no further.",
    "awards.offer-condition-spent": "All rewards under one condition together keep to what the public read.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """A confirmed delegation to the officer who decides, as it stands on the day."""

    ref: str
    most: Money
    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        """Whether it may be used on `day`; both days are included."""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountFacts:
    """What would be decided: an amount for each source by number, their total as the decider wrote it, the sources
    of the award, and what was recommended for each."""

    amounts: Mapping[str, Money]
    total: Money
    numbers: frozenset[str]
    recommended: Mapping[str, Money]


def may_approve(recommended: Mapping[str, Money]) -> Decision:
    """Whether there is a recommendation to approve."""
    if any(amount.minor for amount in recommended.values()):
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.nothing-recommended",
                "The committee recommended no amount: decide on amounts of your own, with your reason, or deny it.",
            ),
        )
    )


def may_change(facts: AmountFacts) -> Decision:
    """Whether these amounts may be decided instead of the recommended ones."""
    return Decision((*_amounts(facts), *_no_change(facts)))


def may_lend(lent: Lent | None, amount: Money, day: date) -> Decision:
    """Whether a delegation (None: there is none) reaches to `amount` on `day`."""
    if lent is None or not lent.holds(day):
        return Decision(
            (
                Refusal(
                    "awards.delegation-held",
                    "No confirmed delegation to you is in force on {day}.",
                    {"day": day},
                ),
            )
        )
    if amount.currency != lent.most.currency or amount > lent.most:
        named = {"ref": lent.ref, "most": lent.most, "amount": amount}
        return Decision(
            (
                Refusal(
                    "awards.delegation-amount",
                    "{ref} lends you decisions up to {most}; this is {amount}.",
                    named,
                ),
            )
        )
    return Decision()


def fits_the_condition(amount: Money, cap: Money, taken: Money) -> Decision:
    """Whether `amount` and what other awards took under the same condition keep to its cap."""
    left = Money(max(0, cap.minor - taken.minor), cap.currency)
    if amount.currency != cap.currency or not amount > left:
        return Decision()
    named = {"amount": amount, "left": left, "cap": cap}
    return Decision(
        (
            Refusal(
                "awards.offer-condition-spent",
                "{amount} would pass the {left} that other rewards have left of the condition's {cap}.",
                named,
            ),
        )
    )


def may_find_ineligible(*, refused: bool) -> Decision:
    """Whether there is anything that stands against the award."""
    if refused:
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.nothing-stands-against",
                "No rule stands against this award: find it eligible, and say in the committee what troubles you.",
            ),
        )
    )


def _amounts(facts: AmountFacts) -> Iterator[Refusal]:
    strangers = sorted(facts.amounts.keys() - facts.numbers)
    if strangers or not facts.amounts or any(amount.minor <= 0 for amount in facts.amounts.values()):
        named = {"numbers": ", ".join(sorted(facts.numbers))}
        yield Refusal(
            "awards.amounts-per-source",
            "Decide on an amount of more than nothing for sources of this award: {numbers}.",
            named,
        )
    currencies = {amount.currency for amount in facts.amounts.values()} | {facts.total.currency}
    total = Money(sum(amount.minor for amount in facts.amounts.values()), facts.total.currency)
    if len(currencies) > 1 or total != facts.total:
        yield Refusal(
            "awards.amounts-sum",
            "The amounts come to {sum}, and you wrote {total}.",
            {"sum": total, "total": facts.total},
        )


def _no_change(facts: AmountFacts) -> Iterator[Refusal]:
    if facts.amounts and dict(facts.amounts) == dict(facts.recommended):
        yield Refusal(
            "awards.same-as-recommended",
            "These are the amounts that the committee recommended: approve them as they stand.",
        )
