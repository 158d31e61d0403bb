"""Every answer that the door can give, generated from its addresses: a new one without a sample fails here."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.offices import Visitor, at_the_door, form_body
from tipstaff.door import urls

# What may stand for each part of an address: something that is there, something that is not.
SAMPLES = {
    "language": ("en", "es", "xx"),
    "ref": ("HBR-1", "HBR-9"),
    "path": ("checkpoint", "tile/0/000.p/1", "tile/entries/000", "nothing"),
}
ELSEWHERE = ("/nothing", "/en/nothing/", "/en", "/static/tipstaff.css", "/static/nothing.css", "/favicon.ico")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "MADEUP")
READ = ("GET", "HEAD", "POST")
ADDRESS_ATTRIBUTES = frozenset(
    "action background cite data formaction href longdesc manifest ping poster profile src srcset xlink:href".split()
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, with the request that it belongs to."""

    method: str
    path: str
    response: HttpResponse

    @property
    def html(self) -> bool:
        return self.response.headers.get("Content-Type", "").startswith("text/html")

    @property
    def text(self) -> str:
        return self.response.content.decode()

    @property
    def page(self) -> "Page":
        return Page.of(self.text)

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.response.status_code}"


class Page(HTMLParser):
    """What a page makes a browser do: `addresses` (element, attribute, address), `forms`, `elements`."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[tuple[str, str, str]] = []
        self.forms: list[dict[str, str]] = []
        self.elements: list[tuple[str, dict[str, str]]] = []

    @classmethod
    def of(cls, text: str) -> "Page":
        page = cls()
        page.feed(text)
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        self.addresses += [(tag, name, found[name]) for name in found if name in ADDRESS_ATTRIBUTES]
        if tag == "form":
            self.forms.append(found)

    def links(self) -> list[str]:
        return [address for tag, _, address in self.addresses if tag == "a"]


def paths() -> list[str]:
    """An address for every route and every sample of its parts."""
    found = list(ELSEWHERE)
    for pattern in urls.urlpatterns:
        route = str(pattern.pattern)
        parts = re.findall(r"<\w+:(\w+)>", route)
        for values in itertools.product(*(SAMPLES[part] for part in parts)):
            path = route
            for part, value in zip(parts, values, strict=True):
                path = re.sub(rf"<\w+:{part}>", value, path)
            found.append(f"/{path}")
    return found


def ask(method: str, path: str, body: bytes = b"", kind: str = "", **headers: str) -> Answer:
    """Any request to the door in this process; an exception becomes the answer that a visitor would get."""
    with at_the_door():
        client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers=headers)
        response: Any = client.generic(method, path, body, content_type=kind or "application/octet-stream")
        if response.streaming:
            whole = HttpResponse(b"".join(response), status=response.status_code, headers=response.headers)
            response = whole
        return Answer(method, path, response)


def every_answer() -> Iterator[Answer]:
    """Every path with every method."""
    for path, method in itertools.product(paths(), METHODS):
        yield ask(method, path)


def every_page() -> list[Answer]:
    """Every path read with GET that answers with a page."""
    answers = [ask("GET", path) for path in paths()]
    return [answer for answer in answers if answer.html]


def posted(visitor: Visitor) -> list[Answer]:
    """The answers to all that can be posted: tips good and bad, receipts good and bad, additions."""
    lang = visitor.language
    token = visitor.token()
    sent = visitor.tip("Three boats at the old pier.", [("pier.jpg", b"a photo")])
    opened = visitor.come_back(" ".join(sent.words))
    forms: list[tuple[str, dict[str, str]]] = [
        (f"/{lang}/tip/", {"token": token, "text": "Three boats.", "send": "1"}),
        (f"/{lang}/tip/", {"token": token, "text": "Four boats.", "send": "1"}),
        (f"/{lang}/tip/", {"token": token, "text": "", "send": "1"}),
        (f"/{lang}/tip/", {"token": "forged", "text": "Three boats.", "send": "1"}),
        (f"/{lang}/tip/", {"token": token, "text": "Three boats.", "language": "es"}),
        (f"/{lang}/mailbox/", {"receipt": " ".join(sent.words)}),
        (f"/{lang}/mailbox/", {"receipt": "abandon " * 11 + "about"}),
        (f"/{lang}/mailbox/", {"receipt": "no such words"}),
        (f"/{lang}/mailbox/", {**_hidden(opened), "text": "The old pier.", "send": "1"}),
        (f"/{lang}/mailbox/", {**_hidden(opened), "text": "", "send": "1"}),
        (f"/{lang}/mailbox/", {**_hidden(opened), "lent": "forged", "text": "The old pier.", "send": "1"}),
    ]
    answers = [Answer("POST", path, visitor.post(path, fields)) for path, fields in forms]
    answers += [Answer("POST", f"/{lang}/mailbox/", opened)]
    broken = form_body({"token": token, "text": "Three"}, [("pier.jpg", b"x" * 100)])[:-20]
    return [*answers, Answer("POST", f"/{lang}/tip/", visitor.post_raw(f"/{lang}/tip/", broken))]


def _hidden(response: HttpResponse) -> dict[str, str]:
    fields = [found for tag, found in Page.of(response.content.decode()).elements if tag == "input"]
    return {found["name"]: found["value"] for found in fields if found.get("type") == "hidden"}
