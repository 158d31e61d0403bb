"""A contribution: which tip, by which finding, gave what to which outcome, and who says so."""

from django.db import models
from django.db.models import Q

from tipstaff.cases.models.case import OFFICER, Case, CaseSource
from tipstaff.cases.models.finding import Finding
from tipstaff.cases.models.outcome import Outcome
from tipstaff.cases.models.rows import StatedRow
from tipstaff.cases.states import Known


class Contribution(StatedRow):
    """One row of a contribution. `finding` and `outcome` are the rows that the attesting officer read. Append-only.

    `known` says whether what the tip told was known already, and if it was, since when and from where.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    source = models.ForeignKey(CaseSource, models.PROTECT, related_name="contributions")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="contributions")
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="contributions")
    how_used = models.TextField()
    used_on = models.DateField()
    known = models.CharField(max_length=6)
    known_since = models.DateField(null=True)
    known_from = models.CharField(max_length=200, blank=True)
    corroboration = models.TextField(blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    attested_by = models.CharField(max_length=OFFICER)
    agency = models.CharField(max_length=40)
    attested_on = models.DateField()

    class Meta(StatedRow.Meta):
        app_label = "cases"
        constraints = [
            *StatedRow.Meta.constraints,
            models.CheckConstraint(
                name="contribution_says_what_was_known",
                condition=Q(known=Known.NO.value, known_since__isnull=True, known_from="")
                | (
                    Q(known__in=[Known.PARTLY.value, Known.YES.value], known_since__isnull=False)
                    & ~Q(known_from="")
                ),
            ),
            models.CheckConstraint(name="contribution_says_how_it_was_used", condition=~Q(how_used="")),
        ]
        indexes = [models.Index(name="contributions_of_a_case", fields=["case", "place"])]
