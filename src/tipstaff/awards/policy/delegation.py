"""When the power to decide may be lent: to whom, for how long, up to what. Pure.

What the statute forbids to lend, cannot be lent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.kernel.money import Money

RULES: Mapping[str, str] = {
    "awards.not-delegable": "22 U.S.C. 2708(e)(4): what exceeds $100,000 is decided personally.",
    "awards.delegate-holds-the-role": "A delegation lends reach, not a role: two administrators grant that.",
    "awards.delegation-days": "A delegation has a first and a last day, and reaches into no past.",
    "awards.delegation-second-officer": "Nobody lends public money alone: a third officer confirms it.",
    "awards.delegation-amount-stated": "A delegation says up to what it reaches.",
}

LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class LendingFacts:
    """What would be lent. `limits` are the amounts above which the rule sheets in force let nothing be delegated;
    `delegates` the officers who hold the delegate's role there."""

    principal: str
    delegate: str
    most: Money
    starts_on: date
    ends_on: date
    today: date
    limits: tuple[Money, ...]
    delegates: frozenset[str]


def may_give(facts: LendingFacts) -> Decision:
    """Whether the power to decide may be lent so."""
    return Decision((*_reach(facts), *_person(facts), *_days(facts)))


def may_confirm(*, principal: str, delegate: str, officer: str) -> Decision:
    """Whether this officer may confirm a delegation between those two."""
    if officer not in (principal, delegate):
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.delegation-second-officer",
                "You are part of this delegation: a third officer has to confirm it.",
            ),
        )
    )


def _reach(facts: LendingFacts) -> Iterator[Refusal]:
    limits = [limit for limit in facts.limits if limit.currency == facts.most.currency]
    if facts.most.minor <= 0 or not limits:
        yield Refusal(
            "awards.delegation-amount-stated",
            "State up to what it reaches, as an amount in the currency of a rule sheet in force.",
        )
        return
    limit = min(limits, key=lambda each: each.minor)
    if facts.most > limit:
        yield Refusal(
            "awards.not-delegable",
            "{most} is more than {limit}: above that the Secretary decides personally, and it cannot be delegated.",
            {"most": facts.most, "limit": limit},
        )


def _person(facts: LendingFacts) -> Iterator[Refusal]:
    if facts.delegate == facts.principal or facts.delegate not in facts.delegates:
        yield Refusal(
            "awards.delegate-holds-the-role",
            "{delegate} is no delegate here: an administrator grants that role first.",
            {"delegate": facts.delegate or "–"},
        )


def _days(facts: LendingFacts) -> Iterator[Refusal]:
    length = (facts.ends_on - facts.starts_on).days
    if facts.ends_on < facts.today or not 0 <= length < LONGEST_DAYS:
        yield Refusal(
            "awards.delegation-days",
            "From {starts} to {ends} is no time for it: at most a year, and its last day is not over yet.",
            {"starts": facts.starts_on, "ends": facts.ends_on},
        )
