"""What is due, and what answers it: clocks that stand still for good cause, receipts, reports.

Clocks start and end with the award's own moves (`awards.timing`); `start_clock` and `meet_clock` are for the verbs
that know a day of their own, such as the last day of a source's answer.
"""

from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from tipstaff.awards import access, facts, keeping, timing
from tipstaff.awards.models import Award, Clock, ClockPause, Report
from tipstaff.awards.policy import clocks as policy
from tipstaff.awards.queries.reports import annual_report, authorization_report, payment_report
from tipstaff.awards.reports import Report as Content
from tipstaff.awards.states import ClockKind, Duty
from tipstaff.kernel.clock import day
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor
from tipstaff.rulebook import written

PAUSE = "awards.clock.pause"
FILE = "awards.report.file"
RECEIPT = "awards.receipt.hold"


def start_clock(
    *, award: Award, kind: ClockKind, on: date, actor: Actor, now: datetime, days: int | None = None
) -> Clock | None:
    """Start a clock in the caller's transaction: with the sheet's days, or `days` where the verb knows them.

    One that runs already runs on. None where the sheet has no such clock.
    """
    return timing.start(award, kind, on, actor, now, days)


def meet_clock(
    *, award: Award, kind: ClockKind, actor: Actor, now: datetime, reference: str = ""
) -> Clock | None:
    """Answer the award's clock of that kind in the caller's transaction; None where none runs."""
    return timing.meet(award, kind, reference, actor, now)


@transaction.atomic(durable=True)
def pause_clock(*, clock: int, reason: str, until: date | None, actor: Actor, now: datetime) -> Clock:
    """Let the committee's days stand still from today, for good cause; with `until` the day is known when they go on.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    held, today = access.clock_for(actor, clock, to=PAUSE, lock=True), day(now)
    policy.may_pause(
        ClockKind(held.kind),
        met=held.met_on is not None,
        pauses=timing.pauses_of(held),
        today=today,
        until=until,
        reason=reason,
    ).or_raise()
    ClockPause.objects.create(
        clock=held, since=today, until=until, reason=reason.strip(), actor=actor.ref, at=now
    )
    _set_due(held)
    timing.note(held, "paused", actor, now, reason=reason.strip(), due_on=held.due_on.isoformat())
    return held


@transaction.atomic(durable=True)
def resume_clock(*, clock: int, actor: Actor, now: datetime) -> Clock:
    """Let the days go on; the day they lead to moves by the days that did not count.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    held, today = access.clock_for(actor, clock, to=PAUSE, lock=True), day(now)
    standing = next(
        (
            pause
            for pause in held.pauses.select_for_update().order_by("-id")
            if pause.until is None or pause.until > today
        ),
        None,
    )
    policy.may_resume(met=held.met_on is not None, standing=standing is not None).or_raise()
    assert standing is not None, "the rule has looked"
    standing.until = today
    standing.save(update_fields=["until"])
    _set_due(held)
    timing.note(held, "resumed", actor, now, due_on=held.due_on.isoformat())
    return held


@transaction.atomic(durable=True)
def hold_receipt(*, ref: str, reference: str, actor: Actor, now: datetime) -> Award:
    """Write down under which reference the receipt of the payment is kept. A sheet without a report is done with that.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=RECEIPT, lock=True)
    keeping.advance(award, "hold_receipt", Duty.CONVENE, actor)
    policy.may_hold_receipt(reference).or_raise()
    keeping.note_step(award, "hold_receipt", Duty.CONVENE, actor=actor, now=now, reason=reference.strip())
    sheet = facts.sheet_of(award)
    if sheet.deadlines.payment_report is None:
        keeping.pass_by_rule(award, "report", Duty.CONVENE, sheet, actor=actor, now=now)
    return award


@transaction.atomic(durable=True)
def report_payment(*, ref: str, reference: str, significance: str, actor: Actor, now: datetime) -> Award:
    """Report the payment (R11): who by number, how much, for which acts, and what the information was worth.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=FILE, lock=True)
    keeping.advance(award, "report", Duty.CONVENE, actor)
    policy.may_report(reference=reference, significance=significance).or_raise()
    clock = timing.meet(award, ClockKind.PAYMENT_REPORT, reference, actor, now)
    content = payment_report(award, significance.strip())
    _keep(ClockKind.PAYMENT_REPORT, content, reference, clock=clock, award=award, actor=actor, now=now)
    keeping.note_step(award, "report", Duty.CONVENE, actor=actor, now=now, reason=reference.strip())
    return award


@transaction.atomic(durable=True)
def file_report(*, clock: int, reference: str, publicity: Money | None, actor: Actor, now: datetime) -> Clock:
    """File the report that a clock asks for: of a programme's year (R12, with `publicity`), or of an approval (R13).

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    held = access.clock_for(actor, clock, to=FILE, lock=True)
    kind = ClockKind(held.kind)
    policy.may_file(
        policy.FilingFacts(
            kind=kind,
            met=held.met_on is not None,
            not_before=timing.not_before(held),
            due_on=held.due_on,
            today=day(now),
            reference=reference,
            publicity=None if publicity is None else publicity.minor,
        )
    ).or_raise()
    if held.award is not None:
        content: Content = authorization_report(held.award)
    else:
        assert publicity is not None, "the rule has looked"
        content = annual_report(held, publicity)
    timing.answer(held, reference, actor, now)
    _keep(kind, content, reference, clock=held, award=held.award, actor=actor, now=now)
    return held


def _set_due(clock: Clock) -> None:
    clock.due_on = policy.due(clock.starts_on, clock.days, timing.pauses_of(clock))
    clock.save(update_fields=["due_on"])


def _keep(
    kind: ClockKind,
    content: Content,
    reference: str,
    *,
    clock: Clock | None,
    award: Award | None,
    actor: Actor,
    now: datetime,
) -> None:
    text = written.canonical(content)
    Report.objects.create(
        clock=clock,
        award=award,
        kind=kind,
        reference=reference.strip(),
        content=text.decode(),
        digest=sha256(text).hexdigest(),
        actor=actor.ref,
        at=now,
    )
