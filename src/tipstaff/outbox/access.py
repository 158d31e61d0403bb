"""Who sees the outbox: parcels belong to the office as a whole, not to a compartment."""

from django.db.models import QuerySet

from tipstaff.outbox.models import Parcel
from tipstaff.people.access import Actor, NotVisible


def visible_parcels(actor: Actor) -> QuerySet[Parcel]:
    """All parcels, for an actor who may see them. Raises NotAllowed."""
    actor.must("outbox.parcel.see")
    return Parcel.objects.all()


def parcel_for(actor: Actor, number: int, *, to: str) -> Parcel:
    """Parcel `number`, locked, for an actor who may do `to` with it. Raises NotVisible or NotAllowed."""
    parcels = visible_parcels(actor)
    actor.must(to)
    try:
        return parcels.select_for_update().get(number=number)
    except Parcel.DoesNotExist:
        raise NotVisible(str(number)) from None
