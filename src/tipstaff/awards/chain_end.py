"""What followed from an outcome, at the end of the case's chain: the awards that the actor may read."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from tipstaff.awards.queries.awards_list import awards_of_outcomes
from tipstaff.awards.words import STATES
from tipstaff.cases.chain import ChainEnd
from tipstaff.people.access import Actor


def award_ends(actor: Actor, outcomes: Sequence[str]) -> Iterator[ChainEnd]:
    """A link for each award."""
    for row in awards_of_outcomes(actor, outcomes):
        yield ChainEnd(
            outcome=row.outcome,
            label=row.ref.rpartition("-")[2],
            title=f"{row.ref}: {STATES[row.state]}",
            url=reverse("awards:award", args=[row.ref]),
        )
