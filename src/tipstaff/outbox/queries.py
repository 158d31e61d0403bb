"""What the outbox's page and the worker read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tipstaff.outbox.access import visible_parcels
from tipstaff.outbox.models import Parcel
from tipstaff.outbox.states import ParcelState
from tipstaff.people.access import Actor


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """A parcel without its body: a kind, how often it was tried, and the class of the last error."""

    number: int
    kind: str
    state: str
    tries: int
    error: str
    not_before: datetime
    put_on: date

    @property
    def stuck(self) -> bool:
        """Whether it waits for a person."""
        return self.state == ParcelState.STUCK


def undelivered(actor: Actor, limit: int = 200) -> Iterator[ParcelRow]:
    """The parcels still to go, stuck ones first, each group in order. Raises NotAllowed."""
    parcels = visible_parcels(actor).exclude(state=ParcelState.DELIVERED).order_by("state", "number")
    for parcel in parcels.only("number", "kind", "state", "tries", "error", "not_before", "put_on")[:limit]:
        yield ParcelRow(
            parcel.number,
            parcel.kind,
            parcel.state,
            parcel.tries,
            parcel.error,
            parcel.not_before,
            parcel.put_on,
        )


def count_waiting() -> int:
    """Parcels that will go by themselves."""
    return Parcel.objects.filter(state=ParcelState.WAITING).count()


def count_stuck() -> int:
    """Parcels that wait for a person."""
    return Parcel.objects.filter(state=ParcelState.STUCK).count()
