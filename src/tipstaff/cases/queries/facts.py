"""What the room above decides from: an outcome with all that rules ask, and what each tip gave to it.

No text of a tip is in it. Whoever asks has its own right to know; only `outcomes_confirmed` is filtered here.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import FETCH_RAISE, Max

from tipstaff.cases.access import visible_outcomes
from tipstaff.cases.models import Contribution, Finding, Outcome
from tipstaff.cases.models.rows import StatedRow, current
from tipstaff.cases.queries.rows import OutcomeRow, confirmed, money, outcome_rows
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor, NotVisible


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFacts:
    """The current row `number` of the outcome `ref`. Rules may rest on it when it is `confirmed`, and not before."""

    ref: str
    number: int
    case: str
    compartment: str
    kind: str
    subject_kind: str
    subject: str
    role: str
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
    confirmed: bool
    confirmed_by: str
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionFacts:
    """The current row `number` of a contribution: which source, by which finding, when used, and what was known.

    `statement` is the finding's. `finding_number` and `outcome_number` are the rows that the attester read; with
    `stale` one of them has been corrected since.
    """

    ref: str
    number: int
    case: str
    tip: str
    source: int
    tip_day: date
    offer: str
    offer_version: int | None
    finding: str
    finding_number: int
    statement: str
    outcome: str
    outcome_number: int
    stale: bool
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


def outcome_facts(ref: str) -> OutcomeFacts:
    """What holds of the outcome `ref` now. One query. Raises NotVisible when there is none."""
    row = (
        current(Outcome.objects.filter(ref=ref))
        .select_related("case", "confirmation")
        .order_by("-number")
        .first()
    )
    if row is None:
        raise NotVisible(ref)
    second = row.confirmation if confirmed(row) else None
    return OutcomeFacts(
        ref=row.ref,
        number=row.number,
        case=row.case.ref,
        compartment=row.case.home,
        kind=row.kind,
        subject_kind=row.subject_kind,
        subject=row.subject,
        role=row.role,
        country=row.country,
        day=row.day,
        scope=row.scope,
        paragraph=row.paragraph,
        crime_class=row.crime_class,
        charge=row.charge,
        court=row.court,
        amount=money(row),
        designation=row.designation,
        outside_us=row.outside_us,
        key_leader=row.key_leader,
        federal_jurisdiction=row.federal_jurisdiction,
        death_resulted=row.death_resulted,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        confirmed=second is not None,
        confirmed_by=second.confirmed_by if second else "",
        confirmed_at=second.confirmed_at if second else None,
    )


def contributions_of(outcome_ref: str) -> tuple[ContributionFacts, ...]:
    """Every contribution to the outcome that holds now, in the order in which they were attested. Four queries."""
    joined = ("case", "source", "finding", "outcome")
    of_it = list(Outcome.objects.filter(ref=outcome_ref).values_list("pk", flat=True))
    rows = current(Contribution.objects.filter(outcome__in=of_it)).select_related(*joined)
    found = list(rows.order_by("place").fetch_mode(FETCH_RAISE))
    findings = _newest(Finding, [row.finding.ref for row in found])
    outcomes = _newest(Outcome, [row.outcome.ref for row in found])
    return tuple(
        ContributionFacts(
            ref=row.ref,
            number=row.number,
            case=row.case.ref,
            tip=row.source.tip,
            source=row.source.number,
            tip_day=row.source.tip_day,
            offer=row.source.offer,
            offer_version=row.source.offer_version,
            finding=row.finding.ref,
            finding_number=row.finding.number,
            statement=row.finding.statement,
            outcome=row.outcome.ref,
            outcome_number=row.outcome.number,
            stale=row.finding.number < findings[row.finding.ref]
            or row.outcome.number < outcomes[row.outcome.ref],
            how_used=row.how_used,
            used_on=row.used_on,
            known=row.known,
            known_since=row.known_since,
            known_from=row.known_from,
            corroboration=row.corroboration,
            evidence=row.evidence,
            attested_by=row.attested_by,
            agency=row.agency,
            attested_on=row.attested_on,
        )
        for row in found
    )


def _newest(model: type[StatedRow], refs: list[str]) -> dict[str, int]:
    """The number of the row that holds, by reference."""
    rows = model._default_manager.filter(ref__in=set(refs)).order_by()
    return dict(rows.values_list("ref").annotate(Max("number")))


def outcomes_confirmed(actor: Actor, *, compartment: str = "", limit: int = 100) -> tuple[OutcomeRow, ...]:
    """The newest confirmed outcomes that `actor` sees, for a nomination. Two queries. Raises NotAllowed."""
    rows = visible_outcomes(actor).filter(confirmation__isnull=False)
    if compartment:
        rows = rows.filter(case__home=compartment)
    return outcome_rows(actor, rows.order_by("-day", "-pk")[:limit])
