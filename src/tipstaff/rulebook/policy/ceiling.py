"""The most that one reward may come to: by the sheet, and by what the target was on the day of the outcome."""

from tipstaff.kernel.money import Money
from tipstaff.rulebook.facts import Answer, RewardFacts
from tipstaff.rulebook.sheet import Computation, Sheet


def ceiling(facts: RewardFacts, sheet: Sheet) -> Money | None:
    """The law's ceiling for this reward, or None where the sheet has none.

    A group's designation can raise it from one day to the next: what counts is the day of the outcome.
    """
    if captured_leader(facts, sheet):
        assert sheet.caps.leader, "only then is a leader captured"
        return sheet.caps.leader.cap
    caps = [sheet.caps.reward] if sheet.caps.reward else []
    if sheet.computation == Computation.TABLE and (crime := sheet.crime_class(facts.outcome.crime_class)):
        caps.append(crime.cap)
    return min(caps, key=lambda cap: cap.minor, default=None)


def captured_leader(facts: RewardFacts, sheet: Sheet) -> bool:
    """Whether a leader was captured of an organisation that was designated so on that very day."""
    leader, outcome = sheet.caps.leader, facts.outcome
    return (
        leader is not None
        and outcome.kind in leader.outcomes
        and outcome.key_leader == Answer.YES
        and leader.status in facts.statuses(outcome.on)
    )


def limits(facts: RewardFacts, sheet: Sheet) -> dict[str, Money]:
    """Every limit that holds for this reward, by name, in the sheet's currency: the least of them is the cap."""
    found = {"ceiling": ceiling(facts, sheet)}
    if offer := facts.offer:
        found |= {"condition": offer.condition_cap, "offer": offer.cap, "remaining": remaining(facts)}
    return {name: cap for name, cap in found.items() if cap is not None and cap.currency == sheet.currency}


def remaining(facts: RewardFacts) -> Money | None:
    """What other rewards have left of the offer's cap; None without an offer or in two currencies."""
    offer = facts.offer
    if offer is None or offer.cap.currency != offer.committed.currency:
        return None
    return Money(max(0, offer.cap.minor - offer.committed.minor), offer.cap.currency)


def passes(amount: Money, limit: Money | None) -> bool:
    """Whether `amount` is more than `limit`. Of two currencies neither passes the other: another rule refuses that."""
    return limit is not None and amount.currency == limit.currency and amount > limit
