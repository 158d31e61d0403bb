"""Every address of the desk, generated from its addresses: a new route is in every test that asks for all."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tipstaff.config import urls_desk

# What stands for the parts of an address where nothing else is given.
STANDING: Mapping[str, Any] = {
    "number": 1,
    "place": 1,
    "pk": 999_999,
    "key": "1-abc",
    "uidb36": "1",
    "ref": "NONE-0000",
    "outcome": "NONE-0000",
    "payout": "NONE-0000",
    "compartment": "harbour",
    "language": "en",
    "paper": "a4",
    "version": "whole",
    "programme": "harbour-2026",
    "fiscal_year": 2027,
    "cases:part.part": "findings",
}


def patterns() -> Iterator[tuple[str, str]]:
    """The full name and the whole pattern of each route."""
    yield from _walk(get_resolver(urls_desk.__name__), "", "")


def routes(given: Mapping[str, Any] | None = None) -> Iterator[tuple[str, str]]:
    """Name and address of each route.

    `given` fills the parts of an address: `tips.ref` in a whole room, `tips:open_again.ref` on one route.
    """
    for name, pattern in patterns():
        yield name, _filled(name, pattern, {**STANDING, **(given or {})})


def _filled(name: str, pattern: str, given: Mapping[str, Any]) -> str:
    room = name.split(":")[0]

    def value(part: re.Match[str]) -> str:
        keys = (f"{name}.{part[1]}", f"{room}.{part[1]}", part[1])
        return str(next((given[key] for key in keys if key in given), f"no-{part[1]}-stands-in-routes-py"))

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
