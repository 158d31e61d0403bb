"""The page of one case: what was stated, recorded and attested in it, what is to be done, and who did what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import FETCH_RAISE, F

from tipstaff.audit import queries as audit
from tipstaff.cases import access
from tipstaff.cases.models import Case, Contribution, Finding, Note, Outcome, Task
from tipstaff.cases.models.rows import current
from tipstaff.cases.queries.chain import Link, links_of_rows
from tipstaff.cases.queries.rows import (
    ContributionRow,
    FindingRow,
    OutcomeRow,
    contribution_rows,
    finding_rows,
    outcome_rows,
)
from tipstaff.cases.states import CASE, CaseState, SourceKind
from tipstaff.people import queries as people
from tipstaff.people.access import Actor
from tipstaff.tips.inert import visible

NEWEST = 12  # of each kind on the case's own page; all of them stand on a page of their own
PAGE = 50
VERBS = (
    "case.close",
    "case.note",
    "case.open",
    "contribution.attest",
    "finding.state",
    "outcome.confirm",
    "outcome.record",
)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task; `late` when its day is over and it is not done."""

    number: int
    title: str
    assignee: str
    due_on: date
    late: bool
    done_by: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note."""

    author: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A line of the case's history, as recorded."""

    verb: str
    actor: str
    at: datetime
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that a case's page shows: the newest of each kind, and how many there are of all.

    `may` holds those of VERBS that the actor has in one of its compartments; `share_to` where it may be shared.
    """

    ref: str
    title: str
    organisation: str
    state: str
    state_on: date
    opened_by: str
    opened_on: date
    compartments: tuple[str, ...]
    moves: tuple[str, ...]
    working: bool
    may: frozenset[str]
    share_to: tuple[str, ...]
    findings: tuple[FindingRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    contributions: tuple[ContributionRow, ...]
    totals: Mapping[str, int]
    links: tuple[Link, ...]
    tasks: tuple[TaskRow, ...]
    notes: tuple[NoteRow, ...]
    history: tuple[HistoryRow, ...]
    colleagues: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CasePart:
    """One page of all findings, outcomes or contributions of a case; `next` is where the following one starts."""

    ref: str
    title: str
    part: str
    rows: tuple[Any, ...]
    next: int | None


def case_page(actor: Actor, ref: str, today: date) -> CasePage:
    """The case `ref`. The number of queries does not grow with what is in it. Raises NotVisible or NotAllowed."""
    case = access.case_for(actor, ref, to=access.SEE)
    compartments = access.compartments_of(case)
    parts = {part: read(actor, case, case_bound(case, part), NEWEST) for part, read in READ.items()}
    colleagues = {
        pair for each in sorted(compartments) for pair in people.officers_holding(access.SEE, each, today)
    }
    open_in = actor.compartments_for("cases.case.open")
    working = case.state != CaseState.CLOSED
    return CasePage(
        ref=case.ref,
        title=visible(case.title),
        organisation=visible(case.organisation),
        state=case.state,
        state_on=case.state_on,
        opened_by=people.name_of(case.opened_by),
        opened_on=case.opened_on,
        compartments=tuple(sorted(compartments)),
        moves=CASE.open_to(CaseState(case.state)),
        working=working,
        may=frozenset(
            verb for verb in VERBS if any(actor.may(f"cases.{verb}", each) for each in compartments)
        ),
        share_to=tuple(sorted(open_in - compartments)) if working and open_in & compartments else (),
        findings=parts["findings"],
        outcomes=parts["outcomes"],
        contributions=parts["contributions"],
        totals={part: getattr(case, part) for part in READ},
        links=links_of_rows(case.ref, parts["findings"], parts["contributions"]),
        tasks=_tasks(case, today),
        notes=_notes(case),
        history=_history(case),
        colleagues=tuple(sorted(colleagues, key=lambda pair: (pair[1], pair[0]))),
    )


def case_part(actor: Actor, ref: str, part: str, before: int | None = None) -> CasePart:
    """All of one kind in the case `ref`, the newest first, a page at a time. Raises NotVisible or NotAllowed."""
    case = access.case_for(actor, ref, to=access.SEE)
    bound = case_bound(case, part) if before is None else before
    rows = READ[part](actor, case, bound, PAGE)
    last = rows[-1].place if rows else 1
    return CasePart(case.ref, visible(case.title), part, rows, last if last > 1 else None)


def may_in_case(actor: Actor, ref: str, verb: str) -> bool:
    """May the actor do `verb` in the case `ref`, in whatever state? Raises NotVisible, or NotAllowed to see it."""
    case = access.case_for(actor, ref, to=access.SEE)
    return any(actor.may(verb, compartment) for compartment in access.compartments_of(case))


def to_join(actor: Actor, ref: str) -> tuple[tuple[FindingRow, ...], tuple[OutcomeRow, ...], tuple[str, ...]]:
    """What a contribution in the case `ref` may join: its newest findings and outcomes, and the tips these findings
    cite that the actor may read. Raises NotVisible or NotAllowed.
    """
    case = access.case_for(actor, ref, to=access.SEE)
    findings = _findings(actor, case, case_bound(case, "findings"), PAGE)
    outcomes = _outcomes(actor, case, case_bound(case, "outcomes"), PAGE)
    cited = {s.reference for row in findings for s in row.sources if s.kind == SourceKind.TIP and s.reference}
    return findings, outcomes, tuple(sorted(cited))


def case_bound(case: Case, part: str) -> int:
    """One more than the last number given to a finding, outcome or contribution in the case."""
    return int(getattr(case, part)) + 1


def _findings(actor: Actor, case: Case, before: int, limit: int) -> tuple[FindingRow, ...]:
    rows = current(Finding.objects.filter(case=case, place__lt=before, place__gte=before - limit))
    return finding_rows(actor, rows.order_by("-place"))


def _outcomes(actor: Actor, case: Case, before: int, limit: int) -> tuple[OutcomeRow, ...]:
    rows = current(Outcome.objects.filter(case=case, place__lt=before, place__gte=before - limit))
    return outcome_rows(actor, rows.order_by("-place"))


def _contributions(actor: Actor, case: Case, before: int, limit: int) -> tuple[ContributionRow, ...]:
    rows = current(Contribution.objects.filter(case=case, place__lt=before, place__gte=before - limit))
    return contribution_rows(actor, rows.order_by("-place"))


READ: Mapping[str, Callable[[Actor, Case, int, int], tuple[Any, ...]]] = {
    "findings": _findings,
    "outcomes": _outcomes,
    "contributions": _contributions,
}


def _tasks(case: Case, today: date) -> tuple[TaskRow, ...]:
    """What is to be done first, by its day; then what was done last."""
    found = Task.objects.filter(case=case).order_by(F("done_on").desc(nulls_first=True), "due_on", "number")
    rows = list(found.fetch_mode(FETCH_RAISE)[:PAGE])
    names = people.names_of([name for row in rows for name in (row.assignee, row.done_by) if name]) | {"": ""}
    return tuple(
        TaskRow(
            row.number,
            visible(row.title),
            names[row.assignee],
            row.due_on,
            row.done_on is None and row.due_on < today,
            names[row.done_by],
            row.done_on,
        )
        for row in rows
    )


def _notes(case: Case) -> tuple[NoteRow, ...]:
    rows = list(Note.objects.filter(case=case).order_by("-pk").fetch_mode(FETCH_RAISE)[:PAGE])
    names = people.names_of([row.author for row in rows])
    return tuple(NoteRow(names[row.author], row.at, visible(row.text)) for row in rows)


def _history(case: Case) -> tuple[HistoryRow, ...]:
    rows = audit.about(case.ref)
    names = people.names_of([row.actor for row in rows])
    return tuple(
        HistoryRow(
            row.verb, names[row.actor], row.at, tuple((name, visible(value)) for name, value in row.facts)
        )
        for row in rows
    )
