"""Outcomes, rewards and money by programme, country and year, computed from records; and what others published.

A constant number of queries. Every figure names the rows that it counts, so that a page can open them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tipstaff.awards import access
from tipstaff.awards.models import Award, Figure
from tipstaff.awards.policy.statistics import Published, disagree, published
from tipstaff.cases import queries as cases
from tipstaff.cases.access import SEE_STATISTICS
from tipstaff.kernel.money import Money
from tipstaff.ledger import queries as ledger
from tipstaff.people.access import Actor, NotAllowed, within

ROWS = 200
# The kind of outcome that a published measure counts, and where; other measures have none of ours beside them.
COUNTED = {
    "arrests": ("arrest", ""),
    "convictions": ("conviction", ""),
    "us-convictions": ("conviction", "US"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """A label and how many: of outcomes those confirmed by a second officer, and those still waiting."""

    label: str
    count: int
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Reward:
    """Rewards under one label: how many were approved, for how much, and how many of them are paid."""

    label: str
    approved: int
    amounts: tuple[Money, ...]
    paid: int


@dataclass(frozen=True, slots=True)
class Outside:
    """A figure from outside as its source worded it."""

    value: int
    scope: str
    wording: str
    source: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What sources say of one measure on one day; `ours` is None where we count no such thing."""

    programme: str
    measure: str
    as_of: date
    figures: tuple[Outside, ...]
    ours: int | None
    disagree: bool
    fewer_than_before: bool


@dataclass(frozen=True, slots=True)
class Statistics:
    """The whole page."""

    kinds: tuple[Count, ...]
    countries: tuple[Count, ...]
    years: tuple[Count, ...]
    by_programme: tuple[Reward, ...]
    by_country: tuple[Reward, ...]
    by_year: tuple[Reward, ...]
    money: tuple[ledger.Figures, ...]
    outside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class RewardRow:
    """An approved award, as a statistic counts it."""

    ref: str
    programme: str
    country: str
    year: int
    amount: Money
    paid: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """The awards behind a figure; `whole` is false where there are more than a page holds."""

    rows: tuple[RewardRow, ...]
    whole: bool


def statistics(actor: Actor) -> Statistics:
    """Everything that the actor may count. Raises NotAllowed."""
    outcomes = cases.outcome_counts(actor)
    rewards = list(_rewards(actor))
    return Statistics(
        kinds=tuple(_counted(outcomes, lambda each: each.kind)),
        countries=tuple(_counted(outcomes, lambda each: each.country)),
        years=tuple(_counted(outcomes, lambda each: str(each.year))),
        by_programme=tuple(_rewarded(rewards, lambda row: row.programme)),
        by_country=tuple(_rewarded(rewards, lambda row: row.country)),
        by_year=tuple(_rewarded(rewards, lambda row: str(row.year))),
        money=tuple(ledger.books(actor)) if "ledger.account.see" in actor.verbs else (),
        outside=tuple(_outside(actor, _ours(outcomes))),
    )


def publication(actor: Actor) -> dict[str, Published]:
    """The same counts as anybody may read them: small ones hidden, and what would give them away. Raises NotAllowed."""
    outcomes = cases.outcome_counts(actor)
    rewards = list(_rewards(actor))
    of_outcomes = {
        "kind": _counts(_counted(outcomes, lambda each: each.kind)),
        "country": _counts(_counted(outcomes, lambda each: each.country)),
        "year": _counts(_counted(outcomes, lambda each: str(each.year))),
    }
    of_rewards = {
        "programme": dict(Counter(row.programme for row in rewards)),
        "country": dict(Counter(row.country for row in rewards)),
        "year": dict(Counter(str(row.year) for row in rewards)),
    }
    return {"outcomes": published(of_outcomes), "rewards": published(of_rewards)}


def reward_rows(actor: Actor, *, programme: str = "", country: str = "", year: int | None = None) -> Rows:
    """The approved awards behind a figure. Two queries. Raises NotAllowed."""
    found = [row for row in _rewards(actor, programme, year) if not country or row.country == country]
    return Rows(tuple(found[:ROWS]), len(found) <= ROWS)


def _rewards(actor: Actor, programme: str = "", year: int | None = None) -> Iterator[RewardRow]:
    if SEE_STATISTICS not in actor.verbs:
        raise NotAllowed(SEE_STATISTICS)
    awards = Award.objects.seen_by(actor).filter(within(actor, access.SEE), within(actor, SEE_STATISTICS))
    awards = awards.filter(approved_minor__isnull=False)
    if programme:
        awards = awards.filter(programme=programme)
    if year is not None:
        awards = awards.filter(fiscal_year=year)
    columns = ("ref", "programme", "outcome", "fiscal_year", "approved_minor", "currency", "paid_on")
    kept = list(awards.order_by("-pk").values_list(*columns))
    places = cases.places_of(row[2] for row in kept)
    for ref, of, outcome, fiscal_year, minor, currency, paid_on in kept:
        country = places[outcome].country if outcome in places else ""
        yield RewardRow(ref, of, country, fiscal_year, Money(minor, currency), paid_on is not None)


def _counted(
    cells: Iterable[cases.OutcomeCount], label: Callable[[cases.OutcomeCount], str]
) -> Iterator[Count]:
    confirmed, waiting = Counter[str](), Counter[str]()
    for cell in cells:
        confirmed[label(cell)] += cell.confirmed
        waiting[label(cell)] += cell.waiting
    yield from (Count(each, confirmed[each], waiting[each]) for each in sorted(confirmed))


def _ours(cells: Iterable[cases.OutcomeCount]) -> dict[str, int]:
    """Our own confirmed count for each published measure that we count too."""
    found = dict.fromkeys(COUNTED, 0)
    for cell in cells:
        for measure, (kind, country) in COUNTED.items():
            if cell.kind == kind and country in ("", cell.country):
                found[measure] += cell.confirmed
    return found


def _counts(counts: Iterable[Count]) -> dict[str, int]:
    return {each.label: each.count for each in counts}


def _rewarded(rows: Iterable[RewardRow], label: Callable[[RewardRow], str]) -> Iterator[Reward]:
    grouped = defaultdict[str, list[RewardRow]](list)
    for row in rows:
        grouped[label(row)].append(row)
    for name in sorted(grouped):
        minors = Counter[str]()
        for row in grouped[name]:
            minors[row.amount.currency] += row.amount.minor
        amounts = tuple(Money(minors[currency], currency) for currency in sorted(minors))
        yield Reward(name, len(grouped[name]), amounts, sum(row.paid for row in grouped[name]))


def _outside(actor: Actor, ours: dict[str, int]) -> Iterator[Beside]:
    """Figures from outside by programme, measure and day. Two that differ are both shown; none is averaged."""
    rows = Figure.objects.seen_by(actor).filter(within(actor, SEE_STATISTICS))
    grouped = defaultdict[tuple[str, str, date], list[Figure]](list)
    for figure in rows.order_by("programme", "measure", "as_of", "pk"):
        grouped[(figure.programme, figure.measure, figure.as_of)].append(figure)
    before = dict[tuple[str, str], int]()
    for (programme, measure, as_of), figures in grouped.items():
        least = min(figure.value for figure in figures)
        most = before.get((programme, measure), 0)
        before[(programme, measure)] = max(most, *(figure.value for figure in figures))
        yield Beside(
            programme=programme,
            measure=measure,
            as_of=as_of,
            figures=tuple(Outside(each.value, each.scope, each.wording, each.source) for each in figures),
            ours=ours.get(measure),
            disagree=disagree((each.value, each.scope) for each in figures),
            fewer_than_before=least < most,
        )
