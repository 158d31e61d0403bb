"""The queue: opened tips that are not closed, those that nobody has first, each group oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import FETCH_RAISE, Q, QuerySet

from tipstaff.people import queries as people
from tipstaff.people.access import Actor
from tipstaff.tips.access import visible_tips
from tipstaff.tips.models import Tip
from tipstaff.tips.states import PublicState, Urgency

SHOWN = (
    "id", "ref", "day", "state", "urgency", "disposition", "held", "claimed_by",
    "offer", "language", "doubts", "compartment", "last_from_source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TipRow:
    """A line of a list. `age` is in whole days; `holder` is a name, empty when nobody has the tip."""

    ref: str
    day: date
    age: int
    state: str
    urgency: str
    disposition: str
    offer: str
    language: str
    holder: str
    mine: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """What the queue is narrowed to; an empty text does not narrow. `after` is where the last page ended."""

    state: str = ""
    urgency: str = ""
    offer: str = ""
    language: str = ""
    mine: bool = False
    after: tuple[bool, int] | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue; `next` is what `Filters.after` must be for the following one, None at the
    end."""

    rows: tuple[TipRow, ...]
    next: tuple[bool, int] | None
    offers: tuple[str, ...]
    languages: tuple[str, ...]


def queue(actor: Actor, filters: Filters, today: date, page: int = 50) -> Queue:
    """A page of the queue. Three queries, however many tips. Raises NotAllowed."""
    visible = visible_tips(actor)
    tips = list(
        _narrowed(visible, filters, actor)
        .only(*SHOWN)
        .order_by("held", "id")
        .fetch_mode(FETCH_RAISE)[: page + 1]
    )
    shown, more = tips[:page], len(tips) > page
    choices = sorted(set(visible.values_list("offer", "language").distinct()))
    return Queue(
        rows(shown, actor, today),
        (shown[-1].held, shown[-1].pk) if more else None,
        tuple(sorted({offer for offer, _ in choices if offer})),
        tuple(sorted({language for _, language in choices if language})),
    )


def rows(tips: Sequence[Tip], actor: Actor, today: date) -> tuple[TipRow, ...]:
    """Lines for tips that were read with `only(*SHOWN)`: one query for all the names."""
    names = people.names_of([tip.claimed_by for tip in tips if tip.claimed_by])
    return tuple(
        TipRow(
            ref=tip.ref,
            day=tip.day,
            age=(today - tip.day).days,
            state=tip.state,
            urgency=tip.urgency,
            disposition=tip.disposition,
            offer=tip.offer,
            language=tip.language,
            holder=names.get(tip.claimed_by, ""),
            mine=tip.claimed_by == actor.ref,
            doubtful=bool(tip.doubts),
        )
        for tip in tips
    )


def _narrowed(tips: QuerySet[Tip], filters: Filters, actor: Actor) -> QuerySet[Tip]:
    if filters.state in set(PublicState):
        tips = tips.filter(state=filters.state)
    else:
        tips = tips.exclude(state=PublicState.CLOSED)
    if filters.urgency in {Urgency.DANGER, Urgency.TIME_BOUND, Urgency.OTHER}:
        tips = tips.filter(urgency=filters.urgency)
    if filters.offer:
        tips = tips.filter(offer=filters.offer)
    if filters.language:
        tips = tips.filter(language=filters.language)
    if filters.mine:
        tips = tips.filter(claimed_by=actor.ref)
    if filters.after is not None:
        held, last = filters.after
        beyond = Q(held=held, id__gt=last)
        tips = tips.filter(beyond if held else beyond | Q(held=True))
    return tips
