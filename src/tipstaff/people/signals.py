"""What allauth tells about sign-ins, passwords and second factors: recorded, and acted on.

The one place where signals are used: the caller is not our code.
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from tipstaff.audit.actions import record
from tipstaff.people import known_devices
from tipstaff.people.access import Actor
from tipstaff.people.factors import MAIN_FACTORS
from tipstaff.people.models import Officer


@receiver(user_logged_in)
def signed_in(
    request: HttpRequest, user: Officer, response: HttpResponseBase | None = None, **_: Any
) -> None:
    """A whole sign-in: recorded; and this browser counts its wrong passwords alone from now on."""
    _record("people.officer.signed_in", user)
    if response is not None:
        known_devices.remember(response, request, user.ref)


@receiver(password_changed)
def password_replaced(user: Officer, **_: Any) -> None:
    """The officer's own password stands: the opening code is over."""
    with transaction.atomic():
        Officer.objects.filter(pk=user.pk).update(opening_until=None)
        user.opening_until = None
        _record("people.password.changed", user)


@receiver(authenticator_added)
def factor_added(request: HttpRequest, user: Officer, authenticator: Authenticator, **_: Any) -> None:
    """A second factor was set up and has just proved that it works: that counts for this session."""
    if authenticator.type in MAIN_FACTORS:
        record_authentication(request, user, "mfa", type=authenticator.type, id=authenticator.pk)
        _record("people.factor.added", user, kind=str(authenticator.type))


@receiver(authenticator_removed)
def factor_removed(user: Officer, authenticator: Authenticator, **_: Any) -> None:
    """A second factor is gone."""
    _record("people.factor.removed", user, kind=str(authenticator.type))


@receiver(authenticator_reset)
def codes_renewed(user: Officer, **_: Any) -> None:
    """New recovery codes were made."""
    _record("people.recovery_codes.renewed", user)


def _record(verb: str, officer: Officer, kind: str | None = None) -> None:
    actor = Actor(ref=officer.ref, agency=officer.agency_id)
    with transaction.atomic():
        record(
            verb,
            subject=officer.ref,
            actor=actor,
            at=timezone.now(),
            **({} if kind is None else {"kind": kind}),
        )
