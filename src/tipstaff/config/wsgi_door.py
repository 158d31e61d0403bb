"""The door as a WSGI application."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tipstaff.config.settings.door")

_answer = get_wsgi_application()


def application(environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
    """Answer one request. A page goes to the server as a list: as one piece, without a Python call for each."""
    response = _answer(environ, start_response)
    if not isinstance(response, HttpResponse):
        return response
    response.close()
    return [response.content]
