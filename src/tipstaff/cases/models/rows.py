"""What stands in rows that answer each other: the newest row under a reference holds, the older stay readable."""

from django.db import models
from django.db.models import Q

from tipstaff.cases.models.case import REF


class StatedRow(models.Model):
    """One row under `ref`. `number` counts its rows from 1; `place` is its number in the case, in every row.

    A row is corrected at most once (`corrects` is unique), so that rows never fork; `why` says what was wrong.
    """

    ref = models.CharField(max_length=REF)
    number = models.PositiveIntegerField(default=1)
    place = models.PositiveIntegerField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")
    why = models.TextField(blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(name="%(class)s_numbers_its_rows_once", fields=["ref", "number"]),
            models.CheckConstraint(
                name="%(class)s_correction_says_why",
                condition=Q(number=1, corrects__isnull=True, why="")
                | (Q(number__gt=1, corrects__isnull=False) & ~Q(why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref}/{self.number}"


def current[M: models.Model](rows: models.QuerySet[M]) -> models.QuerySet[M]:
    """Of `rows`, those that no later row has corrected: what holds now."""
    return rows.filter(correction__isnull=True)
