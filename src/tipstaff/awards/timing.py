"""Starting and answering clocks, always inside the transaction of the verb that is their reason.

Every move of an award passes here through `keeping.note_step`, so that no verb can forget a day that the law sets.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from tipstaff.audit.actions import record
from tipstaff.awards.models import Award, Clock
from tipstaff.awards.policy import clocks as policy
from tipstaff.awards.policy.clocks import Days, Pause
from tipstaff.awards.states import ClockKind
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor
from tipstaff.rulebook.queries import sheet_numbered
from tipstaff.rulebook.sheet import Deadlines


def moved(award: Award, move: str, actor: Actor, now: datetime) -> None:
    """Answer and start what `move` answers and starts."""
    today = day(now)
    if (met := policy.MET_BY.get(move)) is not None:
        meet(award, met, "", actor, now)
    if (started := policy.STARTED_BY.get(move)) is not None:
        start(award, started, today, actor, now)
    if move in policy.MAKES_A_YEAR:
        start_year(award, today, actor, now)


def start(
    award: Award, kind: ClockKind, on: date, actor: Actor, now: datetime, days: int | None = None
) -> Clock | None:
    """Start a clock of the award, with the days of its rule sheet or `days`; one that runs already runs on.

    None where the sheet has no such clock.
    """
    open_one = Clock.objects.unscoped("the award's holder starts it").filter(
        award=award, kind=kind, met_on__isnull=True
    )
    if (running := open_one.first()) is not None:
        return running
    given = Days(days) if days is not None else policy.days_for(kind, _deadlines(award))
    if given is None:
        return None
    clock = Clock.objects.create(
        compartment=award.compartment,
        programme=award.programme,
        award=award,
        kind=kind,
        rule=policy.rule_for(kind, given),
        owner=policy.OWNER_OF[kind],
        starts_on=on,
        days=given.days,
        due_on=policy.due(on, given.days),
    )
    note(clock, "started", actor, now, due_on=clock.due_on.isoformat())
    return clock


def start_year(award: Award, on: date, actor: Actor, now: datetime) -> Clock | None:
    """See that the fiscal year of `on` is one that is reported on; its days begin when it ends."""
    deadlines = _deadlines(award)
    given = policy.days_for(ClockKind.ANNUAL_REPORT, deadlines)
    if given is None:
        return None
    end = policy.year_end(on, deadlines.fiscal_year_ends)
    clock, made = Clock.objects.unscoped("a year has one report, whoever began it").get_or_create(
        programme=award.programme,
        kind=ClockKind.ANNUAL_REPORT,
        fiscal_year=end.year,
        award=None,
        defaults={
            "compartment": award.compartment,
            "rule": policy.rule_for(ClockKind.ANNUAL_REPORT, given),
            "owner": policy.OWNER_OF[ClockKind.ANNUAL_REPORT],
            "starts_on": end,
            "days": given.days,
            "due_on": policy.due(end, given.days),
        },
    )
    if made:
        note(clock, "started", actor, now, due_on=clock.due_on.isoformat())
    return clock


def meet(award: Award, kind: ClockKind, reference: str, actor: Actor, now: datetime) -> Clock | None:
    """Answer the award's clock of that kind, if one runs. A pause that stands ends with it."""
    clock = held().filter(award=award, kind=kind, met_on__isnull=True).first()
    if clock is not None:
        answer(clock, reference, actor, now)
    return clock


def answer(clock: Clock, reference: str, actor: Actor, now: datetime) -> None:
    """Write down that it was answered today, under which reference."""
    today = day(now)
    for pause in clock.pauses.filter(until__isnull=True):
        pause.until = max(today, pause.since)
        pause.save(update_fields=["until"])
    clock.due_on = policy.due(clock.starts_on, clock.days, pauses_of(clock))
    clock.met_on, clock.met_by, clock.reference = today, actor.ref, reference.strip()
    clock.save(update_fields=["due_on", "met_on", "met_by", "reference"])
    note(clock, "met", actor, now, late=today > clock.due_on and not not_before(clock))


def pauses_of(clock: Clock) -> Sequence[Pause]:
    """The clock's pauses in the order in which they were given."""
    return [Pause(since, until) for since, until in clock.pauses.order_by("id").values_list("since", "until")]


def not_before(clock: Clock) -> bool:
    """Whether its day is the earliest one rather than the last."""
    return clock.rule.endswith(policy.NOT_BEFORE)


def held() -> QuerySet[Clock]:
    """Clocks with their rows' locks, for a verb that has checked who acts."""
    return Clock.objects.unscoped("the verb has checked who acts").select_for_update(of=("self",))


def note(clock: Clock, done: str, actor: Actor, now: datetime, **facts: object) -> None:
    """Add what was done with a clock to the audit record."""
    subject = clock.award.ref if clock.award else f"{clock.programme}/{clock.fiscal_year}"
    record(
        f"awards.clock.{done}",
        subject=subject,
        actor=actor,
        at=now,
        compartment=clock.compartment,
        kind=str(clock.kind),
        **facts,
    )


def _deadlines(award: Award) -> Deadlines:
    sheet = sheet_numbered(award.compartment, award.sheet_code, award.sheet_number)
    assert sheet is not None, "an award stands under a sheet in force, and such a sheet stays for ever"
    return sheet.deadlines
