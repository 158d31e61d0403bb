"""An award, its shares and its steps."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from tipstaff.awards.states import AwardState, Form
from tipstaff.footing.scoped import ScopedManager
from tipstaff.people.access import Actor

REF = 40
OFFICER = 150
REASON = 2_000
CURRENCY = 3


def one_of(field: str, values: Iterable[str], *, or_empty: bool = False) -> Q:
    """A condition for a constraint: `field` holds one of `values` (or nothing)."""
    known = [str(value) for value in values]
    return Q(**{f"{field}__in": [*known, ""] if or_empty else known})


class Award(models.Model):
    """One reward on its road: the offer's condition that it falls under, the outcome, and where it stands.

    `programme` is the offer's programme, `case` and `outcome` are the room cases' references, `condition` the place
    of the offer version's condition. The sheet (code, number, digest) is the one that the offer version carries.
    `nominated_on` is the day it was first nominated. Amounts are the sums of the shares, in whole minor units.
    """

    ref = models.CharField(max_length=REF, unique=True)
    compartment = models.CharField(max_length=REF)
    programme = models.CharField(max_length=REF)
    offer = models.CharField(max_length=REF)
    offer_version = models.PositiveIntegerField()
    condition = models.PositiveSmallIntegerField()
    case = models.CharField(max_length=REF)
    outcome = models.CharField(max_length=REF)
    sheet_code = models.CharField(max_length=REF)
    sheet_number = models.PositiveIntegerField()
    sheet_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=20, default=AwardState.DRAFTED)
    agency = models.CharField(max_length=REF)
    reason = models.TextField()
    form = models.CharField(max_length=16, default=Form.MONEY)
    currency = models.CharField(max_length=CURRENCY)
    requested_minor = models.PositiveBigIntegerField(default=0)
    recommended_minor = models.PositiveBigIntegerField(null=True)
    approved_minor = models.PositiveBigIntegerField(null=True)
    fiscal_year = models.PositiveSmallIntegerField(null=True)
    needs_concurrence = models.BooleanField(default=False)
    protection = models.BooleanField(default=False)
    protection_plan = models.TextField(blank=True)
    drafted_by = models.CharField(max_length=OFFICER)
    drafted_at = models.DateTimeField()
    nominated_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    changed_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        app_label = "awards"
        indexes = [
            models.Index(fields=["compartment", "state", "id"], name="awards_by_state"),
            models.Index(fields=["compartment", "id"], name="awards_by_age"),
            models.Index(fields=["offer", "state"], name="awards_by_offer"),
            models.Index(fields=["outcome"], name="awards_by_outcome"),
            models.Index(fields=["case"], name="awards_by_case"),
        ]
        constraints = [
            models.CheckConstraint(name="award_state_is_known", condition=one_of("state", AwardState)),
            models.CheckConstraint(name="award_form_is_known", condition=one_of("form", Form)),
            models.CheckConstraint(
                name="award_approved_has_an_amount_and_a_year",
                condition=Q(approved_minor__isnull=True, fiscal_year__isnull=True)
                | Q(approved_minor__gt=0, fiscal_year__isnull=False),
            ),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> Q:
        """Awards of the compartments in which the actor has any part; see `access.award_for`."""
        return Q() if actor.everywhere else Q(compartment__in=sorted(actor.compartments))


class Share(models.Model):
    """One source's part of an award: a number and never a name.

    `contributions` are references of the room cases; `received_on` is the tip's day, by which ties are broken.
    """

    award = models.ForeignKey(Award, models.PROTECT, related_name="shares")
    number = models.CharField(max_length=12)
    tip = models.CharField(max_length=REF)
    received_on = models.DateField()
    contributions = models.JSONField()
    requested_minor = models.PositiveBigIntegerField()
    recommended_minor = models.PositiveBigIntegerField(null=True)
    approved_minor = models.PositiveBigIntegerField(null=True)
    offset_minor = models.PositiveBigIntegerField(default=0)
    offset_payer = models.CharField(max_length=200, blank=True)
    vault = models.CharField(max_length=REF, blank=True)

    class Meta:
        app_label = "awards"
        indexes = [models.Index(fields=["tip"], name="shares_by_tip")]
        constraints = [
            models.UniqueConstraint(name="award_numbers_its_sources_once", fields=["award", "number"]),
            models.UniqueConstraint(name="award_counts_a_tip_once", fields=["award", "tip"]),
            models.CheckConstraint(
                name="share_offset_names_who_paid",
                condition=Q(offset_minor=0) | ~Q(offset_payer=""),
            ),
        ]


class Step(models.Model):
    """One move of an award: what, to which state, in which capacity, by whom, when and why. Append-only."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="steps")
    move = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    duty = models.CharField(max_length=12)
    actor = models.CharField(max_length=OFFICER)
    at = models.DateTimeField()
    reason = models.CharField(max_length=REASON, blank=True)

    class Meta:
        app_label = "awards"
        indexes = [models.Index(fields=["award", "id"], name="steps_by_award")]


__all__ = ["CURRENCY", "OFFICER", "REASON", "REF", "Award", "Share", "Step", "one_of"]
