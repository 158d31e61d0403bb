"""The pages of one finding, one outcome and one contribution: every row there ever was, the newest first."""

from dataclasses import dataclass
from itertools import pairwise

from tipstaff.cases import access
from tipstaff.cases.models import Case, Contribution, Finding, Outcome
from tipstaff.cases.models.rows import current
from tipstaff.cases.queries.rows import (
    ContributionRow,
    FindingRow,
    OutcomeRow,
    contribution_rows,
    finding_rows,
    outcome_rows,
)
from tipstaff.cases.states import CaseState
from tipstaff.people.access import Actor
from tipstaff.tips.inert import visible

MOST = 200  # rows of one thing, and contributions to one outcome, that a page shows


@dataclass(frozen=True, slots=True)
class Sheet[Row: (FindingRow, OutcomeRow, ContributionRow)]:
    """One thing's rows, the newest first. `case` is empty for an actor who sees outcomes and no cases.

    What the actor may do can be done while the case is `working`.
    """

    case: str
    title: str
    rows: tuple[Row, ...]
    working: bool
    may_correct: bool
    may_confirm: bool
    contributions: tuple[ContributionRow, ...]

    @property
    def now(self) -> Row:
        """The row that holds."""
        return self.rows[0]

    @property
    def older(self) -> tuple[tuple[Row, str], ...]:
        """The rows that were corrected, the newest first, each with what was wrong in it."""
        return tuple((row, after.why) for after, row in pairwise(self.rows))


type FindingSheet = Sheet[FindingRow]
type OutcomeSheet = Sheet[OutcomeRow]
type ContributionSheet = Sheet[ContributionRow]


def finding_page(actor: Actor, ref: str) -> FindingSheet:
    """The finding `ref` with every row. Raises NotVisible or NotAllowed."""
    found = access.finding_for(actor, ref, to=access.SEE)
    rows = finding_rows(actor, Finding.objects.filter(ref=ref).order_by("-number")[:MOST])
    given = _given(
        actor, found.case, finding__in=list(Finding.objects.filter(ref=ref).values_list("pk", flat=True))
    )
    return _sheet(actor, found.case, rows, given, "cases.finding.state")


def outcome_page(actor: Actor, ref: str) -> OutcomeSheet:
    """The outcome `ref` with every row, for whoever may see outcomes. Raises NotVisible or NotAllowed."""
    found = access.outcome_for(actor, ref, to=access.SEE_OUTCOMES)
    rows = outcome_rows(actor, Outcome.objects.filter(ref=ref).order_by("-number")[:MOST])
    given = _given(
        actor, found.case, outcome__in=list(Outcome.objects.filter(ref=ref).values_list("pk", flat=True))
    )
    return _sheet(actor, found.case, rows, given, "cases.outcome.record")


def contribution_page(actor: Actor, ref: str) -> ContributionSheet:
    """The contribution `ref` with every row. Raises NotVisible or NotAllowed."""
    found = access.contribution_for(actor, ref, to=access.SEE)
    rows = contribution_rows(actor, Contribution.objects.filter(ref=ref).order_by("-number")[:MOST])
    return _sheet(actor, found.case, rows, (), "cases.contribution.attest")


def _sheet[Row: (FindingRow, OutcomeRow, ContributionRow)](
    actor: Actor, case: Case, rows: tuple[Row, ...], given: tuple[ContributionRow, ...], verb: str
) -> Sheet[Row]:
    compartments = access.compartments_of(case)

    def may(verb: str) -> bool:
        return any(actor.may(verb, compartment) for compartment in compartments)

    sees = may(access.SEE)
    return Sheet(
        case=case.ref if sees else "",
        title=visible(case.title) if sees else "",
        rows=rows,
        working=case.state != CaseState.CLOSED,
        may_correct=may(verb),
        may_confirm=may("cases.outcome.confirm"),
        contributions=given,
    )


def _given(actor: Actor, case: Case, **about: list[int]) -> tuple[ContributionRow, ...]:
    """What was attested about it, for those who see the case itself."""
    if not any(actor.may(access.SEE, compartment) for compartment in access.compartments_of(case)):
        return ()
    return contribution_rows(
        actor, current(Contribution.objects.filter(**about)).order_by("-used_on", "-place")[:MOST]
    )
