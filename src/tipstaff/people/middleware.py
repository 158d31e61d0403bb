"""SignedIn: behind it every page has an officer with a second factor, and every refusal becomes a page.

It stands last, after sessions, forgery check, authentication and allauth's own middleware.
"""

import time
from collections.abc import Callable
from typing import Any, Final, cast

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tipstaff.footing.templatetags.marks import sentence
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.people import gate
from tipstaff.people.access import NotAllowed, NotVisible
from tipstaff.people.factors import has_factor, has_other_factor
from tipstaff.people.http import OfficerRequest
from tipstaff.people.models import Officer
from tipstaff.people.queries import actor_of

SEEN_KEY: Final = "people.seen_at"
SEEN_STEP_SECONDS: Final = 60  # the session is not written more often than this for the idle limit alone
IDLE_SECONDS: Final = 30 * 60
LONGEST_SECONDS: Final = 12 * 60 * 60


class SignedIn:
    """Middleware: lets through signed-in officers with a second factor, and puts `request.actor` there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """None lets the page run; an answer stands in for it."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not gate.exists(name):
            raise Http404
        if request.user.is_authenticated and _timed_out(request):
            logout(request)
            messages.info(
                request, _("You were signed out because nothing happened for a while. Sign in again.")
            )
        if not request.user.is_authenticated:
            return None if name in gate.OPEN else _to_sign_in(request)
        return _admit(request, request.user, name, kwargs)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A room's refusal as a page: 404, 403, or 409 with the reasons."""
        if isinstance(exception, NotVisible):
            raise Http404 from None
        if isinstance(exception, NotAllowed):
            raise PermissionDenied from None
        if isinstance(exception, Refused):
            reasons = [sentence(refusal) for refusal in exception.refusals]
            return render(request, "people/refused.html", {"reasons": reasons}, status=409)
        if isinstance(exception, MoveNotInTable):
            reason = _(
                "This was changed in the meantime, or cannot be done in its present state. Look at it again."
            )
            return render(request, "people/refused.html", {"reasons": [reason]}, status=409)
        return None


def _admit(
    request: HttpRequest, officer: Officer, name: str, kwargs: dict[str, Any]
) -> HttpResponseBase | None:
    if name in gate.OPEN and name != "account_login":
        return None
    if officer.opening_until is not None:
        return None if name in gate.OPENING else redirect("account_change_password")
    if not has_factor(officer):
        return None if name in gate.SETTING_UP else redirect("mfa_index")
    if not _proved_factor(request, officer):
        # This session began before the factor was set up, elsewhere: a password alone is no longer enough.
        logout(request)
        return _to_sign_in(request)
    if (
        name == "mfa_remove_webauthn"
        and request.method == "POST"
        and not has_other_factor(officer, kwargs["pk"])
    ):
        reason = _("This is your only second factor. Add another one first.")
        return render(request, "people/refused.html", {"reasons": [reason]}, status=409)
    cast(OfficerRequest, request).actor = actor_of(officer, day(timezone.now()))
    return None


def _proved_factor(request: HttpRequest, officer: Officer) -> bool:
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, officer))


def _timed_out(request: HttpRequest) -> bool:
    """Idle for too long, or signed in for too long; else note that the officer is here."""
    now = time.time()
    records = get_authentication_records(request, request.user)
    began = records[0]["at"] if records else now
    seen = float(request.session.get(SEEN_KEY, now))
    if now - seen > getattr(settings, "DESK_IDLE_SECONDS", IDLE_SECONDS) or now - began > LONGEST_SECONDS:
        return True
    if SEEN_KEY not in request.session or now - seen > SEEN_STEP_SECONDS:
        request.session[SEEN_KEY] = now
    return False


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    path = reverse("account_login")
    if request.method == "GET" and request.path != "/":
        path += "?" + urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return redirect(path)
