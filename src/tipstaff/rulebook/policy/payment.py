"""Rules about paying and reporting: the form, protection, notices before, reports after, and what lies too long."""

from collections.abc import Iterator
from datetime import date, timedelta

from tipstaff.kernel.decision import Refusal
from tipstaff.rulebook.facts import Answer, RewardFacts
from tipstaff.rulebook.policy.rule import UNTIL_PAID, S, Stage, rule
from tipstaff.rulebook.sheet import Form, Sheet


@rule(
    "rulebook.form",
    "The reward is paid in a form that the sheet allows.",
    "22 U.S.C. 2708(e)(6), or the board's own rules",
    stages=(S.DECISION, S.CERTIFICATION, S.PAYMENT),
    reads=("forms",),
)
def form(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """One form at least, and each of them allowed."""
    if not facts.payment.forms:
        yield Refusal("rulebook.form", "No form of payment is named.")
    for chosen in facts.payment.forms:
        if chosen not in sheet.forms:
            yield Refusal(
                "rulebook.form", "Under this sheet nothing is paid in the form {form}.", {"form": str(chosen)}
            )


@rule(
    "rulebook.R09-crypto-notice",
    "Before a reward that includes cryptocurrency, both committees had their days of notice.",
    "22 U.S.C. 2708(e)(6)",
    stages=(S.PAYMENT,),
    reads=("forms", "deadlines.crypto_notice"),
    applies=lambda sheet: sheet.deadlines.crypto_notice is not None,
)
def crypto_notice(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Counted back from the payment; "not later than 15 days before" lets the fifteenth day count."""
    payment, days = facts.payment, sheet.deadlines.crypto_notice
    assert days is not None, "asked only where there is a notice"
    if Form.CRYPTO not in payment.forms:
        return
    paid = payment.on or facts.today
    if payment.crypto_noticed_on is None:
        yield Refusal(
            "rulebook.R09-crypto-notice",
            "The reward includes cryptocurrency and the committees were not notified.",
        )
    elif payment.crypto_noticed_on + timedelta(days=days) > paid:
        yield Refusal(
            "rulebook.R09-crypto-notice",
            "The committees were notified on {noticed}: it may be paid from {from_day}.",
            {
                "noticed": payment.crypto_noticed_on,
                "from_day": payment.crypto_noticed_on + timedelta(days=days),
            },
        )


@rule(
    "rulebook.R08-protection",
    "Where an identity must be protected, the measures stand before anything is paid.",
    "22 U.S.C. 2708(e)(5)",
    stages=(S.PAYMENT,),
    reads=("payees.protection",),
    applies=lambda sheet: sheet.payees.protection,
)
def protection(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Nobody is sent to a window before the question was put."""
    for payee in facts.payees:
        source = {"source": payee.source}
        if payee.protection_needed == Answer.UNKNOWN:
            yield Refusal(
                "rulebook.R08-protection",
                "Whether source {source} needs protection is not answered yet.",
                source,
            )
        elif payee.protection_needed == Answer.YES and payee.protection_planned_on is None:
            yield Refusal(
                "rulebook.R08-protection", "Source {source} needs protection and has no plan yet.", source
            )


@rule(
    "rulebook.unclaimed",
    "A reward is collected before it counts as unclaimed.",
    "the board's own rules",
    stages=(S.PAYMENT,),
    reads=("deadlines.unclaimed",),
    applies=lambda sheet: sheet.deadlines.unclaimed is not None,
)
def unclaimed(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """The last day still counts."""
    days, decided = sheet.deadlines.unclaimed, facts.ruling.on
    assert days is not None, "asked only where there is such a day"
    paid = facts.payment.on or facts.today
    if decided and paid > decided + timedelta(days=days):
        yield Refusal(
            "rulebook.unclaimed",
            "It could be collected until {last} and counts as unclaimed.",
            {"last": decided + timedelta(days=days)},
        )


@rule(
    "rulebook.R14-announcement-report",
    "An offer on war crimes was reported before it was announced.",
    "22 U.S.C. 2708(g)(3)",
    stages=UNTIL_PAID,
    reads=("deadlines.announcement_report", "deadlines.announcement_paragraphs"),
    applies=lambda sheet: sheet.deadlines.announcement_report is not None,
)
def announcement_report(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Asked of the offer, so it is looked at whenever an award rests on it."""
    offer, deadlines = facts.offer, sheet.deadlines
    assert deadlines.announcement_report is not None, "asked only where there is such a report"
    if offer is None or not set(offer.condition_paragraphs).intersection(deadlines.announcement_paragraphs):
        return
    last = offer.published_on - timedelta(days=deadlines.announcement_report)
    if offer.reported_on is None or offer.reported_on > last:
        yield Refusal(
            "rulebook.R14-announcement-report",
            "{offer} was announced on {on} and had to be reported by {last}.",
            {"offer": offer.ref, "on": offer.published_on, "last": last},
        )


@rule(
    "rulebook.R13-authorization-report",
    "The authorization was reported when the sheet says it is.",
    "22 U.S.C. 2708(g)(4)",
    stages=(S.REPORT,),
    reads=("deadlines.authorization_report", "deadlines.authorization_report_is"),
    applies=lambda sheet: sheet.deadlines.authorization_report is not None,
)
def authorization_report(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """The law says "not less than 15 days after", literally an earliest day; the sheet says how it is read."""
    deadlines, decided = sheet.deadlines, facts.ruling.on
    if decided is None or deadlines.authorization_report is None:
        return
    day, reported = (
        decided + timedelta(days=deadlines.authorization_report),
        facts.payment.authorization_reported_on,
    )
    if reported is None:
        if deadlines.authorization_report_is == "not-later" or facts.today >= day:
            yield Refusal(
                "rulebook.R13-authorization-report",
                "The authorization is not reported yet; the day is {day}.",
                {"day": day},
            )
    elif (reported > day) if deadlines.authorization_report_is == "not-later" else (reported < day):
        yield Refusal(
            "rulebook.R13-authorization-report",
            "The authorization was reported on {reported}; the day is {day}.",
            {"reported": reported, "day": day},
        )


@rule(
    "rulebook.R11-payment-report",
    "The payment was reported within the days of the sheet.",
    "22 U.S.C. 2708(g)(1)",
    stages=(S.REPORT,),
    reads=("deadlines.payment_report",),
    applies=lambda sheet: sheet.deadlines.payment_report is not None,
)
def payment_report(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """A late report is filed all the same; that it was late stays on the record."""
    days, payment = sheet.deadlines.payment_report, facts.payment
    assert days is not None, "asked only where there is such a report"
    if payment.on is None:
        yield Refusal("rulebook.R11-payment-report", "Nothing is paid yet, so there is nothing to report.")
        return
    last = payment.on + timedelta(days=days)
    if payment.reported_on is None:
        yield Refusal(
            "rulebook.R11-payment-report",
            "The payment is not reported yet; the last day is {last}.",
            {"last": last},
        )
    elif payment.reported_on > last:
        yield Refusal(
            "rulebook.R11-payment-report",
            "The payment was reported on {reported}; the last day was {last}.",
            {"reported": payment.reported_on, "last": last},
        )


@rule(
    "rulebook.R12-annual-report",
    "What was paid in a fiscal year was reported within the days after its end.",
    "22 U.S.C. 2708(g)(2)",
    stages=(S.REPORT,),
    reads=("deadlines.annual_report", "deadlines.fiscal_year_ends"),
    applies=lambda sheet: sheet.deadlines.annual_report is not None,
)
def annual_report(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Not asked before the last day is over: an award may be closed in the year in which it was paid."""
    paid, reported = facts.payment.on, facts.payment.year_reported_on
    if paid is None:
        return
    last = year_end(paid, sheet) + timedelta(days=sheet.deadlines.annual_report or 0)
    if (reported or facts.today) > last:
        yield Refusal(
            "rulebook.R12-annual-report", "The year’s report had to be made by {last}.", {"last": last}
        )


def year_end(day: date, sheet: Sheet) -> date:
    """The last day of the fiscal year that `day` lies in."""
    month, last = (int(part) for part in (sheet.deadlines.fiscal_year_ends or "12-31").split("-"))
    end = date(day.year, month, last)
    return end if day <= end else date(day.year + 1, month, last)
