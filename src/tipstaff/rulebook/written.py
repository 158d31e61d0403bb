"""Frozen trees of dataclasses as plain JSON and back, exactly; and one canonical text of each, to be hashed.

What a sheet, the facts of a reward and a determination are made of is the whole list of types here: texts, whole
numbers, yes and no, days, Money, named choices, tuples, texts by key, and dataclasses of these. Anything else is
refused, so that nothing is written that could be read back as something different.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, TypeAliasType, Union, get_args, get_origin, get_type_hints

type Reader = Callable[[Any], Any]
_PLAIN = (str, int, bool, NoneType)


class BadJson(ValueError):
    """The JSON is not what this tree is written as."""


def to_json(value: Any) -> Any:
    """`value` as JSON values: dataclasses become objects with all their fields, days `2024-06-11`."""
    if isinstance(value, StrEnum):
        return str(value)
    if type(value) in _PLAIN:
        return value
    if type(value) is date:
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no written form here")


def from_json[T](kind: type[T], data: Any) -> T:
    """The `kind` that `data` was written from. Raises BadJson where a field is missing, too many or of a wrong type."""
    reader: Reader = _reader(kind)  # type: ignore[arg-type]  # a class can be hashed
    value: T = reader(data)
    return value


def canonical(value: Any) -> bytes:
    """The one text of `value`: sorted keys, no blanks, UTF-8. The same value always gives the same bytes."""
    return json.dumps(to_json(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return sha256(canonical(value)).hexdigest()


@cache
def _reader(kind: Any) -> Reader:
    if isinstance(kind, TypeAliasType):
        return _reader(kind.__value__)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (UnionType, Union):
        (inner,) = (_reader(each) for each in arguments if each is not NoneType)
        return lambda data: None if data is None else inner(data)
    if origin is tuple:
        item = _reader(arguments[0])
        return lambda data: tuple(item(each) for each in _as(list, data))
    if origin is not None and issubclass(origin, Mapping):
        item = _reader(arguments[1])
        return lambda data: {str(key): item(each) for key, each in _as(dict, data).items()}
    if kind is date:
        return _day
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return lambda data: _choice(kind, data)
    if is_dataclass(kind):
        return _of_dataclass(kind)
    if kind in _PLAIN:
        return lambda data: _as(kind, data)
    raise TypeError(f"{kind} has no written form here")


def _of_dataclass(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}

    def read(data: Any) -> Any:
        if _as(dict, data).keys() != readers.keys():
            odd = ", ".join(sorted(data.keys() ^ readers.keys()))
            raise BadJson(f"{kind.__name__}: missing or not known here: {odd}")
        return kind(**{name: read(data[name]) for name, read in readers.items()})

    return read


def _as(kind: type, data: Any) -> Any:
    if type(data) is not kind:
        raise BadJson(f"expected {kind.__name__}, found {type(data).__name__}")
    return data


def _day(data: Any) -> date:
    try:
        return date.fromisoformat(_as(str, data))
    except ValueError:
        raise BadJson(f"{data!r} is no day") from None


def _choice(kind: type[StrEnum], data: Any) -> StrEnum:
    try:
        return kind(_as(str, data))
    except ValueError:
        raise BadJson(f"{data!r} is no {kind.__name__}") from None
