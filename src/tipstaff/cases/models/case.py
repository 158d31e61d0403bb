"""A case: whose it is, where it stands, which tips are sources in it, and what is to be done."""

from django.db import models
from django.db.models import Q

from tipstaff.cases.states import CaseState
from tipstaff.footing.scoped import ScopedManager
from tipstaff.people.access import Actor

REF = 24
OFFICER = 150
COMPARTMENT = 40


class Case(models.Model):
    """One case. `home` is the compartment where it was opened: its figures are counted there.

    `sources`, `findings`, `outcomes`, `contributions` and `tasks` are the last numbers given in it, under its lock.
    """

    ref = models.CharField(max_length=REF, unique=True)
    title = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    home = models.CharField(max_length=COMPARTMENT)
    state = models.CharField(max_length=10, default=CaseState.OPEN.value)
    state_on = models.DateField()
    opened_by = models.CharField(max_length=OFFICER)
    opened_on = models.DateField()
    sources = models.PositiveIntegerField(default=0)
    findings = models.PositiveIntegerField(default=0)
    outcomes = models.PositiveIntegerField(default=0)
    contributions = models.PositiveIntegerField(default=0)
    tasks = models.PositiveIntegerField(default=0)

    objects = ScopedManager()

    class Meta:
        app_label = "cases"
        constraints = [
            models.CheckConstraint(
                name="case_state_is_known", condition=Q(state__in=[state.value for state in CaseState])
            ),
            models.CheckConstraint(name="case_has_a_title", condition=~Q(title="")),
        ]
        indexes = [models.Index(name="case_list", fields=["state", "id"])]

    def __str__(self) -> str:
        return self.ref

    @classmethod
    def visible_to(cls, actor: Actor) -> Q:
        """Cases of a compartment in which `actor` has any part; which verbs there is asked in `access.py`."""
        if actor.everywhere:
            return Q()
        mine = CaseCompartment.objects.filter(compartment__in=sorted(actor.compartments))
        return Q(pk__in=mine.values("case"))


class CaseCompartment(models.Model):
    """A compartment that a case belongs to: its officers see the case. Append-only."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="compartments")
    compartment = models.CharField(max_length=COMPARTMENT, db_index=True)
    shared_by = models.CharField(max_length=OFFICER)
    at = models.DateTimeField()

    class Meta:
        app_label = "cases"
        constraints = [
            models.UniqueConstraint(name="case_belongs_to_a_compartment_once", fields=["case", "compartment"])
        ]

    def __str__(self) -> str:
        return self.compartment


class CaseSource(models.Model):
    """A tip under the number that it has in one case (`S-1`), with what decides on rewards. Append-only.

    `tip_day` is the day the tip came; `offer` and `offer_version` what it answered, as the tip itself says.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    tip = models.CharField(max_length=REF, db_index=True)
    tip_day = models.DateField()
    offer = models.CharField(max_length=40, blank=True)
    offer_version = models.PositiveIntegerField(null=True)

    class Meta:
        app_label = "cases"
        constraints = [
            models.UniqueConstraint(name="source_number_stands_once_in_its_case", fields=["case", "number"]),
            models.UniqueConstraint(name="tip_has_one_number_in_a_case", fields=["case", "tip"]),
        ]

    def __str__(self) -> str:
        return f"S-{self.number}"


class Note(models.Model):
    """A note in a case, for colleagues. Append-only."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    text = models.TextField()
    author = models.CharField(max_length=OFFICER)
    at = models.DateTimeField()

    class Meta:
        app_label = "cases"
        constraints = [models.CheckConstraint(name="case_note_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"note {self.pk}"


class Task(models.Model):
    """Something to be done in a case, by somebody, by a day (UTC). Only its being done ever changes."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    assignee = models.CharField(max_length=OFFICER)
    due_on = models.DateField()
    given_by = models.CharField(max_length=OFFICER)
    given_at = models.DateTimeField()
    done_by = models.CharField(max_length=OFFICER, blank=True)
    done_on = models.DateField(null=True)

    class Meta:
        app_label = "cases"
        constraints = [
            models.UniqueConstraint(name="task_number_stands_once_in_its_case", fields=["case", "number"]),
            models.CheckConstraint(
                name="task_is_done_by_somebody_on_a_day",
                condition=Q(done_by="", done_on__isnull=True) | (~Q(done_by="") & Q(done_on__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(name="tasks_of_a_case", fields=["case", "done_on", "due_on"]),
            models.Index(name="tasks_of_an_officer", fields=["assignee", "done_on", "due_on"]),
        ]

    def __str__(self) -> str:
        return f"task {self.number}"
