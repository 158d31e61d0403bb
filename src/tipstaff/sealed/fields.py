"""Reading a JSON object field by field, believing nothing: the sender's page may be anybody's.

A field that is missing, unknown, of another type, too long or twice there is refused with a sentence that
names the field and never repeats what stood in it.
"""

import json
import re
from collections.abc import Callable, Collection
from datetime import date
from typing import Any, Never

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
_HEX = re.compile(r"[0-9a-f]*")
_CAPITALS = re.compile(r"[A-Z]*")


class BadField(ValueError):
    """The object is not of the shape agreed; `str()` names the field and what was expected."""


class Fields:
    """The fields of one JSON object, each taken once; `done()` refuses what is left over."""

    def __init__(self, fields: object, place: str = "") -> None:
        if not isinstance(fields, dict):
            raise BadField(f"{place or 'the whole'} is not an object")
        self._left: dict[str, Any] = dict(fields)
        self._place = place

    def text(self, name: str, longest: int, shortest: int = 0) -> str:
        """Text that is `keepable`, of `shortest` to `longest` characters."""
        value = self._take(name)
        if not isinstance(value, str) or not shortest <= len(value) <= longest:
            self._refuse(name, f"text of {shortest} to {longest} characters")
        if not keepable(value):
            self._refuse(name, "text without NUL, carriage returns or lone surrogates")
        return value

    def pattern(self, name: str, pattern: re.Pattern[str], wanted: str) -> str:
        value = self._take(name)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            self._refuse(name, wanted)
        return value

    def hex(self, name: str, size: int) -> str:
        """`size` bytes as small hexadecimal digits."""
        value = self._take(name)
        if not isinstance(value, str) or len(value) != 2 * size or not _HEX.fullmatch(value):
            self._refuse(name, f"{2 * size} hexadecimal digits")
        return value

    def whole(self, name: str, lowest: int, highest: int) -> int:
        value = self._take(name)
        if type(value) is not int or not lowest <= value <= highest:
            self._refuse(name, f"a whole number from {lowest} to {highest}")
        return value

    def flag(self, name: str) -> bool:
        value = self._take(name)
        if type(value) is not bool:
            self._refuse(name, "true or false")
        return value

    def day(self, name: str) -> date:
        """A day written 2024-06-11: other ISO 8601 spellings of the same day are refused."""
        value = self._take(name)
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            day = None
        if day is None or day.isoformat() != value:
            self._refuse(name, "a day like 2024-06-11")
        return day

    def one_of(self, name: str, *values: str) -> str:
        value = self._take(name)
        if not isinstance(value, str) or value not in values:
            self._refuse(name, " or ".join(values))
        return value

    def many[T](self, name: str, most: int, read: Callable[["Fields"], T]) -> tuple[T, ...]:
        """A list of at most `most` objects, each read by `read`."""
        value = self._take(name)
        if not isinstance(value, list) or len(value) > most:
            self._refuse(name, f"a list of at most {most}")
        items = []
        for number, item in enumerate(value):
            fields = Fields(item, f"{name}[{number}]")
            items.append(read(fields))
            fields.done()
        return tuple(items)

    def choice(self, name: str, values: Collection[str]) -> tuple[str, ...]:
        """A list of some of `values`, none of them twice."""
        value = self._take(name)
        known = isinstance(value, list) and all(isinstance(each, str) and each in values for each in value)
        if not known or len(set(value)) != len(value):
            self._refuse(name, "a list of " + ", ".join(values) + ", each at most once")
        return tuple(value)

    def letters(self, name: str, count: int) -> str:
        """Exactly `count` capital letters A to Z."""
        value = self._take(name)
        if not isinstance(value, str) or len(value) != count or not _CAPITALS.fullmatch(value):
            self._refuse(name, f"{count} capital letters")
        return value

    def inner[T](self, name: str, read: Callable[["Fields"], T]) -> T:
        """An object inside this one, read by `read`, which leaves nothing over."""
        fields = Fields(self._take(name), f"{self._place}.{name}" if self._place else name)
        item = read(fields)
        fields.done()
        return item

    def with_text(self, name: str, text: bytes) -> "Fields":
        """These fields and one more, whose `text` came beside the JSON. Raises BadField when not UTF-8."""
        if name in self._left:
            self._refuse(name, "given once")
        try:
            return Fields(self._left | {name: text.decode("utf-8")}, self._place)
        except UnicodeDecodeError:
            self._refuse(name, "UTF-8")

    def none(self, name: str) -> bool:
        """Whether the field is there and null; it is then taken."""
        if name in self._left and self._left[name] is None:
            del self._left[name]
            return True
        return False

    def __contains__(self, name: str) -> bool:
        """Whether the field is there and was not taken yet."""
        return name in self._left

    def done(self) -> None:
        if self._left:
            raise BadField(f"{self._place or 'the whole'} has {len(self._left)} field(s) that are not agreed")

    def _take(self, name: str) -> Any:
        if name not in self._left:
            self._refuse(name, "present")
        return self._left.pop(name)

    def _refuse(self, name: str, wanted: str) -> Never:
        field = f"{self._place}.{name}" if self._place else name
        raise BadField(f"the field {field} has to be {wanted}")


def keepable(text: str) -> bool:
    """Whether every database and page can hold `text` as it is: no NUL, no CR, no half of a surrogate pair."""
    if "\0" in text or "\r" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def load(text: bytes) -> Fields:
    """The one JSON object in `text` (UTF-8). Raises BadField."""
    try:
        loaded = json.loads(text.decode("utf-8"), object_pairs_hook=_once)
    except BadField:
        raise
    except (ValueError, RecursionError):
        # ValueError is every fault of the JSON or the UTF-8, and a number too long to be read.
        raise BadField("the contents are not JSON in UTF-8") from None
    return Fields(loaded)


def dump(fields: dict[str, Any]) -> bytes:
    """Canonical JSON: keys sorted, no spaces, UTF-8, as `JSON.stringify` of a sorted object gives it too."""
    return _CANONICAL.encode(fields).encode("utf-8")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadField("a field stands there twice")
    return fields
