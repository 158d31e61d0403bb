"""Pages that are only read: home, an offer, what happens before the form, how we protect you, how to leave."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tipstaff.door import errors
from tipstaff.door.bulletin import Bulletin, NothingPublished, in_force
from tipstaff.door.page import Visit, compose, current_or_none

type Reading = Callable[..., HttpResponse]


def in_language(view: Reading) -> Reading:
    """Give a page its Visit and the bulletin in force, or answer that there is no such language, or nothing yet."""

    @wraps(view)
    def answer(request: HttpRequest, language: str, **place: str) -> HttpResponse:
        try:
            current = in_force()
        except NothingPublished:
            return errors.nothing_published(request, language)
        if language not in current.languages:
            return errors.no_such_language(request, current)
        return view(request, Visit.of(request, language), current, **place)

    return answer


def home_in_preferred_language(request: HttpRequest) -> HttpResponse:
    """`/`: the home page in the first language of the browser's wish that we have. Nothing is remembered."""
    current = current_or_none()
    if current is None:
        return errors.nothing_published(request, settings.LANGUAGE_CODE)
    return home(request, language=_preferred(request, current.languages))


@in_language
def home(request: HttpRequest, visit: Visit, current: Bulletin) -> HttpResponse:
    """The office, its offers, and the way to the form."""
    return HttpResponse(compose("door/home.html", visit, current, path="").fill({}))


@in_language
def offer(request: HttpRequest, visit: Visit, current: Bulletin, ref: str) -> HttpResponse:
    """One offer: amount, what is wanted, every channel, history. A closed offer stays, with its stamp."""
    shown = current.notice.offer(ref)
    if shown is None:
        return errors.not_found(request)
    page = compose("door/offer.html", visit, current, ref=ref, path=f"offers/{ref}/")
    return HttpResponse(page.fill({}))


@in_language
def before(request: HttpRequest, visit: Visit, current: Bulletin, ref: str = "") -> HttpResponse:
    """One page before the form: danger now, who reads it, how to leave, what stays on the device."""
    path = f"before/{ref}/" if ref else "before/"
    return HttpResponse(compose("door/before.html", visit, current, ref=ref, path=path).fill({}))


@in_language
def protection(request: HttpRequest, visit: Visit, current: Bulletin) -> HttpResponse:
    """How we protect a source, and where that ends; how to check a proof."""
    return HttpResponse(compose("door/protection.html", visit, current, path="protection/").fill({}))


def leave(request: HttpRequest) -> HttpResponse:
    """Ask the browser to forget this site, and go to the neutral place that the office chose; else to an empty page."""
    current = current_or_none()
    if current is None:
        response = HttpResponse()
    else:
        response = HttpResponseRedirect(current.notice.office.leave_to)
        response.status_code = 303
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def healthz(request: HttpRequest) -> HttpResponse:
    """Alive. Says nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


def _preferred(request: HttpRequest, available: tuple[str, ...]) -> str:
    wishes = request.headers.get("Accept-Language", "")[:200].split(",")
    for wish in wishes:
        code = wish.split(";")[0].strip().lower()
        for language in available:
            if code == language or code.split("-")[0] == language:
                return language
    return available[0]
