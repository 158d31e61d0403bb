"""The logbook's tables: what the desk has signed, and what it refused to sign. Both are append-only."""

from django.db import models
from django.db.models import F, Q


class SignedHead(models.Model):
    """A public head as the desk signed it.

    `covers` are the ranges of cover leaves since the head before, as [first, one past the last]; `edge` is
    the tree's right edge, from which the next head's root is computed without asking the hatch.
    """

    size = models.PositiveBigIntegerField(primary_key=True)
    since = models.PositiveBigIntegerField()
    root = models.BinaryField(max_length=32)
    edge = models.BinaryField()
    note = models.TextField()
    covers = models.JSONField()
    signed_at = models.DateTimeField()

    class Meta:
        app_label = "logbook"
        constraints = [
            models.CheckConstraint(
                name="head_is_longer_than_the_one_before", condition=Q(size__gt=F("since"))
            ),
            models.UniqueConstraint(name="one_head_follows_a_head", fields=["since"]),
        ]

    def __str__(self) -> str:
        return f"head of {self.size}"


class Alarm(models.Model):
    """A head that the desk refused to sign, and why. It stands until a later head is signed.

    `because` says it in English, for the record. `refusals` holds each rule, its sentence and its facts, so that a page
    can say it in its reader's language; alarms from before this column have none.
    """

    size = models.PositiveBigIntegerField()
    rules = models.JSONField()
    because = models.TextField()
    refusals = models.JSONField(null=True)
    raised_at = models.DateTimeField()

    class Meta:
        app_label = "logbook"

    def __str__(self) -> str:
        return f"{', '.join(self.rules)} at {self.size}"
