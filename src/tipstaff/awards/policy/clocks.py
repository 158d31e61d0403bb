"""Days by which the law or a rule sheet wants something, what stops them, and what answers them. Pure.

The numbers are the sheet's. Only the committee's clock may stand still, for good cause (28 CFR 13.5): no report to
the Congress waits for us.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tipstaff.awards.states import ClockKind
from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.rulebook.sheet import Deadlines

RULES: Mapping[str, str] = {
    "awards.clock-good-cause": "28 CFR 13.5: the days run on unless there is good cause, and it is written down.",
    "awards.clock-met": "What was answered is not answered twice.",
    "awards.clock-pausable": "22 U.S.C. 2708(g): no report to the Congress waits for good cause.",
    "awards.clock-paused-once": "28 CFR 13.5: a clock that stands cannot be stopped again.",
    "awards.clock-runs": "28 CFR 13.5: only a clock that stands can go on.",
    "awards.clock-end": "28 CFR 13.5: a pause ends after it begins.",
    "awards.report-by-hand": "What a verb of the road answers is answered by that verb.",
    "awards.report-not-before": "22 U.S.C. 2708(g)(4) as the rule sheet reads it: an earliest day.",
    "awards.report-reference": "A report that cannot be found again was not made.",
    "awards.report-significance": "22 U.S.C. 2708(g)(1): the report says what the information was worth.",
    "awards.report-publicity": "22 U.S.C. 2708(g)(2): the year's total includes what publicity cost.",
    "awards.receipt-reference": "OIG AUD-SI-17-48: a payment without a receipt that can be found is a finding.",
}

# What each clock rests on: a rule of the rulebook, or the law itself where there is no rule to break.
RULE_OF: Final[Mapping[ClockKind, str]] = {
    ClockKind.COMMITTEE: "28 CFR 13.5",
    ClockKind.PAYMENT_REPORT: "rulebook.R11-payment-report",
    ClockKind.ANNUAL_REPORT: "rulebook.R12-annual-report",
    ClockKind.CRYPTO_NOTICE: "rulebook.R09-crypto-notice",
    ClockKind.AUTHORIZATION_REPORT: "rulebook.R13-authorization-report",
    ClockKind.COLLECTION: "rulebook.unclaimed",
    ClockKind.ANSWER: "awards.claim-answer",
}
NOT_BEFORE: Final = ":not-before"  # what `rule` ends with where the day is the earliest, not the last

# Who owes it, as a role; and the verb by which somebody is one of them.
OWNER_OF: Final[Mapping[ClockKind, str]] = dict.fromkeys(ClockKind, "clerk") | {
    ClockKind.COLLECTION: "protector"
}
VERB_OF_OWNER: Final[Mapping[str, str]] = {
    "clerk": "awards.report.file",
    "protector": "awards.payment.arrange",
}

# The moves of an award that start a clock, and those that answer one.
STARTED_BY: Final[Mapping[str, ClockKind]] = {
    "docket": ClockKind.COMMITTEE,
    "approve": ClockKind.AUTHORIZATION_REPORT,
    "change": ClockKind.AUTHORIZATION_REPORT,
    "give_notice": ClockKind.CRYPTO_NOTICE,
    "issue_vouchers": ClockKind.COLLECTION,
    "pay": ClockKind.PAYMENT_REPORT,
}
MET_BY: Final[Mapping[str, ClockKind]] = {
    "recommend": ClockKind.COMMITTEE,
    "decline": ClockKind.COMMITTEE,
    "end_notice": ClockKind.CRYPTO_NOTICE,
    "pay": ClockKind.COLLECTION,
    "lapse": ClockKind.COLLECTION,
    "report": ClockKind.PAYMENT_REPORT,
}
# A reward that is paid, or only approved, makes its year one that is reported on.
MAKES_A_YEAR: Final = frozenset({"approve", "change", "pay"})

PAUSABLE: Final = frozenset({ClockKind.COMMITTEE})
FILED_BY_HAND: Final = frozenset({ClockKind.AUTHORIZATION_REPORT, ClockKind.ANNUAL_REPORT})
LONGEST_REASON: Final = 2_000


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count: from `since` up to and without `until`; without one it stands still."""

    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Days:
    """So many days from the start, and whether the last is the earliest day rather than the latest."""

    days: int
    not_before: bool = False


def days_for(kind: ClockKind, deadlines: Deadlines) -> Days | None:
    """What the sheet says of this clock; None where it has none."""
    found = {
        ClockKind.COMMITTEE: deadlines.committee,
        ClockKind.PAYMENT_REPORT: deadlines.payment_report,
        ClockKind.ANNUAL_REPORT: deadlines.annual_report,
        ClockKind.CRYPTO_NOTICE: deadlines.crypto_notice,
        ClockKind.AUTHORIZATION_REPORT: deadlines.authorization_report,
        ClockKind.COLLECTION: deadlines.unclaimed,
        ClockKind.ANSWER: None,
    }[kind]
    if found is None:
        return None
    earliest = kind == ClockKind.CRYPTO_NOTICE or (
        kind == ClockKind.AUTHORIZATION_REPORT and deadlines.authorization_report_is == "not-before"
    )
    return Days(found, earliest)


