"""How the door's pages are made: in the language of their address, for the notice in force.

Most of what the door answers is the same for everybody. Such a page is composed once for each language and notice,
with marked gaps for the few values that differ, and then filled by joining strings. Where a page's size would
tell something, it is padded.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from tipstaff.door import bulletin
from tipstaff.door.bulletin import Bulletin

_GAP = "\x02{}\x03"
_GAPS = re.compile("\x02([a-z0-9_]+)\x03")
_MOST_COMPOSED = 512
_FILLER = (b"<!--", b"-->")


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page may depend on: its language, the way the visitor came, and whether the leave button stands on it."""

    language: str
    onion: bool
    proxied: bool

    @classmethod
    def of(cls, request: HttpRequest, language: str) -> "Visit":
        # A tor2web gateway sees everything in clear; it names itself in this header.
        proxied = "HTTP_X_TOR2WEB" in request.META
        # The middleware has checked the host name.
        return cls(language, request.META.get("HTTP_HOST", "").split(":")[0].endswith(".onion"), proxied)


@dataclass(frozen=True, slots=True)
class Composed:
    """A page in pieces: `parts` has one more member than `gaps`, the names of what stands between them."""

    parts: tuple[str, ...]
    gaps: tuple[str, ...]

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The page with each gap filled with its value, escaped. KeyError when one is missing."""
        filled = [self.parts[0]]
        for gap, part in zip(self.gaps, self.parts[1:], strict=True):
            value = values[gap]
            # Words, numbers and tokens need no escaping, and most gaps hold nothing else.
            filled += value if value.isalnum() else escape(value), part
        return "".join(filled).encode()


_composed: dict[tuple[Any, ...], Composed] = {}


def compose(
    template: str, visit: Visit, current: Bulletin, gaps: tuple[str, ...] = (), **context: Any
) -> Composed:
    """The page `template`, from the store or composed now. `context` values must be hashable: they are its key."""
    key = (template, visit, current.digest, *sorted(context.items()))
    page = _composed.get(key)
    if page is None:
        if len(_composed) >= _MOST_COMPOSED:
            _composed.clear()
        marks = {gap: _GAP.format(gap) for gap in gaps}
        pieces = _GAPS.split(_rendered(template, visit, current, {**context, **marks}))
        page = _composed[key] = Composed(tuple(pieces[::2]), tuple(pieces[1::2]))
    return page


def show(
    template: str, visit: Visit, current: Bulletin | None, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a page whose content is not the same for everybody."""
    return HttpResponse(_rendered(template, visit, current, context).encode(), status=status)


def padded(page: bytes, size: int) -> bytes:
    """`page` with filler up to the next multiple of `size` bytes, so that its length tells nothing of what it says."""
    frame = len(_FILLER[0]) + len(_FILLER[1])
    room = -(len(page) + frame) % size
    return page + _FILLER[0] + b"." * room + _FILLER[1]


def forget() -> None:
    """Compose everything anew: for tests."""
    _composed.clear()


def _rendered(template: str, visit: Visit, current: Bulletin | None, context: dict[str, Any]) -> str:
    with translation.override(visit.language):
        return render_to_string(template, {**_frame(visit, current), **context})


def _frame(visit: Visit, current: Bulletin | None) -> dict[str, Any]:
    notice = current.notice if current else None
    return {
        "visit": visit,
        "notice": notice,
        "language": visit.language,
        "rtl": translation.get_language_info(visit.language)["bidi"] if _has_info(visit.language) else False,
        "languages": [
            (code, _own_name(code)) for code in (current.languages if current else [visit.language])
        ],
        "onion_address": settings.ONION_ADDRESS,
    }


def _has_info(language: str) -> bool:
    try:
        translation.get_language_info(language)
    except KeyError:
        return False
    return True


def _own_name(language: str) -> str:
    return dict(settings.LANGUAGES).get(language, language)


def current_or_none() -> Bulletin | None:
    """The bulletin in force, for pages that have something to say without one."""
    try:
        return bulletin.in_force()
    except bulletin.NothingPublished:
        return None
