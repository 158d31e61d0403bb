"""The room's tables: that an identity is there, its sealed bytes, and who asked for it and who agreed.

No column but `Sealed.body` says anything of a person, and that one only to two keys together.
"""

from django.db import models
from django.db.models import F, Q

from tipstaff.footing.scoped import ScopedManager
from tipstaff.people.access import Actor
from tipstaff.vault.states import Purpose

REF = 40


class Identity(models.Model):
    """That somebody's identity was sealed, on a day. Append-only: the row stays when the identity is destroyed."""

    ref = models.CharField(max_length=REF, unique=True)
    compartment = models.CharField(max_length=REF)
    sealed_on = models.DateField()
    sealed_by = models.CharField(max_length=REF)

    objects = ScopedManager()

    class Meta:
        indexes = [models.Index(fields=["compartment", "id"], name="identity_by_compartment")]

    @classmethod
    def visible_to(cls, actor: Actor) -> Q:
        """The compartments in which the actor has any part; which verbs there is asked in `access.py`."""
        return Q(compartment__in=sorted(actor.compartments))


class Sealed(models.Model):
    """The sealed bytes, apart from the row that stays: to destroy an identity is to delete this."""

    identity = models.OneToOneField(Identity, models.PROTECT, primary_key=True, related_name="sealed")
    body = models.BinaryField()


class Request(models.Model):
    """One officer asked to open or to destroy an identity, and said why. Append-only."""

    ref = models.CharField(max_length=REF, unique=True)
    identity = models.ForeignKey(Identity, models.PROTECT, related_name="requests")
    purpose = models.CharField(max_length=8)
    reason = models.TextField()
    asked_by = models.CharField(max_length=REF)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_purpose_is_known", condition=Q(purpose__in=[str(each) for each in Purpose])
            ),
            models.CheckConstraint(name="request_has_a_reason", condition=~Q(reason="")),
        ]


class Opening(models.Model):
    """A second officer agreed, and it was done at once: opened, or destroyed. Append-only, one for each request.

    `asked_by` is the request's, repeated so that the database itself insists on two people.
    """

    request = models.OneToOneField(Request, models.PROTECT, related_name="opening")
    asked_by = models.CharField(max_length=REF)
    agreed_by = models.CharField(max_length=REF)
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="opening_needs_two_officers", condition=~Q(agreed_by=F("asked_by"))),
        ]
