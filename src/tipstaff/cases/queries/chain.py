"""The chain as rows: which tip led by which finding to which outcome, in a case or from one tip."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import FETCH_RAISE

from tipstaff.cases.access import SEE, visible_cases
from tipstaff.cases.models import CaseSource, Contribution, Finding
from tipstaff.cases.models.rows import current
from tipstaff.cases.queries.rows import ContributionRow, FindingRow
from tipstaff.cases.states import SourceKind
from tipstaff.people.access import Actor

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain; a finding that has led to no outcome yet has no `outcome` and no `contribution`.

    `tip` is the tip's reference for who may read it, and else empty: then the source is its number and nothing else.
    """

    case: str
    source: int
    tip: str
    finding: str
    finding_place: int
    outcome: str = ""
    outcome_place: int = 0
    contribution: str = ""
    used_on: date | None = None


def links_of_rows(
    case: str, findings: Sequence[FindingRow], contributions: Sequence[ContributionRow]
) -> tuple[Link, ...]:
    """The newest links of a case, from rows that its page has read already."""
    links = [
        Link(
            case,
            row.source,
            row.tip,
            row.finding,
            row.finding_place,
            row.outcome,
            row.outcome_place,
            row.ref,
            row.used_on,
        )
        for row in contributions
    ]
    led = {(link.source, link.finding) for link in links}
    links += [
        Link(case, source.number, source.reference, finding.ref, finding.place)
        for finding in findings
        for source in finding.sources
        if source.kind == SourceKind.TIP and (source.number, finding.ref) not in led
    ]
    return tuple(links[:SHOWN])


def links_of_tip(actor: Actor, tip: str) -> tuple[Link, ...]:
    """The newest links that begin with `tip`, in cases that the actor sees; the caller has seen to the tip itself.

    Without a case in sight: nothing. Three queries at most.
    """
    if SEE not in actor.verbs:
        return ()
    numbers = dict(
        CaseSource.objects.filter(tip=tip, case__in=visible_cases(actor)).values_list("case", "number")
    )
    if not numbers:
        return ()
    given = current(Contribution.objects.filter(source__tip=tip, case__in=list(numbers)))
    rows = given.select_related("case", "finding", "outcome").order_by("-pk").fetch_mode(FETCH_RAISE)
    links = [
        Link(
            row.case.ref,
            numbers[row.case_id],
            tip,
            row.finding.ref,
            row.finding.place,
            row.outcome.ref,
            row.outcome.place,
            row.ref,
            row.used_on,
        )
        for row in rows[:SHOWN]
    ]
    led = {link.finding for link in links}
    cited = current(
        Finding.objects.filter(sources__kind=SourceKind.TIP, sources__reference=tip, case__in=list(numbers))
    )
    found = cited.select_related("case").order_by("-pk").distinct().fetch_mode(FETCH_RAISE)
    links += [
        Link(row.case.ref, numbers[row.case_id], tip, row.ref, row.place)
        for row in found[:SHOWN]
        if row.ref not in led
    ]
    return tuple(links[:SHOWN])
