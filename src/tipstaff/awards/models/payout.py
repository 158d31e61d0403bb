"""How a share reaches a hand: the source's answer, the checks, the voucher, the hand-over before two witnesses.

No identity stands here. A payout's page for the paymaster is made of `Payout` and `HandOver` alone.
"""

from django.db import models
from django.db.models import Q

from tipstaff.awards.models.award import CURRENCY, OFFICER, REASON, REF, Share, one_of
from tipstaff.awards.states import ClaimState, PayoutState, Verdict
from tipstaff.footing.scoped import ScopedManager
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor


class SourceClaim(models.Model):
    """What one source was asked and answered; `challenge` is what accepting signs with the receipt's key.

    `answers` maps a question to yes, no or unknown. `signed` and `signature` are kept, so that the paymaster's page can
    check them again; `message` is the number by which the room tips knows the answer.
    """

    ref = models.CharField(max_length=REF, unique=True)
    share = models.ForeignKey(Share, models.PROTECT, related_name="claims")
    challenge = models.BinaryField(max_length=32)
    questions = models.JSONField()
    state = models.CharField(max_length=10, default=ClaimState.ASKED)
    asked_on = models.DateField()
    answer_by = models.DateField()
    answers = models.JSONField(default=dict)
    answered_on = models.DateField(null=True)
    message = models.PositiveBigIntegerField(null=True)
    signed = models.BinaryField(default=b"")
    signature = models.BinaryField(max_length=64, default=b"")
    claim_key = models.BinaryField(max_length=32)
    review_reason = models.TextField(blank=True)
    review_on = models.DateField(null=True)

    class Meta:
        app_label = "awards"
        indexes = [models.Index(fields=["state", "answer_by"], name="claims_by_last_day")]
        constraints = [
            models.CheckConstraint(name="claim_state_is_known", condition=one_of("state", ClaimState)),
            models.CheckConstraint(
                name="claim_accepted_is_signed",
                condition=~Q(state=ClaimState.ACCEPTED) | ~Q(signature=b""),
            ),
        ]


class Heard(models.Model):
    """One answer that came through a mailbox, and what became of it: also those that moved nothing. Append-only.

    `number` is the room tips' own, so that none is heard twice and none is passed over. Only what was signed at a
    window is kept, so that it can be checked again: this table forgets nothing, and holds no word of a source. A day
    and no time: this is an act of a source.
    """

    number = models.PositiveBigIntegerField(unique=True)
    tip = models.CharField(max_length=REF)
    claim = models.CharField(max_length=REF)
    answer = models.CharField(max_length=10)
    verdict = models.CharField(max_length=20)
    challenge = models.BinaryField(max_length=32)
    signed = models.BinaryField()
    signature = models.BinaryField(max_length=64)
    day = models.DateField()

    class Meta:
        app_label = "awards"
        indexes = [
            models.Index(fields=["tip"], name="heard_by_tip"),
            models.Index(fields=["claim"], name="heard_by_claim"),
        ]
        constraints = [
            models.CheckConstraint(name="heard_verdict_is_known", condition=one_of("verdict", Verdict))
        ]


class PayeeCheck(models.Model):
    """A check of a payee against a list or a bar, by number: clear or not, when, by whom. Append-only."""

    share = models.ForeignKey(Share, models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=20)
    clear = models.BooleanField()
    source = models.CharField(max_length=200)
    note = models.CharField(max_length=REASON, blank=True)
    actor = models.CharField(max_length=OFFICER)
    at = models.DateTimeField()

    class Meta:
        app_label = "awards"
        constraints = [
            models.CheckConstraint(
                name="check_kind_is_known", condition=one_of("kind", ("sanctions", "barred"))
            )
        ]


class Payout(models.Model):
    """One share as the paymaster sees it: amount, voucher, window and place.

    The voucher's code is kept as its SHA-256 alone; the code itself is sealed to the source. `number` counts the
    vouchers of a share: a newer one makes the one before worthless. `window` is the six-digit number that the paymaster
    reads out once the voucher was presented, and `challenge` what the source's key has to sign with it.
    """

    ref = models.CharField(max_length=REF, unique=True)
    compartment = models.CharField(max_length=REF)
    share = models.ForeignKey(Share, models.PROTECT, related_name="payouts")
    number = models.PositiveSmallIntegerField()
    voucher_sha256 = models.BinaryField(max_length=32, unique=True)
    amount_minor = models.PositiveBigIntegerField()
    paid_minor = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=CURRENCY)
    place = models.CharField(max_length=200)
    opens_on = models.DateField()
    closes_on = models.DateField()
    state = models.CharField(max_length=10, default=PayoutState.ISSUED)
    claim = models.CharField(max_length=REF)
    window = models.CharField(max_length=6, blank=True)
    challenge = models.BinaryField(max_length=32, default=b"")
    collected_on = models.DateField(null=True)
    issued_by = models.CharField(max_length=OFFICER)
    issued_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        app_label = "awards"
        indexes = [models.Index(fields=["compartment", "state", "closes_on"], name="payouts_by_last_day")]
        constraints = [
            models.UniqueConstraint(name="share_numbers_its_vouchers_once", fields=["share", "number"]),
            models.CheckConstraint(name="payout_state_is_known", condition=one_of("state", PayoutState)),
            models.CheckConstraint(name="payout_pays_something", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="payout_pays_no_more_than_its_amount",
                condition=Q(paid_minor__lte=models.F("amount_minor")),
            ),
        ]

    @property
    def left(self) -> Money:
        """What the voucher is still good for."""
        return Money(self.amount_minor - self.paid_minor, self.currency)

    @classmethod
    def visible_to(cls, actor: Actor) -> Q:
        """Payouts of the compartments in which the actor has any part."""
        return Q() if actor.everywhere else Q(compartment__in=sorted(actor.compartments))


class WrongVoucher(models.Model):
    """A paymaster typed a code that fits no voucher; the code is not kept. Append-only."""

    officer = models.CharField(max_length=OFFICER)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        app_label = "awards"
        indexes = [models.Index(fields=["officer", "day"], name="wrong_vouchers_by_day")]


class HandOver(models.Model):
    """Money from hand to hand, begun by the paymaster; final with the second witness. Append-only.

    `window` is the number of the presentation that it belongs to: once that is cancelled, nobody can
    witness it any more.
    """

    payout = models.ForeignKey(Payout, models.PROTECT, related_name="hand_overs")
    window = models.CharField(max_length=6)
    minor = models.PositiveBigIntegerField()
    paymaster = models.CharField(max_length=OFFICER)
    at = models.DateTimeField()

    class Meta:
        app_label = "awards"
        constraints = [
            models.CheckConstraint(name="hand_over_hands_something", condition=Q(minor__gt=0)),
            models.UniqueConstraint(name="hand_over_begins_once_at_a_window", fields=["payout", "window"]),
        ]


class Witness(models.Model):
    """An officer who saw a hand-over. Append-only."""

    hand_over = models.ForeignKey(HandOver, models.PROTECT, related_name="witnesses")
    officer = models.CharField(max_length=OFFICER)
    at = models.DateTimeField()

    class Meta:
        app_label = "awards"
        constraints = [models.UniqueConstraint(name="witness_signs_once", fields=["hand_over", "officer"])]
