"""What was determined by which rules, concurred in, decided, and written down in a memorandum."""

from django.db import models
from django.db.models import F, Q

from tipstaff.awards.models.award import OFFICER, REASON, REF, Award, one_of
from tipstaff.awards.states import DelegationState
from tipstaff.footing.scoped import ScopedManager
from tipstaff.people.access import Actor


class Determination(models.Model):
    """The rules applied to the facts of one stage: facts, sheet and verdicts, so that it can be run again. Append-only.

    `content` is the canonical JSON of `rulebook.determination.Determination`, `digest` its SHA-256.
    """

    award = models.ForeignKey(Award, models.PROTECT, related_name="determinations")
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=16)
    allowed = models.BooleanField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    actor = models.CharField(max_length=OFFICER)
    at = models.DateTimeField()

    class Meta:
        app_label = "awards"
        constraints = [
            models.UniqueConstraint(name="award_numbers_its_determinations_once", fields=["award", "number"])
        ]


class Concurrence(models.Model):
    """The Attorney General's answer (R4): given or refused, with its reference. Append-only."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="concurrences")
    given = models.BooleanField()
    reference = models.CharField(max_length=200)
    reason = models.CharField(max_length=REASON, blank=True)
    actor = models.CharField(max_length=OFFICER)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        app_label = "awards"
        constraints = [
            models.CheckConstraint(
                name="concurrence_refused_says_why", condition=Q(given=True) | ~Q(reason="")
            )
        ]


class Delegation(models.Model):
    """The Secretary's power to decide, lent to a delegate up to an amount, from a day to a day."""

    ref = models.CharField(max_length=REF, unique=True)
    compartment = models.CharField(max_length=REF)
    principal = models.CharField(max_length=OFFICER)
    delegate = models.CharField(max_length=OFFICER)
    most_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, default=DelegationState.GIVEN)
    given_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=OFFICER, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=OFFICER, blank=True)
    ended_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        app_label = "awards"
        constraints = [
            models.CheckConstraint(
                name="delegation_state_is_known", condition=one_of("state", DelegationState)
            ),
            models.CheckConstraint(name="delegation_is_to_another", condition=~Q(principal=F("delegate"))),
            models.CheckConstraint(
                name="delegation_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="delegation_is_confirmed_by_a_third",
                condition=Q(confirmed_by="")
                | ~(Q(confirmed_by=F("principal")) | Q(confirmed_by=F("delegate"))),
            ),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> Q:
        """Delegations of the compartments in which the actor has any part."""
        return Q() if actor.everywhere else Q(compartment__in=sorted(actor.compartments))


class Ruling(models.Model):
    """The decision: approved as recommended, changed, or denied; personally or by delegation. Append-only.

    `amounts` maps a share's number to whole minor units; empty when denied. `motion` is the one that a board carried:
    it decided then, and `actor` counted.
    """

    award = models.ForeignKey(Award, models.PROTECT, related_name="rulings")
    kind = models.CharField(max_length=8)
    amounts = models.JSONField(default=dict)
    reason = models.CharField(max_length=REASON)
    personally = models.BooleanField()
    delegation = models.CharField(max_length=REF, blank=True)
    motion = models.OneToOneField("awards.Motion", models.PROTECT, null=True, related_name="ruling")
    actor = models.CharField(max_length=OFFICER)
    at = models.DateTimeField()

    class Meta:
        app_label = "awards"
        constraints = [
            models.CheckConstraint(
                name="ruling_kind_is_known", condition=one_of("kind", ("approve", "change", "deny"))
            ),
            models.CheckConstraint(
                name="ruling_is_personal_or_delegated",
                condition=Q(personally=True, delegation="") | (Q(personally=False) & ~Q(delegation="")),
            ),
            models.CheckConstraint(
                name="ruling_of_a_board_is_its_own", condition=Q(motion__isnull=True) | Q(personally=True)
            ),
            models.CheckConstraint(name="ruling_says_why", condition=~Q(reason="")),
        ]


class Memorandum(models.Model):
    """A decision memorandum as it was issued: the record it is set from, word for word. Append-only.

    `content` is canonical JSON (`awards.memorandum.document`), `digest` its SHA-256, which each page's footer carries.
    """

    award = models.ForeignKey(Award, models.PROTECT, related_name="memoranda")
    number = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    actor = models.CharField(max_length=OFFICER)
    at = models.DateTimeField()

    class Meta:
        app_label = "awards"
        constraints = [
            models.UniqueConstraint(name="award_numbers_its_memoranda_once", fields=["award", "number"])
        ]
