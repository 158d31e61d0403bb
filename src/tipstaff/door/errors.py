"""What the door says when it cannot do what was asked: a sentence and a next step, never a stack, path or version."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from tipstaff.door import posted
from tipstaff.door.bulletin import Bulletin
from tipstaff.door.page import Visit, current_or_none, show


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: also for a host name that is not ours, so nothing of the request is repeated."""
    return HttpResponse("This request cannot be answered here.\n", status=400, content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, in the language of the address where it has one."""
    return _told(request, "not-found", 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500. Rendering must not fail a second time, so a plain sentence stands behind the page."""
    try:
        return _told(request, "broken", 500)
    except Exception:  # noqa: BLE001  whatever broke the first answer may break this one too
        return HttpResponse(
            "Something broke here. What you typed was not kept: go back, copy it, and try again later.\n",
            status=500,
            content_type="text/plain; charset=utf-8",
        )


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    """405: the door knows GET, HEAD and POST."""
    response = HttpResponse(
        "Only GET, HEAD and POST are answered here.\n", status=405, content_type="text/plain"
    )
    response.headers["Allow"] = "GET, HEAD, POST"
    return response


def nothing_published(request: HttpRequest, language: str) -> HttpResponse:
    """503: no notice that the desk has signed. Nothing can be sealed, and what was typed is shown again."""
    known = [code for code, _ in settings.LANGUAGES]
    visit = Visit.of(request, language if language in known else known[0])
    return show(
        "door/error.html", visit, None, {"kind": "nothing-published", "text": _typed(request)}, status=503
    )


def no_such_language(request: HttpRequest, current: Bulletin) -> HttpResponse:
    """404 that names the languages there are. What was typed is shown again."""
    visit = Visit.of(request, current.languages[0])
    context = {"kind": "no-such-language", "text": _typed(request)}
    return show("door/error.html", visit, current, context, status=404)


def _typed(request: HttpRequest) -> str:
    """What stood in the box of a form that cannot be taken."""
    if request.method != "POST":
        return ""
    return posted.read(request, lambda _: None).fields.get("text", "")


def _told(request: HttpRequest, kind: str, status: int) -> HttpResponse:
    current = current_or_none()
    first = request.path.split("/")[1]
    known = current.languages if current else [code for code, _ in settings.LANGUAGES]
    language = first if first in known else known[0]
    context: dict[str, Any] = {"kind": kind, "path": ""}
    with translation.override(language):
        return show("door/error.html", Visit.of(request, language), current, context, status=status)
