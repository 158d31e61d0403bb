"""The tables of the rulebook. A sheet's text and its history are append-only; only where it stands moves on."""

from django.db import models
from django.db.models import F, Q

from tipstaff.footing.scoped import ScopedManager
from tipstaff.people.access import Actor
from tipstaff.rulebook.policy.sheets import LONGEST_REASON
from tipstaff.rulebook.states import SheetState

REF_LENGTH = 24
OFFICER_LENGTH = 150
# Plain values: a migration must not import what may change after it.
_STATES = [state.value for state in SheetState]
_OPEN = ["proposed", "seconded"]


class SheetText(models.Model):
    """A sheet's text as it was proposed, for good; `digest` is the SHA-256 of its canonical form. Append-only."""

    content = models.JSONField()
    digest = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=OFFICER_LENGTH)
    proposed_at = models.DateTimeField()

    class Meta:
        app_label = "rulebook"

    def __str__(self) -> str:
        return self.digest


class RuleSheet(models.Model):
    """One proposed sheet: which number of which code, where it stands, and which officers let it.

    `in_force_on` is the day from which it counts: the one its text names, never before its second approval.
    """

    ref = models.CharField(max_length=REF_LENGTH, unique=True)
    compartment = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    text = models.OneToOneField(SheetText, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.name) for s in SheetState])
    proposed_by = models.CharField(max_length=OFFICER_LENGTH)
    seconded_by = models.CharField(max_length=OFFICER_LENGTH, blank=True)
    approved_by = models.CharField(max_length=OFFICER_LENGTH, blank=True)
    in_force_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        app_label = "rulebook"
        constraints = [
            models.CheckConstraint(name="sheet_state_is_known", condition=Q(state__in=_STATES)),
            models.UniqueConstraint(
                name="sheet_number_is_given_once",
                fields=["compartment", "code", "number"],
                condition=Q(state="in-force"),
            ),
            models.UniqueConstraint(
                name="sheet_is_proposed_once", fields=["compartment", "code"], condition=Q(state__in=_OPEN)
            ),
            models.CheckConstraint(
                name="sheet_has_a_second_officer",
                condition=Q(seconded_by="") | ~Q(seconded_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="sheet_has_a_third_officer",
                condition=Q(approved_by="")
                | (~Q(approved_by=F("proposed_by")) & ~Q(approved_by=F("seconded_by"))),
            ),
            models.CheckConstraint(
                name="sheet_in_force_names_its_officers_and_its_day",
                condition=~Q(state="in-force")
                | (~Q(seconded_by="") & ~Q(approved_by="") & Q(in_force_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"

    @classmethod
    def visible_to(cls, actor: Actor) -> Q:
        """Sheets of compartments in which `actor` has anything to do; see `access.sheet_for`."""
        return Q() if actor.everywhere else Q(compartment__in=sorted(actor.compartments))


class SheetStep(models.Model):
    """One move of a sheet: what, to which state, by whom, when and why. Append-only."""

    sheet = models.ForeignKey(RuleSheet, models.PROTECT, related_name="steps")
    move = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    actor = models.CharField(max_length=OFFICER_LENGTH)
    at = models.DateTimeField()
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        app_label = "rulebook"

    def __str__(self) -> str:
        return self.move
