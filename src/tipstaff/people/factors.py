"""Second factors: which count, and codes that are spent by their first use.

A code is accepted for its own half minute and the ones beside it (clocks differ). allauth forgets a used
code after one half minute, so that it could be used again in the next: whoever looks over a shoulder has
time. Here the step itself is spent, in the database, for every code that is checked: at set-up, at sign-in
and when an officer confirms an act.
"""

import time
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as totp
from django.db import transaction

from tipstaff.footing.integrity import explains
from tipstaff.people.models import Officer, SpentCode

# Recovery codes are a way back in, not a factor of their own.
MAIN_FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
KEPT_STEPS: Final = 20  # spent steps older than ten minutes can no longer be accepted and are forgotten


class CodeSpent(Exception):
    """This code was used before."""


def has_factor(officer: Officer) -> bool:
    """Has this officer an authenticator app or a passkey?"""
    return bool(Authenticator.objects.filter(user_id=officer.pk, type__in=MAIN_FACTORS).exists())


def has_other_factor(officer: Officer, number: int) -> bool:
    """Would a main factor stay if authenticator `number` were removed?"""
    others = Authenticator.objects.filter(user_id=officer.pk, type__in=MAIN_FACTORS).exclude(pk=number)
    return bool(others.exists())


def enrol_app(officer_ref: str) -> str:
    """Set up an authenticator app for an officer and return its secret (base 32): for demos and tests.

    In a real office officers do this themselves, on their own page, so that nobody else ever sees the secret.
    """
    secret = str(totp.generate_totp_secret())
    totp.TOTP.activate(Officer.objects.get(username=officer_ref), secret)
    return secret


def code_at(secret: str, at: float) -> str:
    """The six digits that an authenticator app with `secret` (base 32) shows at `at` (seconds since 1970)."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(at) // 30)))


def code_now(secret: str) -> str:
    """The code of this half minute."""
    return code_at(secret, time.time())


@transaction.atomic
def spend(officer: Officer, secret: str, code: str) -> None:
    """Mark every acceptable step that shows `code` as spent; CodeSpent when one already was."""
    digits = "".join(code.split())
    steps = [step for step in totp.yield_hotp_counters_from_time() if _shown(secret, step) == digits]
    with explains({"code_is_spent_once": CodeSpent}), transaction.atomic():
        SpentCode.objects.bulk_create([SpentCode(officer=officer, step=step) for step in steps])
    if steps:
        SpentCode.objects.filter(officer=officer, step__lt=min(steps) - KEPT_STEPS).delete()


def _shown(secret: str, step: int) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, step)))


class _Once:
    """For a form that has checked a code of an enrolled authenticator: the code must also be unspent."""

    user: Officer
    authenticator: Authenticator

    def clean_code(self) -> str:
        code = str(super().clean_code())  # type: ignore[misc]  # mixed into allauth's untyped forms
        if self.authenticator.type == Authenticator.Type.TOTP:
            _spend_or_refuse(self.user, get_adapter().decrypt(self.authenticator.data["secret"]), code)
        return code


class SignInForm(_Once, AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The second step of signing in, by a code of the app or a recovery code."""


class ConfirmForm(_Once, ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """Proving oneself again before the factors are changed."""


class EnrolForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    """Setting up an authenticator app: the code that proves it works is spent too."""

    def clean_code(self) -> str:
        code = str(super().clean_code())
        _spend_or_refuse(self.user, self.secret, code)
        return code


def _spend_or_refuse(officer: Any, secret: str, code: str) -> None:
    try:
        spend(officer, secret, code)
    except CodeSpent:
        raise get_adapter().validation_error("incorrect_code") from None
