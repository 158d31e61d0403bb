"""An outcome: what happened to whom, and the second officer who confirmed it."""

from django.db import models
from django.db.models import F, Q

from tipstaff.cases.models.case import OFFICER, Case
from tipstaff.cases.models.rows import StatedRow
from tipstaff.cases.states import Designation, OutcomeKind, Scope, SubjectKind, SubjectRole


class Outcome(StatedRow):
    """One row of an outcome, as `texts.OutcomeText` states it. Append-only."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=200)
    role = models.CharField(max_length=12)
    suspicion = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    country = models.CharField(max_length=2)
    day = models.DateField()
    scope = models.CharField(max_length=13)
    paragraph = models.CharField(max_length=4, blank=True)
    crime_class = models.CharField(max_length=40, blank=True)
    charge = models.TextField(blank=True)
    court = models.CharField(max_length=200, blank=True)
    amount_minor = models.PositiveBigIntegerField(null=True)
    amount_currency = models.CharField(max_length=3, blank=True)
    designation = models.CharField(max_length=10, blank=True)
    outside_us = models.BooleanField()
    key_leader = models.BooleanField()
    federal_jurisdiction = models.BooleanField()
    death_resulted = models.BooleanField()
    recorded_by = models.CharField(max_length=OFFICER)
    recorded_at = models.DateTimeField()

    class Meta(StatedRow.Meta):
        app_label = "cases"
        constraints = [
            *StatedRow.Meta.constraints,
            models.CheckConstraint(
                name="outcome_kind_is_known", condition=Q(kind__in=[kind.value for kind in OutcomeKind])
            ),
            models.CheckConstraint(
                name="outcome_scope_is_known", condition=Q(scope__in=[scope.value for scope in Scope])
            ),
            models.CheckConstraint(
                name="outcome_designation_is_known",
                condition=Q(designation__in=["", *(each.value for each in Designation)]),
            ),
            # Migrants, victims, witnesses and sources are in no list of roles, so they cannot be a subject.
            models.CheckConstraint(
                name="outcome_subject_took_part_in_the_enterprise",
                condition=Q(
                    subject_kind__in=[kind.value for kind in SubjectKind],
                    role__in=[role.value for role in SubjectRole],
                ),
            ),
            models.CheckConstraint(
                name="outcome_on_a_person_states_suspicion_and_review",
                condition=~Q(subject_kind=SubjectKind.PERSON.value)
                | (~Q(suspicion="") & Q(review_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="outcome_amount_is_money",
                condition=Q(amount_minor__isnull=True, amount_currency="")
                | (Q(amount_minor__gt=0) & ~Q(amount_currency="")),
            ),
        ]
        indexes = [
            models.Index(name="outcomes_of_a_case", fields=["case", "place"]),
            models.Index(name="outcomes_by_day", fields=["day", "id"]),
            models.Index(name="outcomes_by_kind", fields=["kind", "day"]),
            models.Index(name="outcomes_by_country", fields=["country", "day"]),
        ]


class Confirmation(models.Model):
    """A second officer's word that one row of an outcome is so. Append-only; a corrected row needs another."""

    outcome = models.OneToOneField(Outcome, models.PROTECT, related_name="confirmation")
    recorded_by = models.CharField(max_length=OFFICER)
    confirmed_by = models.CharField(max_length=OFFICER)
    confirmed_at = models.DateTimeField()

    class Meta:
        app_label = "cases"
        constraints = [
            models.CheckConstraint(
                name="outcome_is_confirmed_by_a_second_officer", condition=~Q(confirmed_by=F("recorded_by"))
            )
        ]

    def __str__(self) -> str:
        return f"confirmation of {self.outcome_id}"
