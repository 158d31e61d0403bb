"""The committee: its meetings, who sits, what is on the docket, and what each member declared, scored and voted."""

from django.db import models
from django.db.models import F, Q

from tipstaff.awards.models.award import OFFICER, REASON, REF, Award, one_of
from tipstaff.awards.states import Choice, ItemState, MeetingState
from tipstaff.footing.scoped import ScopedManager
from tipstaff.people.access import Actor


class Meeting(models.Model):
    """A meeting of a compartment's committee on a day."""

    ref = models.CharField(max_length=REF, unique=True)
    compartment = models.CharField(max_length=REF)
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    state = models.CharField(max_length=8, default=MeetingState.PLANNED)
    convened_by = models.CharField(max_length=OFFICER)
    convened_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        app_label = "awards"
        indexes = [models.Index(fields=["compartment", "held_on"], name="meetings_by_day")]
        constraints = [
            models.CheckConstraint(name="meeting_state_is_known", condition=one_of("state", MeetingState))
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> Q:
        """Meetings of the compartments in which the actor has any part."""
        return Q() if actor.everywhere else Q(compartment__in=sorted(actor.compartments))


class Seat(models.Model):
    """A member who was called to a meeting. Append-only."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="seats")
    officer = models.CharField(max_length=OFFICER)

    class Meta:
        app_label = "awards"
        constraints = [models.UniqueConstraint(name="member_sits_once", fields=["meeting", "officer"])]


class Item(models.Model):
    """An award on the docket of a meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    award = models.ForeignKey(Award, models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, default=ItemState.LISTED)
    packet_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        app_label = "awards"
        constraints = [
            models.UniqueConstraint(name="docket_lists_an_award_once", fields=["meeting", "award"]),
            models.UniqueConstraint(name="docket_has_one_item_a_place", fields=["meeting", "place"]),
            models.CheckConstraint(name="item_state_is_known", condition=one_of("state", ItemState)),
        ]


class Conflict(models.Model):
    """A member's declaration before the packet opens: a conflict (then why), or none. Append-only."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="conflicts")
    officer = models.CharField(max_length=OFFICER)
    conflicted = models.BooleanField()
    reason = models.CharField(max_length=REASON, blank=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "awards"
        constraints = [
            models.UniqueConstraint(name="member_declares_once", fields=["item", "officer"]),
            models.CheckConstraint(name="conflict_says_why", condition=Q(conflicted=False) | ~Q(reason="")),
        ]


class ScoreSheet(models.Model):
    """A member's scores, private until they are submitted and blind to the others until the vote.

    `levels` maps a share's number to factor to `{"level": 0–4, "because": sentence}`.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="score_sheets")
    officer = models.CharField(max_length=OFFICER)
    levels = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "awards"
        constraints = [models.UniqueConstraint(name="member_scores_once", fields=["item", "officer"])]


class Motion(models.Model):
    """What is put to the vote: to recommend these amounts, or to decline. Append-only.

    `amounts` maps a share's number to whole minor units.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="motions")
    number = models.PositiveSmallIntegerField()
    recommend = models.BooleanField()
    amounts = models.JSONField(default=dict)
    text = models.CharField(max_length=REASON)
    put_by = models.CharField(max_length=OFFICER)
    at = models.DateTimeField()

    class Meta:
        app_label = "awards"
        constraints = [
            models.UniqueConstraint(name="item_numbers_its_motions_once", fields=["item", "number"])
        ]


class Vote(models.Model):
    """A member's recorded vote with its reason; against the majority the reason is the dissent. Append-only."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="votes")
    officer = models.CharField(max_length=OFFICER)
    choice = models.CharField(max_length=8)
    reason = models.CharField(max_length=REASON)
    at = models.DateTimeField()

    class Meta:
        app_label = "awards"
        constraints = [
            models.UniqueConstraint(name="member_votes_once", fields=["motion", "officer"]),
            models.CheckConstraint(name="vote_choice_is_known", condition=one_of("choice", Choice)),
            models.CheckConstraint(name="vote_says_why", condition=~Q(reason="")),
        ]


class Count(models.Model):
    """A vote that was closed: what was counted, the quorum it was held to, and whether the motion was carried.

    Append-only. A motion without a count is still open, or its item was deferred before it was counted.
    """

    motion = models.OneToOneField(Motion, models.PROTECT, related_name="count")
    in_favour = models.PositiveSmallIntegerField()
    against = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField()
    quorum = models.PositiveSmallIntegerField()
    carried = models.BooleanField()
    closed_by = models.CharField(max_length=OFFICER)
    at = models.DateTimeField()

    class Meta:
        app_label = "awards"
        constraints = [
            models.CheckConstraint(
                name="count_reaches_its_quorum",
                condition=Q(quorum__lte=F("in_favour") + F("against") + F("abstained")),
            ),
            models.CheckConstraint(
                name="count_carried_has_a_majority",
                condition=Q(carried=True, in_favour__gt=F("against"))
                | Q(carried=False, in_favour__lte=F("against")),
            ),
        ]
