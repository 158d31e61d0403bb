"""The outbox's one table."""

from django.db import models
from django.db.models import Q

from tipstaff.outbox.states import ParcelState


class Parcel(models.Model):
    """One thing to do to the hatch, in order.

    `number` is the order; parcels with the same `key` are delivered in it, whatever their kind. Once a parcel
    is delivered its body is emptied: the outbox is a queue, not a second archive.
    """

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    body = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.name) for s in ParcelState], default=ParcelState.WAITING
    )
    tries = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=100, blank=True)
    not_before = models.DateTimeField()
    put_on = models.DateField()
    delivered_on = models.DateField(null=True)

    class Meta:
        app_label = "outbox"
        constraints = [
            models.CheckConstraint(
                name="parcel_state_is_known", condition=Q(state__in=[s.value for s in ParcelState])
            ),
            models.CheckConstraint(
                name="delivered_parcel_has_a_day",
                condition=Q(state=ParcelState.DELIVERED, delivered_on__isnull=False)
                | Q(~Q(state=ParcelState.DELIVERED), delivered_on__isnull=True),
            ),
            models.CheckConstraint(
                name="delivered_parcel_is_empty", condition=~Q(state=ParcelState.DELIVERED) | Q(body="")
            ),
        ]
        indexes = [
            models.Index(name="parcels_to_go", fields=["number"], condition=~Q(state=ParcelState.DELIVERED))
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.kind} {self.key}"
