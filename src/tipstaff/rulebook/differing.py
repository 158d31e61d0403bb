"""What a sheet says differently from the one before, key by key, as somebody reads it who signs it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tipstaff.kernel.money import Money
from tipstaff.rulebook.sheet import Sheet, to_json


@dataclass(frozen=True, slots=True)
class Difference:
    """One key with what stood there and what stands there now; None where there was or is nothing."""

    key: str
    before: str | None
    after: str | None


def differences(before: Sheet, after: Sheet) -> tuple[Difference, ...]:
    """Every key that differs, by its path; parts with a code are compared by it and not by their place."""
    then, now = dict(_leaves("", to_json(before))), dict(_leaves("", to_json(after)))
    order = [*now, *(key for key in then if key not in now)]
    return tuple(
        Difference(key, then.get(key), now.get(key)) for key in order if then.get(key) != now.get(key)
    )


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value.keys() == {"minor", "currency"}:
        yield path, str(Money(**value))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(f"{path}.{key}" if path else key, inner)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, inner in enumerate(value):
            name = next((inner[key] for key in ("code", "role", "id", "condition") if key in inner), index)
            yield from _leaves(f"{path}.{name}", inner)
    elif isinstance(value, list):
        yield path, ", ".join(map(str, value))
    elif value is not None:
        yield path, str(value)
