"""Outcomes as figures: how many of each kind, by country, year and compartment, from the rows themselves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import batched

from django.db.models import Count
from django.db.models.functions import ExtractYear

from tipstaff.cases.access import SEE_STATISTICS, visible_outcomes
from tipstaff.cases.models import Outcome
from tipstaff.cases.models.rows import current
from tipstaff.people.access import Actor

BATCH = 10_000


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


@dataclass(frozen=True, slots=True)
class Place:
    """What kind of outcome it was, in which country, on which day."""

    kind: str
    country: str
    day: date


def places_of(refs: Iterable[str]) -> dict[str, Place]:
    """Kind, country and day of outcomes, for a room that has checked who reads. One query for each ten thousand."""
    found = dict[str, Place]()
    for some in batched(sorted(set(refs)), BATCH):
        found.update(_places(some))
    return found


def _places(refs: Iterable[str]) -> Iterator[tuple[str, Place]]:
    rows = current(Outcome.objects.filter(ref__in=list(refs)))
    for ref, kind, country, day in rows.values_list("ref", "kind", "country", "day"):
        yield ref, Place(kind, country, day)
