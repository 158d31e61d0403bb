"""Rules about the amount: one currency, every cap, and shares that come to the whole."""

from collections.abc import Iterator

from tipstaff.kernel.decision import Refusal
from tipstaff.kernel.money import Money
from tipstaff.rulebook.facts import RewardFacts
from tipstaff.rulebook.policy.ceiling import ceiling, passes, remaining
from tipstaff.rulebook.policy.rule import FROM_DECISION, UNTIL_PAID, Stage, rule
from tipstaff.rulebook.sheet import Sheet


@rule(
    "rulebook.currency",
    "Every amount is in the sheet’s currency.",
    "Rule of the programme: amounts in two currencies are neither added nor compared.",
    stages=UNTIL_PAID,
    reads=("currency",),
)
def currency(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Each currency that differs is named once."""
    for found in sorted({amount.currency for amount in _amounts(facts)} - {sheet.currency}):
        yield Refusal(
            "rulebook.currency",
            "An amount is in {found}; this programme reckons in {currency}.",
            {"found": found or "–", "currency": sheet.currency},
        )


@rule(
    "rulebook.R07-ceiling",
    "The reward does not pass the law’s ceiling.",
    "22 U.S.C. 2708(e)(1)",
    stages=UNTIL_PAID,
    reads=(
        "caps.reward",
        "caps.leader",
        "caps.lifted_personally",
        "crime_classes",
        "decisions.personally_by",
    ),
    applies=lambda sheet: sheet.caps.reward is not None or bool(sheet.crime_classes),
)
def under_the_ceiling(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Only the office that decides personally may lift it, personally and with a reason."""
    most, ruling = ceiling(facts, sheet), facts.ruling
    lifted = (
        sheet.caps.lifted_personally
        and bool(ruling.exceeding.strip())
        and ruling.personally
        and ruling.role == sheet.decisions.personally_by
    )
    if passes(facts.amount, most) and not lifted:
        yield Refusal(
            "rulebook.R07-ceiling",
            "{amount} would pass the ceiling of {ceiling} that held on {on}.",
            {"amount": facts.amount, "ceiling": most, "on": facts.outcome.on},
        )


@rule(
    "rulebook.condition-cap",
    "The reward does not pass what its condition promises.",
    "Terms of the offer",
    stages=UNTIL_PAID,
)
def condition_cap(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """The public read this amount, and no more."""
    offer = facts.offer
    if offer and passes(facts.amount, offer.condition_cap):
        yield Refusal(
            "rulebook.condition-cap",
            "{amount} would pass the {cap} that condition {condition} promises.",
            {"amount": facts.amount, "cap": offer.condition_cap, "condition": offer.condition},
        )


@rule(
    "rulebook.offer-cap",
    "The reward does not pass the offer’s cap.",
    "Terms of the offer",
    stages=UNTIL_PAID,
)
def offer_cap(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Whatever its conditions say."""
    offer = facts.offer
    if offer and passes(facts.amount, offer.cap):
        yield Refusal(
            "rulebook.offer-cap",
            "{amount} would pass the offer’s cap of {cap}.",
            {"amount": facts.amount, "cap": offer.cap},
        )


@rule(
    "rulebook.offer-remaining",
    "All rewards under an offer together do not pass its cap.",
    "Terms of the offer",
    stages=UNTIL_PAID,
)
def offer_remaining(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """`committed` is what the other rewards took: this one is not in it."""
    left = remaining(facts)
    if passes(facts.amount, left):
        yield Refusal(
            "rulebook.offer-remaining",
            "{amount} would pass the {left} that other rewards have left of the offer’s cap.",
            {"amount": facts.amount, "left": left},
        )


@rule(
    "rulebook.split",
    "The shares are whole amounts of more than nothing and come to the reward exactly.",
    "Rule of the programme: sums exactly to the whole minor unit.",
    stages=FROM_DECISION,
)
def split(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """A reward of nothing is a denial, and is decided as one."""
    for payee in facts.payees:
        if payee.amount.minor <= 0:
            yield Refusal(
                "rulebook.split",
                "Source {source} would get nothing: leave the source out, or deny it.",
                {"source": payee.source},
            )
    if {payee.amount.currency for payee in facts.payees} <= {facts.amount.currency}:
        total = Money(sum(payee.amount.minor for payee in facts.payees), facts.amount.currency)
        if total != facts.amount:
            yield Refusal(
                "rulebook.split",
                "The shares come to {total}, the reward is {amount}.",
                {"total": total, "amount": facts.amount},
            )


@rule(
    "rulebook.R16-funds",
    "The funds for it are there.",
    "22 U.S.C. 2708(d)",
    stages=FROM_DECISION[:-1],
)
def funds(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Until it is certified; at the window the ledger pays from what was committed for it."""
    available = facts.payment.available
    if available is None:
        yield Refusal("rulebook.R16-funds", "Nobody has looked yet what the programme’s account holds.")
    elif passes(facts.amount, available):
        yield Refusal(
            "rulebook.R16-funds",
            "{amount} would pass the {available} that are available.",
            {"amount": facts.amount, "available": available},
        )


def _amounts(facts: RewardFacts) -> Iterator[Money]:
    yield facts.amount
    for payee in facts.payees:
        yield payee.amount
        for paid in payee.other_payments:
            yield paid.offset
    if offer := facts.offer:
        yield from (offer.cap, offer.condition_cap, offer.committed)
    if facts.payment.available is not None:
        yield facts.payment.available
    if facts.outcome.recovered is not None:
        yield facts.outcome.recovered
