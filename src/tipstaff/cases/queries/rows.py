"""The rows that pages show of findings, outcomes and contributions, and how each is read in a set number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import FETCH_RAISE, QuerySet

from tipstaff.cases.models import CaseSource, Contribution, Finding, FindingSource, Outcome
from tipstaff.cases.states import SourceKind
from tipstaff.kernel.money import Money
from tipstaff.people import queries as people
from tipstaff.people.access import Actor
from tipstaff.tips import queries as tips
from tipstaff.tips.inert import visible


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source of a finding. A tip has its `number` in the case; its `reference` only for who may read the tip."""

    kind: str
    number: int
    reference: str
    reliability: str
    credibility: str
    says: str
    day: date

    @property
    def grade(self) -> str:
        """The Admiralty grade, as `B2`."""
        return f"{self.reliability}{self.credibility}"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One row of a finding."""

    ref: str
    number: int
    place: int
    why: str
    statement: str
    stated_by: str
    stated_at: datetime
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One row of an outcome. `confirmed_by` is empty while nobody has confirmed it; `yours` if the actor recorded it.

    `compartment` is the home of its case.
    """

    ref: str
    number: int
    place: int
    why: str
    case: str
    compartment: str
    kind: str
    subject_kind: str
    subject: str
    role: str
    suspicion: str
    review_on: date | None
    country: str
    day: date
    scope: str
    paragraph: str
    crime_class: str
    charge: str
    court: str
    amount: Money | None
    designation: str
    outside_us: bool
    key_leader: bool
    federal_jurisdiction: bool
    death_resulted: bool
    recorded_by: str
    recorded_at: datetime
    yours: bool
    confirmed_by: str
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """One row of a contribution. `tip` is its reference for who may read it, and else empty."""

    ref: str
    number: int
    place: int
    why: str
    source: int
    tip: str
    tip_day: date
    finding: str
    finding_place: int
    outcome: str
    outcome_place: int
    how_used: str
    used_on: date
    known: str
    known_since: date | None
    known_from: str
    corroboration: str
    evidence: str
    attested_by: str
    agency: str
    attested_on: date


def finding_rows(actor: Actor, findings: QuerySet[Finding]) -> tuple[FindingRow, ...]:
    """Five queries at most, however many findings: rows, sources, numbers, tips in sight, names."""
    rows = list(findings.prefetch_related("sources").fetch_mode(FETCH_RAISE))
    cited = {s.reference for row in rows for s in row.sources.all() if s.kind == SourceKind.TIP}
    numbers = _numbers({row.case_id for row in rows}, cited)
    seen = tips.seen_tips(actor, cited)
    names = people.names_of([row.stated_by for row in rows])
    return tuple(
        FindingRow(
            row.ref,
            row.number,
            row.place,
            visible(row.why),
            visible(row.statement),
            names[row.stated_by],
            row.stated_at,
            tuple(
                _source(source, numbers.get((row.case_id, source.reference), 0), seen)
                for source in sorted(row.sources.all(), key=lambda each: each.place)
            ),
        )
        for row in rows
    )


def outcome_rows(actor: Actor, outcomes: QuerySet[Outcome]) -> tuple[OutcomeRow, ...]:
    """Two queries, however many outcomes: rows and names."""
    rows = list(outcomes.select_related("case", "confirmation").fetch_mode(FETCH_RAISE))
    confirmers = {row.pk: _confirmer(row) for row in rows}
    said = [row.recorded_by for row in rows] + [by for by, _at in confirmers.values() if by]
    names = people.names_of(said) | {"": ""}
    return tuple(_outcome(row, actor, names, confirmers[row.pk]) for row in rows)


def contribution_rows(actor: Actor, contributions: QuerySet[Contribution]) -> tuple[ContributionRow, ...]:
    """Three queries, however many contributions: rows, tips in sight, names."""
    rows = list(contributions.select_related("source", "finding", "outcome").fetch_mode(FETCH_RAISE))
    seen = tips.seen_tips(actor, [row.source.tip for row in rows])
    names = people.names_of([row.attested_by for row in rows])
    return tuple(
        ContributionRow(
            row.ref,
            row.number,
            row.place,
            visible(row.why),
            row.source.number,
            row.source.tip if row.source.tip in seen else "",
            row.source.tip_day,
            row.finding.ref,
            row.finding.place,
            row.outcome.ref,
            row.outcome.place,
            visible(row.how_used),
            row.used_on,
            row.known,
            row.known_since,
            visible(row.known_from),
            visible(row.corroboration),
            visible(row.evidence),
            names[row.attested_by],
            row.agency,
            row.attested_on,
        )
        for row in rows
    )


def money(row: Outcome) -> Money | None:
    """The amount in an outcome's row, if there is one."""
    return None if row.amount_minor is None else Money(row.amount_minor, row.amount_currency)


def confirmed(row: Outcome) -> bool:
    """Has a second officer confirmed this very row? It was read with its confirmation."""
    return getattr(row, "confirmation", None) is not None


def _confirmer(row: Outcome) -> tuple[str, datetime | None]:
    if not confirmed(row):
        return "", None
    return row.confirmation.confirmed_by, row.confirmation.confirmed_at


def _numbers(cases: Iterable[int], refs: Sequence[str] | set[str]) -> dict[tuple[int, str], int]:
    if not refs:
        return {}
    rows = CaseSource.objects.filter(case__in=set(cases), tip__in=refs)
    return {(case, tip): number for case, tip, number in rows.values_list("case", "tip", "number")}


def _source(source: FindingSource, number: int, seen: Mapping[str, object]) -> SourceRow:
    told = source.kind != SourceKind.TIP or source.reference in seen
    return SourceRow(
        source.kind,
        number,
        visible(source.reference) if told else "",
        source.reliability,
        source.credibility,
        visible(source.says),
        source.day,
    )


def _outcome(
    row: Outcome, actor: Actor, names: Mapping[str, str], confirmer: tuple[str, datetime | None]
) -> OutcomeRow:
    by, at = confirmer
    return OutcomeRow(
        ref=row.ref,
        number=row.number,
        place=row.place,
        why=visible(row.why),
        case=row.case.ref,
        compartment=row.case.home,
        kind=row.kind,
        subject_kind=row.subject_kind,
        subject=visible(row.subject),
        role=row.role,
        suspicion=visible(row.suspicion),
        review_on=row.review_on,
        country=row.country,
        day=row.day,
        scope=row.scope,
        paragraph=row.paragraph,
        crime_class=row.crime_class,
        charge=visible(row.charge),
        court=visible(row.court),
        amount=money(row),
        designation=row.designation,
        outside_us=row.outside_us,
        key_leader=row.key_leader,
        federal_jurisdiction=row.federal_jurisdiction,
        death_resulted=row.death_resulted,
        recorded_by=names[row.recorded_by],
        recorded_at=row.recorded_at,
        yours=row.recorded_by == actor.ref,
        confirmed_by=names[by],
        confirmed_at=at,
    )
