"""Outcomes as figures: how many of each kind, by country, year and compartment, from the rows themselves."""

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import ExtractYear

from tipstaff.cases.access import SEE_STATISTICS, visible_outcomes
from tipstaff.people.access import Actor


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """One cell. `compartment` is the home of the case: a shared case's outcome is counted once."""

    kind: str
    country: str
    year: int
    compartment: str
    confirmed: int
    waiting: int


def outcome_counts(
    actor: Actor, *, year: int | None = None, compartment: str = ""
) -> tuple[OutcomeCount, ...]:
    """Every cell that is not empty, of current rows that the actor may count. One query. Raises NotAllowed."""
    rows = visible_outcomes(actor, SEE_STATISTICS)
    if compartment:
        rows = rows.filter(case__home=compartment)
    if year is not None:
        rows = rows.filter(day__year=year)
    by = ("kind", "country", "year", "case__home")
    counted = rows.annotate(year=ExtractYear("day")).order_by(*by).values_list(*by)
    return tuple(
        OutcomeCount(kind, country, on, home, confirmed, every - confirmed)
        for kind, country, on, home, every, confirmed in counted.annotate(Count("pk"), Count("confirmation"))
    )
