"""The room's tables: envelopes as they came, tips as they were opened, and what was said and judged since.

Nothing points out of the room: officers, offers and compartments are named by reference. A day, never a time,
is kept of what a source did.
"""

from django.db import models
from django.db.models import F, Q

from tipstaff.footing.scoped import ScopedManager
from tipstaff.people.access import Actor, within
from tipstaff.tips.states import (
    Direction,
    Disposition,
    Doubt,
    EnvelopeState,
    MessageKind,
    PublicState,
    SetAside,
    Urgency,
)

REF = 40


def _one_of(field: str, values: object, *, or_empty: bool = False) -> Q:
    known = [str(value) for value in values]  # type: ignore[attr-defined]  # an enum class iterates over its members
    return Q(**{f"{field}__in": [*known, ""] if or_empty else known})


class Envelope(models.Model):
    """One sealed envelope taken from the hatch. The row stays for ever, whatever becomes of it.

    `entry` is the SHA-256 of the sealed body, `leaf` its place in the log, `day` the day the door took it.
    """

    ref = models.CharField(max_length=REF, unique=True)
    entry = models.BinaryField(max_length=32, unique=True)
    leaf = models.PositiveBigIntegerField(db_index=True)
    day = models.DateField()
    mailbox = models.BinaryField(max_length=32)
    compartment = models.CharField(max_length=REF)
    state = models.CharField(max_length=12, default=EnvelopeState.WAITING)
    reason = models.CharField(max_length=16, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=8, blank=True)

    objects = ScopedManager()

    class Meta:
        indexes = [models.Index(fields=["state", "leaf"], name="envelope_by_state")]
        constraints = [
            models.CheckConstraint(name="envelope_state_is_known", condition=_one_of("state", EnvelopeState)),
            models.CheckConstraint(
                name="envelope_set_aside_says_why",
                condition=(Q(state=EnvelopeState.NOT_OPENABLE) & _one_of("reason", SetAside))
                | (~Q(state=EnvelopeState.NOT_OPENABLE) & Q(reason="")),
            ),
            models.CheckConstraint(
                name="envelope_opened_has_a_kind",
                condition=Q(kind__in=["tip", "message"]) | ~Q(state=EnvelopeState.OPENED),
            ),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> Q:
        """Where the actor may see envelopes; whoever may in the office as a whole (who keeps the keys) sees
        all."""
        return Q() if actor.may("tips.envelope.see") else within(actor, "tips.envelope.see")


class Body(models.Model):
    """An envelope's sealed bytes, apart from its row so that lists stay quick. Kept after opening: they
    prove."""

    envelope = models.OneToOneField(Envelope, models.PROTECT, primary_key=True, related_name="sealed")
    body = models.BinaryField()


class Tip(models.Model):
    """What one source told us, opened. Only `urgency`, `state`, the claim and the disposition ever change.

    What goes to and fro is numbered in one row: `numbers` is the last number given, to a message or a state;
    `state_number` the state's; the state Received is number 1. `last_from_source` is the source's last
    message's.
    """

    ref = models.CharField(max_length=REF, unique=True)
    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    mailbox = models.BinaryField(max_length=32, unique=True)
    compartment = models.CharField(max_length=REF)
    day = models.DateField()
    state = models.CharField(max_length=12, default=PublicState.RECEIVED)
    state_on = models.DateField()
    urgency = models.CharField(max_length=12, blank=True, default=Urgency.NOT_SET)
    disposition = models.CharField(max_length=12, blank=True)
    held = models.BooleanField(default=False)
    claimed_by = models.CharField(max_length=REF, blank=True)
    claimed_at = models.DateTimeField(null=True)
    offer = models.CharField(max_length=REF, blank=True)
    offer_version = models.PositiveIntegerField(null=True)
    notice = models.PositiveBigIntegerField()
    language = models.CharField(max_length=16, blank=True)
    may_ask = models.BooleanField()
    reward = models.BooleanField()
    sealed_by = models.CharField(max_length=8)
    doubts = models.CharField(max_length=200, blank=True)
    numbers = models.PositiveIntegerField(default=1)
    state_number = models.PositiveIntegerField(default=1)
    last_from_source = models.PositiveIntegerField(default=0)
    reply = models.CharField(max_length=4_000)
    claim = models.BinaryField(max_length=32)
    people = models.TextField(blank=True)
    places = models.TextField(blank=True)
    dates = models.TextField(blank=True)
    how = models.TextField(blank=True)
    text = models.TextField()

    objects = ScopedManager()

    class Meta:
        indexes = [
            models.Index(fields=["compartment", "held", "id"], name="tip_queue"),
            models.Index(fields=["claimed_by", "id"], name="tip_by_holder"),
        ]
        constraints = [
            models.CheckConstraint(name="tip_state_is_known", condition=_one_of("state", PublicState)),
            models.CheckConstraint(name="tip_urgency_is_known", condition=_one_of("urgency", Urgency)),
            models.CheckConstraint(
                name="tip_disposition_is_known",
                condition=_one_of("disposition", Disposition, or_empty=True),
            ),
            models.CheckConstraint(
                name="tip_is_held_when_somebody_claimed_it",
                condition=(Q(held=True) & ~Q(claimed_by="") & Q(claimed_at__isnull=False))
                | (Q(held=False) & Q(claimed_by="") & Q(claimed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="tip_counts_what_is_said",
                condition=Q(last_from_source__lte=F("numbers"), state_number__lte=F("numbers")),
            ),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> Q:
        """The compartments in which the actor has any part; which verbs there is asked in `access.py`."""
        return Q(compartment__in=sorted(actor.compartments))


class Attachment(models.Model):
    """One sealed file: copied with its envelope, named once that was opened.

    `upload` is the hatch's id of it, empty when the sender named a file that never came. `sealed_size` and
    `sha256` are of the sealed file as copied here; `size` is the sender's word for its length without
    padding.
    """

    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="attachments")
    upload = models.BinaryField(max_length=16, null=True, unique=True)
    tip = models.ForeignKey(Tip, models.PROTECT, null=True, related_name="attachments")
    message = models.PositiveIntegerField(default=0)
    place = models.PositiveSmallIntegerField()
    sealed_size = models.PositiveBigIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.BinaryField(max_length=32, default=b"")
    name = models.CharField(max_length=1_000, blank=True)
    doubt = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="attachment_doubt_is_known", condition=_one_of("doubt", Doubt, or_empty=True)
            )
        ]


class Piece(models.Model):
    """At most 1 MiB of a sealed file, in order. Copied before its envelope is, so that a crash only
    repeats."""

    upload = models.BinaryField(max_length=16)
    number = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="piece_stands_once_in_its_file")
        ]