def rule_for(kind: ClockKind, days: Days) -> str:
    """What the clock rests on, as its row keeps it."""
    return RULE_OF[kind] + (NOT_BEFORE if days.not_before else "")


def fiscal_year_of(day: date, ends: str | None) -> int:
    """The fiscal year of `day`, named after the year it ends in. `ends` is the sheet's, such as 09-30."""
    return year_end(day, ends).year


def year_end(day: date, ends: str | None) -> date:
    """The last day of the fiscal year that `day` lies in; without `ends` that of the calendar's."""
    month, last = (int(part) for part in (ends or "12-31").split("-"))
    return min(
        end for end in (_in_year(year, month, last) for year in (day.year, day.year + 1)) if end >= day
    )


def due(starts_on: date, days: int, pauses: Iterable[Pause] = ()) -> date:
    """The day that `days` lead to, moved on by the days of every pause that has an end."""
    return starts_on + timedelta(days=days + sum(paused(pause) for pause in pauses))


def paused(pause: Pause) -> int:
    """The days that a pause adds; one that has no end yet adds none yet."""
    return (pause.until - pause.since).days if pause.until else 0


def stands(pauses: Iterable[Pause], today: date) -> bool:
    """Whether the clock stands still today."""
    return any(pause.since <= today and (pause.until is None or today < pause.until) for pause in pauses)


def may_pause(
    kind: ClockKind, *, met: bool, pauses: Iterable[Pause], today: date, until: date | None, reason: str
) -> Decision:
    """Whether the clock may stand still from today, until a day or until somebody lets it go on."""
    refusals = []
    if kind not in PAUSABLE:
        refusals.append(
            Refusal(
                "awards.clock-pausable",
                "Only the committee’s days can stand still: the law gives no pause for this.",
            )
        )
    if met:
        refusals.append(_met())
    if any(pause.until is None or pause.until > today for pause in pauses):
        refusals.append(Refusal("awards.clock-paused-once", "These days stand still already."))
    if until is not None and until <= today:
        refusals.append(
            Refusal(
                "awards.clock-end", "A pause that begins on {today} ends after that day.", {"today": today}
            )
        )
    if not reason.strip() or len(reason) > LONGEST_REASON:
        refusals.append(
            Refusal(
                "awards.clock-good-cause",
                "Write down the good cause, in at most {most} characters.",
                {"most": LONGEST_REASON},
            )
        )
    return Decision(tuple(refusals))


def may_resume(*, met: bool, standing: bool) -> Decision:
    """Whether the clock can go on."""
    if met:
        return Decision((_met(),))
    if not standing:
        return Decision((Refusal("awards.clock-runs", "These days run: there is nothing to resume."),))
    return Decision()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFacts:
    """A report that would be filed. `publicity` is what making offers known cost, None where nobody said."""

    kind: ClockKind
    met: bool
    not_before: bool
    due_on: date
    today: date
    reference: str
    publicity: int | None


def may_file(facts: FilingFacts) -> Decision:
    """Whether the report can be filed today. A late one can: that it was late stays on the record."""
    refusals = [*_referred(facts.reference).refusals]
    if facts.kind not in FILED_BY_HAND:
        refusals.append(
            Refusal(
                "awards.report-by-hand",
                "This is answered by the award’s own next step, not by filing a report.",
            )
        )
    if facts.met:
        refusals.append(_met())
    if facts.not_before and facts.today < facts.due_on:
        refusals.append(
            Refusal(
                "awards.report-not-before",
                "The rule sheet lets this report be made from {earliest} on.",
                {"earliest": facts.due_on},
            )
        )
    if facts.kind == ClockKind.ANNUAL_REPORT and (facts.publicity is None or facts.publicity < 0):
        refusals.append(
            Refusal(
                "awards.report-publicity",
                "Say what publicity cost in the year: the law’s total includes it. Nothing is written as 0.",
            )
        )
    return Decision(tuple(refusals))


def may_report(*, reference: str, significance: str) -> Decision:
    """Whether the report of a payment can be found again and says what the information was worth."""
    refusals = [*_referred(reference).refusals]
    if not significance.strip() or len(significance) > LONGEST_REASON:
        refusals.append(
            Refusal(
                "awards.report-significance",
                "Say what the information was worth, in at most {most} characters: the law asks for it.",
                {"most": LONGEST_REASON},
            )
        )
    return Decision(tuple(refusals))


def may_hold_receipt(reference: str) -> Decision:
    """Whether the receipt can be found again."""
    if reference.strip():
        return Decision()
    return Decision(
        (Refusal("awards.receipt-reference", "Give the reference under which the receipt is kept."),)
    )


def _referred(reference: str) -> Decision:
    if reference.strip():
        return Decision()
    return Decision(
        (Refusal("awards.report-reference", "Give the reference under which the report is kept."),)
    )


def _met() -> Refusal:
    return Refusal("awards.clock-met", "This was answered already.")


def _in_year(year: int, month: int, last: int) -> date:
    """The day of that year; a year that ends on 29 February ends on the 28th in the others."""
    try:
        return date(year, month, last)
    except ValueError:
        return date(year, month + 1, 1) - timedelta(days=1)
