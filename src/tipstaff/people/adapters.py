"""What allauth asks us: nobody signs up, limits harm no one else, factors' secrets are sealed at rest."""

import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tipstaff.people import known_devices, passwords, secrets
from tipstaff.people.factors import MAIN_FACTORS, has_other_factor
from tipstaff.people.models import Officer

CONFIRMED_SECONDS = (
    5 * 60
)  # how long after signing in the second factors may be changed without proving oneself again


class ClosedAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Officers are added by administrators; there is no sign-up, no mail, no password reset."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("This user name and password do not fit together. Try again."),
        "too_many_login_attempts": _(
            "Too many wrong passwords for this name from unknown browsers. Sign in with a passkey, or from a "
            "browser you have used before, or wait ten minutes."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        if passwords.too_long(str(credentials.get("password", ""))):
            return None  # also for a name that nobody has: for those allauth derives a key too
        user = cast(AbstractBaseUser | None, super().authenticate(request, **credentials))
        if (
            isinstance(user, Officer)
            and user.opening_until is not None
            and user.opening_until < timezone.now()
        ):
            return None  # an opening code that lay about too long opens nothing
        return user

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not within five minutes of a whole sign-in: that was the same proof."""
        request = context.request
        records = get_authentication_records(request, request.user)
        return not records or time.time() - records[-1]["at"] > CONFIRMED_SECONDS

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """The desk sends no mail: what happens to an account stands in the audit record."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """As `send_mail`."""

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return known_devices.budget_of(request, str(credentials.get("username", "")).lower())


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets of authenticator apps and recovery codes rest sealed; the last factor cannot be removed."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("This is your only second factor. Add another one first."),
        "incorrect_code": _("This code is wrong, or was used before. Wait for the next one."),
    }

    def encrypt(self, text: str) -> str:
        return secrets.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return authenticator.type not in MAIN_FACTORS or has_other_factor(
            authenticator.user, authenticator.pk
        )

    def get_totp_issuer(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)
