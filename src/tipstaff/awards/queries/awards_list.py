"""The awards that an officer may read: first those that wait for this very officer, then all, the newest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import FETCH_RAISE, Q, QuerySet

from tipstaff.awards.access import visible_awards
from tipstaff.awards.models import Award
from tipstaff.awards.policy.moves import MOVES, UNASKED
from tipstaff.awards.states import AWARD, AwardState
from tipstaff.kernel.clock import day
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor

PAGE = 50


@dataclass(frozen=True, slots=True)
class AwardRow:
    """An award in a list. `amount` is what was approved, else recommended, else asked for."""

    ref: str
    state: str
    programme: str
    offer: str
    condition: int
    outcome: str
    agency: str
    amount: Money
    changed_on: date


@dataclass(frozen=True, slots=True)
class AwardList:
    """What waits for the actor (on the first page), and a page of all; `older` is where the next one starts."""

    waiting: tuple[AwardRow, ...]
    rows: tuple[AwardRow, ...]
    state: str
    older: int | None
    may_nominate: bool


def awards_list(actor: Actor, *, state: str = "", before: int | None = None) -> AwardList:
    """A page of the awards that `actor` may read, in one state or in all. Two queries, however many there are."""
    seen = visible_awards(actor)
    state = state if state in set(AwardState) else ""
    found = seen.filter(state=state) if state else seen
    if before is not None:
        found = found.filter(pk__lt=before)
    page = list(found.order_by("-pk").fetch_mode(FETCH_RAISE)[: PAGE + 1])
    waiting = _waiting(actor, seen) if not state and before is None else ()
    return AwardList(
        waiting=tuple(waiting),
        rows=tuple(_row(award) for award in page[:PAGE]),
        state=state,
        older=page[PAGE - 1].pk if len(page) > PAGE else None,
        may_nominate="awards.nomination.draft" in actor.verbs,
    )


def awards_waiting(actor: Actor, limit: int) -> tuple[AwardRow, ...]:
    """The first `limit` awards whose next move is this actor's. One query at most. Raises NotAllowed."""
    return tuple(_waiting(actor, visible_awards(actor), limit))


def awards_of_outcomes(actor: Actor, outcomes: Iterable[str]) -> tuple[AwardRow, ...]:
    """The awards that rest on these outcomes, as far as the actor may read them. One query, or none."""
    if "awards.award.see" not in actor.verbs:
        return ()
    found = visible_awards(actor).filter(outcome__in=list(outcomes)).order_by("pk")
    return tuple(_row(award) for award in found.fetch_mode(FETCH_RAISE)[:PAGE])


def _waiting(actor: Actor, seen: QuerySet[Award], limit: int = PAGE) -> Iterator[AwardRow]:
    """Awards whose next move is this actor's, the oldest first."""
    states: dict[frozenset[str], set[str]] = defaultdict(set)
    for move in AWARD.moves:
        held = MOVES.get(move.name)
        if held is not None and move.name not in UNASKED and held.verb in actor.verbs:
            states[actor.compartments_for(held.verb)].update(move.sources)
    if not states:
        return
    # One range of the index for each compartment and state: an OR over the moves would read every award.
    wanted = Q()
    for compartments, sources in states.items():
        wanted |= Q(compartment__in=sorted(compartments), state__in=sorted(sources))
    oldest = seen.filter(wanted).order_by("changed_at", "pk")
    yield from (_row(award) for award in oldest.fetch_mode(FETCH_RAISE)[:limit])


def _row(award: Award) -> AwardRow:
    minor = award.approved_minor or award.recommended_minor or award.requested_minor
    return AwardRow(
        ref=award.ref,
        state=award.state,
        programme=award.programme,
        offer=award.offer,
        condition=award.condition,
        outcome=award.outcome,
        agency=award.agency,
        amount=Money(minor, award.currency),
        changed_on=day(award.changed_at),
    )
