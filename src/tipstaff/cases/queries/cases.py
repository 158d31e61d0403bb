"""The list of cases: those worked on first, with what is in each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import FETCH_RAISE, Count, Q, QuerySet, Value, When
from django.db.models import Case as Choice

from tipstaff.cases.access import visible_cases
from tipstaff.cases.models import Case, CaseCompartment, Task
from tipstaff.cases.states import CaseState
from tipstaff.people.access import Actor
from tipstaff.tips.inert import visible

PAGE = 50


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list. The counts are of what was ever stated in it, corrections not counted again."""

    ref: str
    title: str
    organisation: str
    state: str
    opened_on: date
    compartments: tuple[str, ...]
    findings: int
    outcomes: int
    contributions: int


@dataclass(frozen=True, slots=True)
class CaseList:
    """A page of cases. `counts` are of all that the actor sees, by state; `next` is the next page's `after`."""

    rows: tuple[CaseRow, ...]
    counts: tuple[tuple[str, int], ...]
    next: str


@dataclass(frozen=True, slots=True)
class MyTask:
    """Something that the actor is to do in a case that they see."""

    case: str
    case_title: str
    title: str
    due_on: date
    late: bool


def tasks_of(actor: Actor, today: date) -> tuple[MyTask, ...]:
    """What the actor is to do, by its day, the first fifty: for My work. One query. Raises NotAllowed."""
    found = Task.objects.filter(assignee=actor.ref, done_on__isnull=True, case__in=visible_cases(actor))
    rows = found.select_related("case").order_by("due_on", "pk").fetch_mode(FETCH_RAISE)[:PAGE]
    return tuple(
        MyTask(row.case.ref, visible(row.case.title), visible(row.title), row.due_on, row.due_on < today)
        for row in rows
    )


def cases_list(actor: Actor, *, state: str = "", words: str = "", after: str = "") -> CaseList:
    """The cases that `actor` sees, open and reopened ones first, the newest first. Raises NotAllowed.

    `state` and `words` (of title or organisation) narrow; `after` is where the last page ended.
    """
    seen = visible_cases(actor)
    counts = dict(seen.values_list("state").annotate(Count("pk")))
    found = seen
    if state in set(CaseState):
        found = found.filter(state=state)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(organisation__icontains=words) | Q(ref=words))
    rows = list(_from(found, after).fetch_mode(FETCH_RAISE)[: PAGE + 1])
    shown, more = rows[:PAGE], len(rows) > PAGE
    held: dict[int, list[str]] = {case.pk: [] for case in shown}
    pairs = (
        CaseCompartment.objects.filter(case__in=list(held)).order_by("id").values_list("case", "compartment")
    )
    for pk, compartment in pairs:
        held[pk].append(compartment)
    return CaseList(
        tuple(_row(case, held[case.pk]) for case in shown),
        tuple((state.value, counts.get(state.value, 0)) for state in CaseState),
        _place(shown[-1]) if more else "",
    )


def _from(cases: QuerySet[Case], after: str) -> QuerySet[Case]:
    """Those worked on, then the closed; in each the newest first. `after` is `closed-pk` of the last one shown."""
    cases = cases.annotate(closed=_closed()).order_by("closed", "-pk")
    closed, _dash, last = after.partition("-")
    if not (last.isascii() and last.isdigit() and len(last) < 19):
        return cases
    beyond = Q(closed=closed == "1", pk__lt=int(last))
    return cases.filter(beyond if closed == "1" else beyond | Q(closed=True))


def _closed() -> Choice:
    return Choice(When(state=CaseState.CLOSED.value, then=Value(True)), default=Value(False))


def _place(case: Case) -> str:
    return f"{int(case.state == CaseState.CLOSED)}-{case.pk}"


def _row(case: Case, compartments: list[str]) -> CaseRow:
    return CaseRow(
        case.ref,
        visible(case.title),
        visible(case.organisation),
        case.state,
        case.opened_on,
        tuple(compartments),
        case.findings,
        case.outcomes,
        case.contributions,
    )
