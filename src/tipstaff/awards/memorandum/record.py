"""The record of a memorandum: both languages as they were issued, in one canonical text with one hash.

No tip's reference can be in it: whatever an officer typed, a reference of a tip is written as its source's number,
or as `[tip]` where it is none of this award's.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from tipstaff.awards.memorandum.document import Memorandum
from tipstaff.rulebook import written

_TIP: Final = re.compile(r"\bTIP(?:[-\u2010-\u2015 ][0-9A-Z]{4}){3}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """One memorandum in the languages that it is issued in."""

    en: Memorandum
    es: Memorandum

    def in_language(self, language: str) -> Memorandum:
        """The edition in `language`. Raises ValueError for one that there is none in."""
        if language not in ("en", "es"):
            raise ValueError(f"there is no edition in {language}")
        return self.es if language == "es" else self.en


def content_of(editions: Editions, tips: Mapping[str, str]) -> str:
    """The canonical text. `tips` maps the references of the award's tips to the numbers of its sources."""
    text = written.canonical(editions).decode()
    for ref in sorted(tips, key=len, reverse=True):
        text = text.replace(ref, f"[{tips[ref]}]")
    return _TIP.sub("[tip]", text)


def digest_of(content: str) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return sha256(content.encode()).hexdigest()


def read(content: str) -> Editions:
    """The editions that `content` was written from."""
    return written.from_json(Editions, json.loads(content))
