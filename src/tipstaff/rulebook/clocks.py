"""What is due by when: the days that a sheet sets, counted from the facts. Pure; another room says whose they are.

A clock starts when its event has happened; before that there is none. `done_on` stops it. Of an earliest day (a notice
that must have lain for a time) `due` is the first day on which the next step may be taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tipstaff.rulebook.facts import RewardFacts
from tipstaff.rulebook.policy import Rule
from tipstaff.rulebook.policy import decision as deciding
from tipstaff.rulebook.policy import payment as paying
from tipstaff.rulebook.policy.payment import year_end
from tipstaff.rulebook.sheet import Form, Sheet


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: the rule that sets it, from when it runs, its day, and when what it asks for was done."""

    rule: Rule
    since: date
    due: date
    done_on: date | None
    earliest: bool = False

    def late(self, today: date) -> bool:
        """Whether the day passed before it was done. An earliest day is never late."""
        return not self.earliest and (self.done_on or today) > self.due

    def days_left(self, today: date) -> int:
        """Days until its day; below nothing once it has passed."""
        return (self.due - today).days


def clocks(facts: RewardFacts, sheet: Sheet) -> tuple[Clock, ...]:
    """Every clock that runs or has run for this award, the earliest day first."""
    return tuple(sorted(_clocks(facts, sheet), key=lambda clock: (clock.due, clock.rule.id)))


def _clocks(facts: RewardFacts, sheet: Sheet) -> Iterator[Clock]:
    days, committee, ruling, payment = sheet.deadlines, facts.committee, facts.ruling, facts.payment
    if days.committee is not None and committee.referred_on:
        due = committee.referred_on + timedelta(days=days.committee)
        yield Clock(deciding.committee_clock, committee.referred_on, due, committee.answered_on)
    if days.authorization_report is not None and ruling.on:
        due = ruling.on + timedelta(days=days.authorization_report)
        earliest = days.authorization_report_is != "not-later"
        yield Clock(paying.authorization_report, ruling.on, due, payment.authorization_reported_on, earliest)
    if days.crypto_notice is not None and Form.CRYPTO in payment.forms and payment.crypto_noticed_on:
        due = payment.crypto_noticed_on + timedelta(days=days.crypto_notice)
        yield Clock(paying.crypto_notice, payment.crypto_noticed_on, due, payment.on, earliest=True)
    if days.unclaimed is not None and ruling.on:
        yield Clock(paying.unclaimed, ruling.on, ruling.on + timedelta(days=days.unclaimed), payment.on)
    if days.payment_report is not None and payment.on:
        due = payment.on + timedelta(days=days.payment_report)
        yield Clock(paying.payment_report, payment.on, due, payment.reported_on)
    if days.annual_report is not None and payment.on:
        ends = year_end(payment.on, sheet)
        due = ends + timedelta(days=days.annual_report)
        yield Clock(paying.annual_report, ends, due, payment.year_reported_on)
