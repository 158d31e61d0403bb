"""The one way to write a record as bytes, so that its hash can be computed again by anyone. Pure.

JSON (RFC 8259) in UTF-8: keys in code-point order, no spaces, no escapes but the required ones, times in UTC
to the microsecond. Facts hold texts, whole numbers, truth values, nothing, lists and objects of these: no
fractions, whose writing differs between databases.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final

type Plain = str | int | bool | list[Plain] | dict[str, Plain] | None

DEEPEST: Final = 8
# PostgreSQL's jsonb keeps whole numbers exactly; JavaScript readers of an export do up to here.
LARGEST: Final = 2**53


class NotAFact(TypeError):
    """A fact that cannot be recorded: what it is, and what can be."""


def plain(value: object, depth: int = 0) -> Plain:
    """`value` as it will be stored: dates as ISO texts, tuples as lists, sets refused. Raises NotAFact."""
    if depth > DEEPEST:
        raise NotAFact(f"a fact may be nested {DEEPEST} deep at most")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise NotAFact("a number beyond 2^53 is recorded as a text")
        return int(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, Mapping):
        return {_key(key): plain(item, depth + 1) for key, item in value.items()}
    raise NotAFact(
        f"a {type(value).__name__} is no fact: record a text, a whole number, a date or a list of them"
    )


def moment(at: datetime) -> str:
    """An aware time in UTC, always to the microsecond: `2026-11-20T12:00:00.000000Z`. Naive: ValueError."""
    if at.tzinfo is None:
        raise ValueError("a record's time needs a zone: pass an aware datetime")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(fields: Mapping[str, Plain]) -> bytes:
    """The bytes of a record."""
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise NotAFact("a fact's name is a text")
    return _text(key)


def _text(text: str) -> str:
    if "\0" in text or any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise NotAFact("a fact's text holds a zero byte or half a character, which not every database keeps")
    return text
