"""The tables of offers. What was proposed, published or done is append-only; an offer's own row moves on."""

from django.db import models
from django.db.models import F, Q

from tipstaff.footing.scoped import ScopedManager
from tipstaff.offers.policy import LONGEST_REASON
from tipstaff.offers.states import PUBLIC, RUNNING, AmendmentState, OfferState
from tipstaff.people.access import Actor

REF_LENGTH = 24
OFFICER_LENGTH = 150
# Plain values: a migration must not import what may change after it.
_PUBLIC = sorted(state.value for state in PUBLIC)
_RUNNING = sorted(state.value for state in RUNNING)


class Programme(models.Model):
    """What all offers of one programme file share. `content` keeps agencies and the office's own texts.

    `rules` is the code of the rule sheet that what is published from now on carries; empty: none.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    compartment = models.CharField(max_length=40)
    authority = models.CharField(max_length=60)
    rules = models.CharField(max_length=40, blank=True, default="")
    ceiling_minor = models.PositiveBigIntegerField()
    ceiling_currency = models.CharField(max_length=3)
    languages = models.JSONField()
    content = models.JSONField()
    loaded_by = models.CharField(max_length=OFFICER_LENGTH)
    loaded_at = models.DateTimeField()

    class Meta:
        app_label = "offers"

    def __str__(self) -> str:
        return self.code


class Offer(models.Model):
    """One offer: where it stands, its text in work (empty: none), which version is proposed, which public."""

    ref = models.CharField(max_length=REF_LENGTH, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=40)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.name) for s in OfferState], default=OfferState.DRAFT.value
    )
    amendment = models.CharField(
        max_length=10, choices=[(s.value, s.name) for s in AmendmentState], default=AmendmentState.NONE.value
    )
    draft = models.JSONField(default=dict, blank=True)
    draft_revision = models.PositiveIntegerField(default=0)
    latest_version = models.PositiveIntegerField(default=0)
    proposed_version = models.PositiveIntegerField(null=True)
    proposed_by = models.CharField(max_length=OFFICER_LENGTH, blank=True)
    approved_by = models.CharField(max_length=OFFICER_LENGTH, blank=True)
    public_version = models.PositiveIntegerField(null=True)
    expires_on = models.DateField(null=True)
    changed_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        app_label = "offers"
        constraints = [
            models.CheckConstraint(
                name="offer_state_is_known", condition=Q(state__in=[s.value for s in OfferState])
            ),
            models.CheckConstraint(
                name="offer_amendment_is_known", condition=Q(amendment__in=[s.value for s in AmendmentState])
            ),
            models.CheckConstraint(
                name="public_offer_has_a_version",
                condition=Q(state__in=_PUBLIC, public_version__isnull=False, changed_on__isnull=False)
                | Q(~Q(state__in=_PUBLIC), public_version__isnull=True),
            ),
            models.CheckConstraint(
                name="only_running_offers_are_amended",
                condition=Q(state__in=_RUNNING) | Q(amendment=AmendmentState.NONE.value),
            ),
            models.CheckConstraint(
                name="offer_is_approved_by_a_second_officer",
                condition=Q(approved_by="") | ~Q(approved_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="approved_offer_names_its_approver",
                condition=~(Q(state=OfferState.APPROVED.value) | Q(amendment=AmendmentState.APPROVED.value))
                | ~Q(approved_by=""),
            ),
        ]
        indexes = [models.Index(name="offers_by_last_day", fields=["expires_on"])]

    def __str__(self) -> str:
        return self.ref

    @classmethod
    def visible_to(cls, actor: Actor) -> Q:
        """Offers of compartments in which `actor` has anything to do; see `access.offer_for`."""
        return Q() if actor.everywhere else Q(compartment__in=sorted(actor.compartments))


class OfferVersion(models.Model):
    """A text that was proposed, word for word and for good. Whoever approves or publishes names this row.

    `content` is `text.to_json` without the conditions, which are rows of their own; `digest` is the SHA-256
    of the whole text's canonical form.
    """

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=OFFICER_LENGTH)
    proposed_at = models.DateTimeField()

    class Meta:
        app_label = "offers"
        constraints = [
            models.UniqueConstraint(name="offer_numbers_its_versions_once", fields=["offer", "number"])
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class Condition(models.Model):
    """What a version promises money for, with a cap of its own. Append-only, like its version."""

    version = models.ForeignKey(OfferVersion, models.PROTECT, related_name="conditions")
    place = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=40)
    target_kind = models.CharField(max_length=20)
    target = models.JSONField()
    conduct = models.JSONField()
    region = models.CharField(max_length=80)
    elements = models.JSONField()
    paragraphs = models.JSONField()
    cap_minor = models.PositiveBigIntegerField()
    cap_currency = models.CharField(max_length=3)

    class Meta:
        app_label = "offers"
        constraints = [
            models.UniqueConstraint(name="version_places_its_conditions_once", fields=["version", "place"]),
            models.CheckConstraint(name="condition_promises_something", condition=Q(cap_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"condition {self.place}"


class PinnedSheet(models.Model):
    """The rule sheet that a version was published under: whoever is paid under it is paid by these numbers.

    Another room's sheet, so its code, number and digest are kept as values. Append-only.
    """

    version = models.OneToOneField(OfferVersion, models.PROTECT, related_name="sheet")
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        app_label = "offers"

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


class Step(models.Model):
    """One move of an offer: what, to which states, by whom, when and why. Append-only."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="steps")
    move = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    amendment = models.CharField(max_length=10)
    version = models.PositiveIntegerField(null=True)
    actor = models.CharField(max_length=OFFICER_LENGTH)
    at = models.DateTimeField()
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        app_label = "offers"

    def __str__(self) -> str:
        return self.move


class NoticeCounter(models.Model):
    """One row: the last notice's number. Locking it queues publications, so that none overtakes another."""

    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        app_label = "offers"
        constraints = [models.CheckConstraint(name="there_is_one_notice_counter", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.last)


class Publication(models.Model):
    """A notice as it was handed to the outbox: which versions were public from then on. Append-only."""

    number = models.PositiveBigIntegerField(primary_key=True)
    cause = models.CharField(max_length=80)
    text = models.TextField()
    actor = models.CharField(max_length=OFFICER_LENGTH)
    at = models.DateTimeField()

    class Meta:
        app_label = "offers"

    def __str__(self) -> str:
        return f"notice {self.number}"
