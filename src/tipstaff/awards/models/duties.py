"""What is due, and figures that came from outside."""

from django.db import models
from django.db.models import F, Q

from tipstaff.awards.models.award import OFFICER, REASON, REF, Award, one_of
from tipstaff.awards.states import ClockKind
from tipstaff.footing.scoped import ScopedManager
from tipstaff.people.access import Actor


class Clock(models.Model):
    """A day by which somebody owes something: of an award, or of a whole programme and fiscal year."""

    compartment = models.CharField(max_length=REF)
    programme = models.CharField(max_length=REF)
    award = models.ForeignKey(Award, models.PROTECT, related_name="clocks", null=True)
    fiscal_year = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=24)
    rule = models.CharField(max_length=60)
    owner = models.CharField(max_length=REF)
    starts_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    met_on = models.DateField(null=True)
    met_by = models.CharField(max_length=OFFICER, blank=True)
    reference = models.CharField(max_length=200, blank=True)

    objects = ScopedManager()

    class Meta:
        app_label = "awards"
        indexes = [models.Index(fields=["compartment", "met_on", "due_on"], name="clocks_by_day")]
        constraints = [
            models.CheckConstraint(name="clock_kind_is_known", condition=one_of("kind", ClockKind)),
            models.UniqueConstraint(
                name="award_has_one_open_clock_of_a_kind",
                fields=["award", "kind"],
                condition=Q(met_on__isnull=True, award__isnull=False),
            ),
            models.UniqueConstraint(
                name="programme_has_one_clock_of_a_kind_a_year",
                fields=["programme", "kind", "fiscal_year"],
                condition=Q(award__isnull=True),
            ),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> Q:
        """Clocks of the compartments in which the actor has any part."""
        return Q() if actor.everywhere else Q(compartment__in=sorted(actor.compartments))


class ClockPause(models.Model):
    """Good cause: days that do not count, why, and who said so. Append-only but for its end."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses")
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=REASON)
    actor = models.CharField(max_length=OFFICER)
    at = models.DateTimeField()

    class Meta:
        app_label = "awards"
        constraints = [
            models.CheckConstraint(
                name="pause_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.UniqueConstraint(
                name="clock_pauses_once_at_a_time", fields=["clock"], condition=Q(until__isnull=True)
            ),
        ]


class Report(models.Model):
    """A report as it was made, by which a clock was answered. Append-only.

    `content` is canonical JSON (`awards.reports`), `digest` its SHA-256; `reference` is where the paper itself is kept.
    """

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="reports", null=True)
    award = models.ForeignKey(Award, models.PROTECT, related_name="reports", null=True)
    kind = models.CharField(max_length=24)
    reference = models.CharField(max_length=200)
    content = models.TextField()
    digest = models.CharField(max_length=64)
    actor = models.CharField(max_length=OFFICER)
    at = models.DateTimeField()

    class Meta:
        app_label = "awards"
        constraints = [
            models.CheckConstraint(name="report_kind_is_known", condition=one_of("kind", ClockKind)),
            models.CheckConstraint(name="report_can_be_found_again", condition=~Q(reference="")),
        ]


class Figure(models.Model):
    """A figure from outside, kept beside ours with its source and its wording, never averaged. Append-only."""

    compartment = models.CharField(max_length=REF)
    programme = models.CharField(max_length=REF)
    measure = models.CharField(max_length=40)
    as_of = models.DateField()
    value = models.PositiveBigIntegerField()
    scope = models.CharField(max_length=200, blank=True)
    wording = models.CharField(max_length=500)
    source = models.CharField(max_length=500)
    actor = models.CharField(max_length=OFFICER)
    at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        app_label = "awards"
        constraints = [
            models.UniqueConstraint(
                name="figure_of_a_source_is_kept_once", fields=["programme", "measure", "as_of", "source"]
            )
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> Q:
        """Figures of the compartments in which the actor has any part."""
        return Q() if actor.everywhere else Q(compartment__in=sorted(actor.compartments))