class Message(models.Model):
    """One message between a source and us. An erased one keeps its place and loses its text.

    `part` is what a notice of a reward, a voucher or the source's answer holds, in the form in which it is
    sealed; `claim_number` counts the answers of all tips.
    """

    tip = models.ForeignKey(Tip, models.PROTECT, related_name="talk")
    number = models.PositiveIntegerField()
    direction = models.CharField(max_length=12)
    kind = models.CharField(max_length=8, default=MessageKind.MESSAGE)
    part = models.JSONField(null=True)
    claim_number = models.PositiveBigIntegerField(null=True, unique=True)
    day = models.DateField()
    author = models.CharField(max_length=REF, blank=True)
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")
    doubt = models.CharField(max_length=16, blank=True)
    erased_by = models.CharField(max_length=REF, blank=True)
    erased_on = models.DateField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tip", "number"], name="message_stands_once_in_its_talk"),
            models.CheckConstraint(
                name="message_direction_is_known", condition=_one_of("direction", Direction)
            ),
            models.CheckConstraint(
                name="message_to_the_source_has_an_author",
                condition=Q(direction=Direction.FROM_SOURCE, author="", envelope__isnull=False)
                | (Q(direction=Direction.TO_SOURCE, envelope__isnull=True) & ~Q(author="")),
            ),
            models.CheckConstraint(
                name="message_erased_has_no_text",
                condition=Q(erased_on__isnull=True) | Q(text="", part__isnull=True),
            ),
            models.CheckConstraint(
                name="message_kind_fits_who_wrote_it",
                condition=Q(kind=MessageKind.MESSAGE)
                | Q(kind__in=[MessageKind.REWARD, MessageKind.VOUCHER], direction=Direction.TO_SOURCE)
                | Q(kind=MessageKind.CLAIM, direction=Direction.FROM_SOURCE),
            ),
            models.CheckConstraint(
                name="message_about_a_reward_has_its_part",
                condition=Q(kind=MessageKind.MESSAGE, part__isnull=True)
                | (~Q(kind=MessageKind.MESSAGE) & (Q(part__isnull=False) | Q(erased_on__isnull=False))),
            ),
            models.CheckConstraint(
                name="message_is_numbered_among_the_answers_when_it_is_one",
                condition=Q(kind=MessageKind.CLAIM, claim_number__isnull=False)
                | (~Q(kind=MessageKind.CLAIM) & Q(claim_number__isnull=True)),
            ),
        ]


class Note(models.Model):
    """A note for colleagues, never for the source. Append-only."""

    tip = models.ForeignKey(Tip, models.PROTECT, related_name="notes")
    author = models.CharField(max_length=REF)
    at = models.DateTimeField()
    text = models.TextField()


class Judgement(models.Model):
    """What an officer said a tip is, and why. Append-only: a correction is a new row, the old one stays
    readable."""

    tip = models.ForeignKey(Tip, models.PROTECT, related_name="judgements")
    kind = models.CharField(max_length=12)
    reason = models.TextField()
    author = models.CharField(max_length=REF)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="judgement_kind_is_known", condition=_one_of("kind", Disposition)),
            models.CheckConstraint(name="judgement_has_a_reason", condition=~Q(reason="")),
        ]


class Reading(models.Model):
    """How far one officer has read one tip's talk: message numbers up to `upto`; zero is the tip itself."""

    tip = models.ForeignKey(Tip, models.PROTECT, related_name="readings")
    officer = models.CharField(max_length=REF)
    upto = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tip", "officer"], name="reading_is_one_for_each_officer")
        ]
