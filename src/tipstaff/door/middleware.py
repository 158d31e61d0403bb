"""Around every answer of the door: the headers, the methods, the host name, and nothing kept in a cache."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tipstaff.door import errors
from tipstaff.footing import headers

METHODS = ("GET", "HEAD", "POST")


class DoorMiddleware:
    """No cookie is read or set, no session exists; every page is answered as if it were the first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._answer(request)
        headers.put(headers.DOOR, response)
        response.headers.setdefault("Cache-Control", "no-store")
        if isinstance(response, HttpResponse):
            # Said in front, so that an answer goes out in one piece.
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost:
            return errors.bad_request(request)
        if request.method not in METHODS:
            return errors.method_not_allowed(request)
        return self.get_response(request)
