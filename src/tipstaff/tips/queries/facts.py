"""What rooms above may know of a tip: its day and the offer it answered. Never a word of what the source wrote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tipstaff.people.access import Actor
from tipstaff.tips.access import SEE, visible_tips


@dataclass(frozen=True, slots=True)
class SeenTip:
    """A tip that somebody may read: the day it came, whose it is, and the offer and version that it names, if any."""

    ref: str
    day: date
    compartment: str
    offer: str
    offer_version: int | None


def seen_tips(actor: Actor, refs: Iterable[str]) -> Mapping[str, SeenTip]:
    """Of the tips `refs`, those that the actor may read, by reference. At most one query, however many."""
    wanted = set(refs)
    if not wanted or SEE not in actor.verbs:
        return {}
    rows = visible_tips(actor).filter(ref__in=wanted)
    fields = rows.values_list("ref", "day", "compartment", "offer", "offer_version")
    return {row[0]: SeenTip(*row) for row in fields}
