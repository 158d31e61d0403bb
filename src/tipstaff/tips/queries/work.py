"""My work: what I hold, what nobody holds, what sources wrote that I have not read, and what waits
outside."""

from dataclasses import dataclass
from datetime import date

from django.db.models import FETCH_RAISE, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from tipstaff.people.access import Actor
from tipstaff.tips.access import visible_tips
from tipstaff.tips.models import Reading
from tipstaff.tips.queries.queue import SHOWN, TipRow, rows
from tipstaff.tips.states import PublicState, Urgency

SHORT = 10


@dataclass(frozen=True, slots=True)
class Work:
    """What My work shows of tips. The counts are of all; the rows of the first ten, oldest first."""

    mine: tuple[TipRow, ...]
    unclaimed: tuple[TipRow, ...]
    unread: tuple[TipRow, ...]
    count_unclaimed: int
    count_urgent: int


def work(actor: Actor, today: date) -> Work:
    """The actor's own work. The number of queries does not grow with the tips. Raises NotAllowed."""
    going_on = visible_tips(actor).exclude(state=PublicState.CLOSED).only(*SHOWN).order_by("id")
    free = going_on.filter(held=False)
    read = Reading.objects.filter(tip=OuterRef("pk"), officer=actor.ref).values("upto")[:1]
    # What a source wrote to a tip in a colleague's hands is the colleague's news.
    told = visible_tips(actor).only(*SHOWN).order_by("id").filter(Q(claimed_by=actor.ref) | Q(held=False))
    unread = told.annotate(seen=Coalesce(Subquery(read), 0)).filter(last_from_source__gt=F("seen"))
    parts = [
        list(part.fetch_mode(FETCH_RAISE)[:SHORT])
        for part in (going_on.filter(claimed_by=actor.ref), free, unread)
    ]
    lines = {row.ref: row for row in rows([tip for part in parts for tip in part], actor, today)}
    mine, unclaimed, news = (tuple(lines[tip.ref] for tip in part) for part in parts)
    urgent = free.filter(urgency__in=[Urgency.DANGER, Urgency.TIME_BOUND])
    return Work(mine, unclaimed, news, free.count(), urgent.count())
