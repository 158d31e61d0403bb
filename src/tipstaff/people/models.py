"""Agencies, compartments, officers, their grants, and what sign-in must remember."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from tipstaff.people.passwords import too_long
from tipstaff.people.roles import EITHER_ROLES, OFFICE, OFFICE_ROLES, ROLES
from tipstaff.people.states import GrantState

CODE_LENGTH = 40
NAME_LENGTH = 120


class Agency(models.Model):
    """A body that officers belong to."""

    code = models.CharField(max_length=CODE_LENGTH, primary_key=True)
    name = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        app_label = "people"
        constraints = [models.CheckConstraint(name="agency_has_a_code", condition=~Q(code=""))]

    def __str__(self) -> str:
        return self.name


class Compartment(models.Model):
    """What a group of officers may see and others may not. `office` is the one that owns people, keys and
    log.
    """

    code = models.CharField(max_length=CODE_LENGTH, primary_key=True)
    name = models.CharField(max_length=NAME_LENGTH)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")

    class Meta:
        app_label = "people"
        constraints = [models.CheckConstraint(name="compartment_has_a_code", condition=~Q(code=""))]

    def __str__(self) -> str:
        return self.name


class Officer(AbstractBaseUser):
    """Somebody with a name, an agency and a way to sign in. What they may do stands in their grants alone.

    `opening_until` is set while the password is the opening code that an administrator handed over: until it
    is replaced nothing else can be done, and after that time it opens nothing.
    """

    username = models.CharField(max_length=CODE_LENGTH, unique=True)
    full_name = models.CharField(max_length=NAME_LENGTH)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField()
    opening_until = models.DateTimeField(null=True)

    objects = BaseUserManager["Officer"]()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        app_label = "people"
        constraints = [
            models.CheckConstraint(name="officer_has_a_username", condition=~Q(username="")),
            models.CheckConstraint(
                name="officer_username_is_lower_case", condition=Q(username=Lower("username"))
            ),
            models.CheckConstraint(name="officer_has_a_name", condition=~Q(full_name="")),
        ]

    def __str__(self) -> str:
        return self.full_name

    def check_password(self, raw_password: str | None) -> bool:
        """Is it this officer's? One that is too long is not, and no key is derived to find out."""
        return (
            raw_password is not None and not too_long(raw_password) and super().check_password(raw_password)
        )

    def get_full_name(self) -> str:
        """For allauth and for pages."""
        return self.full_name

    @property
    def ref(self) -> str:
        """How records name this officer."""
        return self.username


class Grant(models.Model):
    """A role in a compartment for one officer, given by a second officer and confirmed by a third.

    A founding grant is one of the first two officers', recorded when the office was made: nobody was there
    to give it. Days count in UTC; `ends_on` is the last day it holds, `ended_on` the first day it no longer
    does.
    """

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    role = models.CharField(max_length=CODE_LENGTH)
    compartment = models.ForeignKey(Compartment, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=GrantState.GIVEN.value)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    founding = models.BooleanField(default=False)
    given_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    given_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        app_label = "people"
        constraints = [
            models.CheckConstraint(
                name="grant_state_is_known", condition=Q(state__in=[s.value for s in GrantState])
            ),
            models.CheckConstraint(name="grant_role_is_known", condition=Q(role__in=sorted(ROLES))),
            models.CheckConstraint(
                name="grant_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="grant_of_an_office_role_is_in_the_office",
                condition=(Q(role__in=sorted(OFFICE_ROLES)) & Q(compartment=OFFICE))
                | (~Q(role__in=sorted(OFFICE_ROLES | EITHER_ROLES)) & ~Q(compartment=OFFICE))
                | Q(role__in=sorted(EITHER_ROLES)),
            ),
            models.CheckConstraint(
                name="grant_has_a_giver_or_is_founding",
                condition=Q(founding=True, given_by__isnull=True, confirmed_by__isnull=True)
                | Q(founding=False, given_by__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_is_not_given_by_its_holder",
                condition=Q(given_by__isnull=True) | ~Q(given_by=F("officer")),
            ),
            models.CheckConstraint(
                name="grant_is_not_confirmed_by_its_holder",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("officer")),
            ),
            models.CheckConstraint(
                name="grant_is_confirmed_by_a_second_officer",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("given_by")),
            ),
            models.CheckConstraint(
                name="grant_in_force_was_confirmed",
                condition=~Q(state=GrantState.CONFIRMED.value)
                | Q(founding=True)
                | Q(confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_confirmed_has_its_time",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_ended_says_by_whom_and_when",
                condition=(
                    Q(state=GrantState.ENDED.value) & Q(ended_by__isnull=False, ended_on__isnull=False)
                )
                | (~Q(state=GrantState.ENDED.value) & Q(ended_by__isnull=True, ended_on__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["officer", "state"], name="grant_by_officer")]

    def __str__(self) -> str:
        return f"{self.role} in {self.compartment_id}"


class SpentCode(models.Model):
    """A time step whose code an officer has used: the second use is refused, however long the code is
    accepted.
    """

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    step = models.BigIntegerField()

    class Meta:
        app_label = "people"
        constraints = [models.UniqueConstraint(fields=["officer", "step"], name="code_is_spent_once")]

    def __str__(self) -> str:
        return f"step {self.step}"


class SignInLimit(models.Model):
    """The cache that sign-in limits count in: shared by all processes, in the shape of Django's database
    cache.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "people"
        db_table = "people_sign_in_limits"

    def __str__(self) -> str:
        return self.cache_key
