"""The desk's error pages: what happened and what to do next; no stack, no path, no version."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something no page of ours sends."""
    return _page(
        request,
        400,
        _("That could not be read"),
        _(
            "The browser sent something that none of these pages sends. "
            "Go back, load the page again and try once more."
        ),
    )


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: in sight, and not this officer's to do."""
    return _page(
        request,
        403,
        _("This is not yours to do"),
        _("Your roles do not include it. If your work needs it, ask an administrator for the role."),
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without the token of this browser's session."""
    return _page(
        request,
        403,
        _("The form is out of date"),
        _(
            "It was loaded before you signed in, or by another page. "
            "Nothing was done. Load the page again and repeat it."
        ),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not for this officer; the page does not tell which."""
    return _page(
        request,
        404,
        _("There is nothing here"),
        _("The address may be mistyped, or what stood here is not for you to see."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500. Rendered without the request: whatever broke must not break this page too."""
    text = _(
        "Something broke on our side. Go back and try again; "
        "if it happens again, tell an administrator when it did."
    )
    context = {"heading": _("This page does not work just now"), "text": text}
    return HttpResponse(render_to_string("desk/error.html", context), status=500)


def _page(request: HttpRequest, status: int, heading: str, text: str) -> HttpResponse:
    return render(request, "desk/error.html", {"heading": heading, "text": text}, status=status)
