"""The register of outcomes: filtered rows, and the totals of each kind under the same filter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from tipstaff.cases.access import visible_outcomes
from tipstaff.cases.models import Outcome
from tipstaff.cases.queries.rows import OutcomeRow, outcome_rows
from tipstaff.cases.states import OutcomeKind
from tipstaff.people.access import Actor

PAGE = 50


@dataclass(frozen=True, slots=True)
class Sought:
    """What the register is narrowed to; an empty text does not narrow. `before` is where the last page ended."""

    kind: str = ""
    country: str = ""
    year: int | None = None
    compartment: str = ""
    standing: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """Outcomes of one kind: confirmed by a second officer, and still waiting for one."""

    kind: str
    confirmed: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Register:
    """A page of the register. `totals` count every row under the filter (but for `kind`, which they break down)."""

    rows: tuple[OutcomeRow, ...]
    totals: tuple[Total, ...]
    compartments: tuple[str, ...]
    next: tuple[date, int] | None


def outcomes_register(actor: Actor, sought: Sought) -> Register:
    """A page of the outcomes that `actor` sees, the newest day first. Four queries. Raises NotAllowed."""
    narrowed = _narrowed(visible_outcomes(actor), sought)
    totals = _totals(narrowed)
    if sought.kind:
        narrowed = narrowed.filter(kind=sought.kind)
    if sought.before is not None:
        on, pk = sought.before
        narrowed = narrowed.filter(Q(day__lt=on) | Q(day=on, pk__lt=pk))
    keys = list(narrowed.order_by("-day", "-pk").values_list("day", "pk")[: PAGE + 1])
    shown = [pk for _day, pk in keys[:PAGE]]
    rows = outcome_rows(actor, Outcome.objects.filter(pk__in=shown).order_by("-day", "-pk")) if shown else ()
    compartments = tuple(sorted(actor.compartments_for("cases.outcome.see")))
    return Register(rows, totals, compartments, keys[PAGE - 1] if len(keys) > PAGE else None)


def _narrowed(rows: QuerySet[Outcome], sought: Sought) -> QuerySet[Outcome]:
    same: Mapping[str, object] = {
        "country": sought.country,
        "case__home": sought.compartment,
    }
    rows = rows.filter(**{field: value for field, value in same.items() if value})
    if sought.year is not None:
        rows = rows.filter(day__range=(date(sought.year, 1, 1), date(sought.year, 12, 31)))
    if sought.standing in ("confirmed", "waiting"):
        rows = rows.filter(confirmation__isnull=sought.standing == "waiting")
    return rows


def _totals(rows: QuerySet[Outcome]) -> tuple[Total, ...]:
    counted = rows.order_by().values_list("kind").annotate(Count("pk"), Count("confirmation"))
    found = {kind: (confirmed, every - confirmed) for kind, every, confirmed in counted}
    return tuple(Total(kind.value, *found.get(kind.value, (0, 0))) for kind in OutcomeKind)
