"""What is due, by whom, the overdue first; what stands still; and what was answered lately."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import FETCH_RAISE, Prefetch, Q, QuerySet

from tipstaff.awards import access, timing
from tipstaff.awards.models import Award, Clock, ClockPause
from tipstaff.awards.policy import clocks as policy
from tipstaff.awards.policy.clocks import Pause
from tipstaff.awards.states import ClockKind
from tipstaff.people.access import Actor, within

PAGE = 100
ANSWERED = 20
WEEKS = 8


@dataclass(frozen=True, slots=True)
class PauseRow:
    """Days that do not count, and the good cause."""

    since: date
    until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class DueRow:
    """A clock as a page shows it. `left` counts the days to its day: below zero it is overdue."""

    number: int
    kind: str
    award: str
    programme: str
    fiscal_year: int | None
    rule: str
    owner: str
    starts_on: date
    days: int
    due_on: date
    not_before: bool
    standing: bool
    pauses: tuple[PauseRow, ...]
    left: int
    met_on: date | None
    late: int
    reference: str
    mine: bool
    may_pause: bool
    may_resume: bool
    may_file: bool

    @property
    def overdue(self) -> bool:
        """Whether its last day is over and nobody answered. An earliest day is never over."""
        return self.met_on is None and self.left < 0 and not self.not_before and not self.standing

    @property
    def over(self) -> int:
        """How many days it is overdue."""
        return -self.left if self.overdue else 0

    @property
    def key(self) -> str:
        """Its number as a text, for the ids of a page."""
        return str(self.number)

    @property
    def asks_publicity(self) -> bool:
        """Whether its report says what publicity cost."""
        return self.kind == ClockKind.ANNUAL_REPORT


@dataclass(frozen=True, slots=True)
class Week:
    """One bar of the picture: a week by its first day, what came before today (None), or what comes later."""

    starts_on: date | None
    later: bool
    count: int


@dataclass(frozen=True, slots=True)
class DueList:
    """The page. `whole` is false where more is due than a page holds; the picture counts what is shown."""

    rows: tuple[DueRow, ...]
    answered: tuple[DueRow, ...]
    weeks: tuple[Week, ...]
    whole: bool


def due_list(actor: Actor, today: date) -> DueList:
    """What is due in the compartments whose awards the actor reads. Four queries at most. Raises NotAllowed."""
    actor_clocks = _visible(actor)
    found = list(actor_clocks.filter(met_on__isnull=True).order_by("due_on", "pk")[: PAGE + 1])
    rows = sorted((_row(clock, actor, today) for clock in found[:PAGE]), key=_urgency)
    answered = actor_clocks.filter(met_on__isnull=False).order_by("-met_on", "-pk")[:ANSWERED]
    return DueList(
        rows=tuple(rows),
        answered=tuple(_row(clock, actor, today) for clock in answered),
        weeks=tuple(weeks_of(rows, today)),
        whole=len(found) <= PAGE,
    )


def due_of_award(actor: Actor, award: Award, today: date) -> tuple[DueRow, ...]:
    """The clocks of one award that the actor reads, the open ones first. Two queries."""
    clocks = _with_rows(Clock.objects.seen_by(actor)).filter(award=award).order_by("pk")
    return tuple(sorted((_row(clock, actor, today) for clock in clocks), key=_urgency))


def my_due(actor: Actor, today: date, limit: int = 10) -> tuple[DueRow, ...]:
    """What this officer is one of those who owe it, the most urgent first. Two queries, none for who owes nothing."""
    owed = Q(pk__in=())
    for owner, verb in policy.VERB_OF_OWNER.items():
        if verb in actor.verbs:
            owed |= Q(owner=owner) & within(actor, verb)
    if owed == Q(pk__in=()):
        return ()
    open_ones = _with_rows(Clock.objects.seen_by(actor)).filter(owed, met_on__isnull=True)
    rows = (_row(clock, actor, today) for clock in open_ones.order_by("due_on", "pk")[:limit])
    return tuple(sorted(rows, key=_urgency))


def weeks_of(rows: Iterable[DueRow], today: date) -> Iterator[Week]:
    """How much is due before today, in each of the coming weeks, and later. What stands still is not counted."""
    due = [row for row in rows if not row.standing]
    yield Week(None, False, sum(row.overdue for row in due))
    waiting = [row for row in due if not row.overdue]
    for number in range(WEEKS):
        first = today + timedelta(weeks=number)
        next_one = first + timedelta(weeks=1)
        here = sum(first <= max(row.due_on, today) < next_one for row in waiting)
        yield Week(first, False, here)
    end = today + timedelta(weeks=WEEKS)
    yield Week(end, True, sum(row.due_on >= end for row in waiting))


def _visible(actor: Actor) -> QuerySet[Clock]:
    access.visible_awards(actor)  # raises NotAllowed for who reads no award anywhere
    return _with_rows(Clock.objects.seen_by(actor)).filter(within(actor, access.SEE))


def _with_rows(clocks: QuerySet[Clock]) -> QuerySet[Clock]:
    pauses = Prefetch("pauses", ClockPause.objects.order_by("id"))
    return clocks.select_related("award").prefetch_related(pauses).fetch_mode(FETCH_RAISE)


def _urgency(row: DueRow) -> tuple[bool, bool, bool, date, int]:
    """Answered last, what stands still before it, what is overdue first."""
    return (row.met_on is not None, row.standing, not row.overdue, row.due_on, row.number)


def _row(clock: Clock, actor: Actor, today: date) -> DueRow:
    pauses = clock.pauses.all()
    standing = policy.stands((Pause(each.since, each.until) for each in pauses), today)
    open_one, not_before = clock.met_on is None, timing.not_before(clock)
    pausing = (
        open_one and clock.kind in policy.PAUSABLE and actor.may("awards.clock.pause", clock.compartment)
    )
    late = (clock.met_on - clock.due_on).days if clock.met_on and not not_before else 0
    return DueRow(
        number=clock.pk,
        kind=clock.kind,
        award=clock.award.ref if clock.award else "",
        programme=clock.programme,
        fiscal_year=clock.fiscal_year,
        rule=clock.rule.removesuffix(policy.NOT_BEFORE),
        owner=clock.owner,
        starts_on=clock.starts_on,
        days=clock.days,
        due_on=clock.due_on,
        not_before=not_before,
        standing=open_one and standing,
        pauses=tuple(PauseRow(each.since, each.until, each.reason) for each in pauses),
        left=(clock.due_on - today).days,
        met_on=clock.met_on,
        late=max(late, 0),
        reference=clock.reference,
        mine=open_one and actor.may(policy.VERB_OF_OWNER[clock.owner], clock.compartment),
        may_pause=pausing and not standing,
        may_resume=pausing and standing,
        may_file=open_one
        and clock.kind in policy.FILED_BY_HAND
        and not (not_before and today < clock.due_on)
        and actor.may("awards.report.file", clock.compartment),
    )
