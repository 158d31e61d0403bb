"""What every answer says to the browser: load nothing from elsewhere, tell nobody, keep nothing.

The door sends `no-referrer`. The desk sends `same-origin`, because Django's forgery check needs an origin.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

_POLICY = (
    "default-src 'none'; script-src {script}; style-src 'self'; img-src 'self'{images}; connect-src {script}; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ISOLATION = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
# The door ships no script yet, so none may run.
DOOR = ISOLATION | {
    "Content-Security-Policy": _POLICY.format(script="'none'", images=""),
    "Referrer-Policy": "no-referrer",
}
# The desk's only scripts are those of the passkey pages; a set-up QR code is a data: picture.
DESK = ISOLATION | {
    "Content-Security-Policy": _POLICY.format(script="'self'", images=" data:"),
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def put(headers: dict[str, str], response: HttpResponseBase) -> None:
    """Set each of `headers` that the answer has not set itself."""
    for name, value in headers.items():
        response.headers.setdefault(name, value)


def static_headers(headers: dict[str, str], path: str, url: str) -> None:
    """For whitenoise: the isolation headers on files, which no middleware below it sees."""
    for name, value in (ISOLATION | {"Referrer-Policy": "no-referrer"}).items():
        headers[name] = value


class DeskHeaders:
    """Middleware: the desk's headers on every answer, refusals and errors included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        put(DESK, response)
        return response
