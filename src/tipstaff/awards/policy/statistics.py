"""What of a count may be published: nothing below five, and nothing from which such a count could be worked out. Pure.

Lists that break down one total (by country, by kind, by year) are published with that total. Where a count from one
to four is hidden, others of its list are hidden with it until neither the total nor the rule itself gives it away; a
list that cannot be protected takes all the others, and the total, with it. Zero is nobody, and is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

LEAST: Final = 5


@dataclass(frozen=True, slots=True)
class Published:
    """What may be read. A count of None is hidden; `total` is None when nothing may be published at all."""

    total: int | None
    lists: Mapping[str, Mapping[str, int | None]]

    @property
    def withheld(self) -> bool:
        """Whether nothing could be published."""
        return self.total is None


def published(lists: Mapping[str, Mapping[str, int]]) -> Published:
    """The lists with what must be hidden left out. Raises ValueError when they do not add up to one total."""
    totals = {sum(counts.values()) for counts in lists.values()}
    if len(totals) > 1:
        raise ValueError("lists that are published together break down the same total")
    total = totals.pop() if totals else 0
    hidden = {name: _hidden(counts) for name, counts in lists.items()}
    if 0 < total < LEAST or any(each is None for each in hidden.values()):
        return Published(None, {name: dict.fromkeys(counts) for name, counts in lists.items()})
    return Published(
        total,
        {
            name: {label: None if label in (hidden[name] or ()) else count for label, count in counts.items()}
            for name, counts in lists.items()
        },
    )


def _hidden(counts: Mapping[str, int]) -> frozenset[str] | None:
    """The labels to hide, or None where hiding all of them would still not do.

    What is hidden beside a small count is chosen by its label, never by its size: a reader who knows that the smallest
    was taken would know from what still stands there how large it can be.
    """
    hidden = {label for label, count in counts.items() if 0 < count < LEAST}
    ahead = sorted(label for label, count in counts.items() if count >= LEAST)
    while hidden and not _safe([counts[label] for label in hidden]):
        if not ahead:
            return None
        hidden.add(ahead.pop(0))
    return frozenset(hidden)


def _safe(hidden: list[int]) -> bool:
    """Whether what is hidden stays unknown: more than one, at least five in all, not all ones, not all fours."""
    most = (LEAST - 1) * len(hidden)
    return len(hidden) >= 2 and sum(hidden) >= LEAST and sum(hidden) not in (len(hidden), most)


def disagree(figures: Iterable[tuple[int, str]]) -> bool:
    """Whether sources that speak of the same day name different figures, or count something else (their scope).

    Then all of them are shown; nothing is averaged.
    """
    return len(set(figures)) > 1
