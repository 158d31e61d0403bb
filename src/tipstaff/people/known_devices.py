"""Sign-in limits that cannot be turned against the officer.

A limit by user name lets anybody lock an officer out by guessing; a limit by address lets one guesser lock
out a whole office behind the same gateway. Here a browser in which the officer has signed in before carries
a signed cookie and counts alone; all other browsers share one budget for that name. Guessing uses up only
the strangers' budget. (A passkey needs no such limit: there is nothing to guess.)
"""

import secrets
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

SALT: Final = "tipstaff/v1/known-device"
LASTS_SECONDS: Final = 180 * 24 * 60 * 60


def cookie_name() -> str:
    """`__Host-` where the desk has HTTPS: then no neighbouring site can set it."""
    return "__Host-desk-known" if settings.SESSION_COOKIE_SECURE else "desk-known"


def budget_of(request: HttpRequest, username: str) -> str:
    """The name of the budget that a failed sign-in as `username` counts against."""
    device = _device(request, username)
    return f"device:{device}" if device else f"strangers:{username}"


def remember(response: HttpResponseBase, request: HttpRequest, username: str) -> None:
    """Mark this browser as one in which `username` has signed in."""
    device = _device(request, username) or secrets.token_urlsafe(16)
    response.set_cookie(
        cookie_name(),
        signing.dumps([username, device], salt=SALT),
        max_age=LASTS_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _device(request: HttpRequest, username: str) -> str | None:
    try:
        whose, device = signing.loads(
            request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=LASTS_SECONDS
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(device) if whose == username else None
