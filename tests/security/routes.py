"""Every address of the desk, generated from its addresses: a new route is in every test that asks for all."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tipstaff.config import urls_desk

# What stands for the parts of an address where a test does not say otherwise.
STANDING: dict[str, Any] = {"number": 1, "pk": 999_999, "key": "1-abc", "uidb36": "1", "officer": "ana"}


def patterns() -> Iterator[tuple[str, str]]:
    """The full name and the whole pattern of each route."""
    yield from _walk(get_resolver(urls_desk.__name__), "", "")


def routes(**given: Any) -> Iterator[tuple[str, str]]:
    """Name and address of each route; `given` fills its parts: `tip`, `envelope`, `offer`, `officer`, `number`."""
    for name, pattern in patterns():
        yield name, _filled(name, pattern, STANDING | given)


def _filled(name: str, pattern: str, given: dict[str, Any]) -> str:
    def value(part: re.Match[str]) -> str:
        if part[1] != "ref":
            return str(given[part[1]])
        room = "envelope" if "envelope" in pattern else name.split(":")[0]
        kind = {"tips": "tip", "offers": "offer", "people": "officer"}.get(room, room)
        return str(given.get(kind, "NONE-0000"))

    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", value, pattern)


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        pattern = prefix + _plain(str(entry.pattern))
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, pattern, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", pattern


def _plain(pattern: str) -> str:
    """A regular expression's route, written like the others."""
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern).lstrip("^").rstrip("$").removesuffix("\\Z")
