"""A finding: a statement, and the graded sources it rests on."""

from django.db import models
from django.db.models import Q

from tipstaff.cases.models.case import OFFICER, Case
from tipstaff.cases.models.rows import StatedRow
from tipstaff.cases.states import Credibility, Reliability, SourceKind


class Finding(StatedRow):
    """A statement as one officer made it. Append-only."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    statement = models.TextField()
    stated_by = models.CharField(max_length=OFFICER)
    stated_at = models.DateTimeField()

    class Meta(StatedRow.Meta):
        app_label = "cases"
        constraints = [
            *StatedRow.Meta.constraints,
            models.CheckConstraint(name="finding_states_something", condition=~Q(statement="")),
        ]
        indexes = [models.Index(name="findings_of_a_case", fields=["case", "place"])]


class FindingSource(models.Model):
    """One source of a finding, graded by the Admiralty code. Append-only, like its finding.

    `says` is what it says in the officer's words and where in it; never a tip's own text.
    """

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="sources")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    reference = models.CharField(max_length=200)
    reliability = models.CharField(max_length=1)
    credibility = models.CharField(max_length=1)
    says = models.TextField()
    day = models.DateField()

    class Meta:
        app_label = "cases"
        constraints = [
            models.UniqueConstraint(name="finding_places_its_sources_once", fields=["finding", "place"]),
            models.CheckConstraint(
                name="finding_source_kind_is_known", condition=Q(kind__in=[kind.value for kind in SourceKind])
            ),
            models.CheckConstraint(
                name="finding_source_is_graded",
                condition=Q(
                    reliability__in=[grade.value for grade in Reliability],
                    credibility__in=[grade.value for grade in Credibility],
                ),
            ),
            models.CheckConstraint(
                name="finding_source_is_named_and_says_something", condition=~Q(reference="") & ~Q(says="")
            ),
        ]
        indexes = [models.Index(name="findings_by_source", fields=["kind", "reference"])]

    def __str__(self) -> str:
        return f"source {self.place}"
