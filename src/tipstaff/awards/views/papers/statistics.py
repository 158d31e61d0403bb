"""Statistics: figures with their charts and rows, what may be published of them, and the table for a spreadsheet."""

from collections.abc import Iterator, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tipstaff.awards import paper_words, words
from tipstaff.awards.bars import bars
from tipstaff.awards.queries import statistics as queries
from tipstaff.awards.queries.statistics import Count, Reward, Statistics
from tipstaff.cases.words import KINDS
from tipstaff.footing.spreadsheet import as_csv
from tipstaff.people.http import OfficerRequest

LONGEST = 60
HEADER = ("table", "label", "count", "waiting", "paid", "currency", "minor_units", "source", "wording")


@require_safe
def statistics(request: OfficerRequest) -> HttpResponse:
    """Outcomes, rewards and money, and the figures of others beside ours."""
    found = queries.statistics(request.actor)
    context = _words() | {
        "found": found,
        "sees_outcomes": "cases.outcome.see" in request.actor.verbs,
        "sees_books": "ledger.account.see" in request.actor.verbs,
        "charts": {
            "kinds": bars([each.count for each in found.kinds]),
            "countries": bars([each.count for each in found.countries]),
            "years": bars([each.count for each in found.years]),
            "by_programme": bars([each.approved for each in found.by_programme]),
            "by_country": bars([each.approved for each in found.by_country]),
            "by_year": bars([each.approved for each in found.by_year]),
        },
    }
    return render(request, "awards/papers/statistics.html", context)


@require_safe
def published(request: OfficerRequest) -> HttpResponse:
    """What anybody may read of the counts: nothing below five."""
    context = _words() | {"published": queries.publication(request.actor)}
    return render(request, "awards/papers/published.html", context)


@require_safe
def rows(request: OfficerRequest) -> HttpResponse:
    """The awards behind a figure."""
    sought = {name: request.GET.get(name, "")[:LONGEST] for name in ("programme", "country")}
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
    found = queries.reward_rows(request.actor, **sought, year=year)
    context = _words() | {"found": found, "sought": sought | {"year": asked if year else ""}}
    return render(request, "awards/papers/rows.html", context)


@require_safe
def export(request: OfficerRequest) -> HttpResponse:
    """Every figure of the page as CSV, in which nothing becomes a formula."""
    text = as_csv(HEADER, _lines(queries.statistics(request.actor)))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="statistics.csv"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _lines(found: Statistics) -> Iterator[tuple[object, ...]]:
    for name, counts in (("kind", found.kinds), ("country", found.countries), ("year", found.years)):
        yield from _of_counts(f"outcomes by {name}", counts)
    for name, rewards in (
        ("programme", found.by_programme),
        ("country", found.by_country),
        ("fiscal year", found.by_year),
    ):
        yield from _of_rewards(f"rewards by {name}", rewards)
    for book in found.money:
        label = f"{book.programme} {book.fiscal_year}"
        for what in ("appropriated", "available", "committed", "paid", "returned"):
            amount = getattr(book, what)
            yield (f"money {what}", label, "", "", "", amount.currency, amount.minor, "", "")
    for beside in found.outside:
        label = f"{beside.programme} {beside.measure} {beside.as_of.isoformat()}"
        for figure in beside.figures:
            yield ("published elsewhere", label, figure.value, "", "", "", "", figure.source, figure.wording)


def _of_counts(table: str, counts: Sequence[Count]) -> Iterator[tuple[object, ...]]:
    for each in counts:
        yield (table, each.label, each.count, each.waiting, "", "", "", "", "")


def _of_rewards(table: str, rewards: Sequence[Reward]) -> Iterator[tuple[object, ...]]:
    for each in rewards:
        for amount in each.amounts:
            yield (table, each.label, each.approved, "", each.paid, amount.currency, amount.minor, "", "")


def _words() -> dict[str, object]:
    return {**words.page(), **paper_words.page(), "kinds": KINDS, "breakdowns": paper_words.BREAKDOWNS}
