"""Who sees and moves the log's head. The log belongs to the office as a whole, not to a compartment."""

from django.db.models import QuerySet

from tipstaff.logbook.models import Alarm, SignedHead
from tipstaff.people.access import Actor

SEE = "logbook.account.see"
PUBLISH = "logbook.head.publish"


def visible_heads(actor: Actor) -> QuerySet[SignedHead]:
    """Every head the desk signed, oldest first. Raises NotAllowed."""
    actor.must(SEE)
    return SignedHead.objects.order_by("size")


def visible_alarms(actor: Actor) -> QuerySet[Alarm]:
    """Every alarm that was raised, oldest first. Raises NotAllowed."""
    actor.must(SEE)
    return Alarm.objects.order_by("pk")
