"""Asking a parsed TOML tree for what it should hold, and noting every fault at its line.

Each method gives back a value of the right type even where the file is at fault, so that reading goes on and
one run shows all faults. Nothing that was made while a fault was noted may leave this package.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from tipstaff.footing.toml.currencies import CURRENCIES
from tipstaff.footing.toml.lines import Path
from tipstaff.kernel.money import Money

NO_DATE = date.min  # none was given
BAD_DATE = date.max  # one was given that is no date; the fault is noted already
_NAMES: Mapping[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number with a point",
    list: "a list",
    dict: "a table",
    datetime: "a date with a time",
    date: "a date",
}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend: its line (from 1), where it is in the tree, and what was expected instead."""

    line: int
    where: str
    sentence: str

    def __str__(self) -> str:
        return (
            f"line {self.line}: {self.where}: {self.sentence}"
            if self.where
            else f"line {self.line}: {self.sentence}"
        )


class Checks:
    """The faults of one file, gathered while it is read."""

    def __init__(self, lines: Mapping[Path, int]) -> None:
        self.lines = lines
        self.faults: list[Fault] = []

    def fault(self, path: Path, sentence: str) -> None:
        """Note that the value at `path` is not as it should be; `sentence` says what to do."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        self.faults.append(Fault(self.lines.get(known, 1), spoken(path), sentence))

    def table(
        self, value: Any, path: Path, *, required: Sequence[str], optional: Sequence[str] = ()
    ) -> dict[str, Any]:
        """`value` as a table with all `required` keys and no others than `optional` ones beside them."""
        if not isinstance(value, dict):
            self.fault(path, f"expected a table with {_listed(required)}, found {_kind(value)}")
            return {}
        missing = [key for key in required if key not in value]
        for key in value.keys() - {*required, *optional}:
            meant = nearest(key, [*missing, *optional, *required])
            if meant in missing:
                missing.remove(meant)
            known = f'did you mean "{meant}"?' if meant else f"known here: {_listed([*required, *optional])}"
            self.fault((*path, key), f"unknown key; {known}")
        for key in missing:
            self.fault(path, f'the key "{key}" is missing; add it')
        return value

    def tables(self, value: Any, path: Path) -> list[Any]:
        """`value` as a list (of tables, which the caller reads one by one) that is not empty."""
        if not isinstance(value, list) or not value:
            found = "an empty list" if value == [] else _kind(value)
            self.fault(path, f"expected at least one table [[{spoken(path)}]], found {found}")
            return []
        return value

    def text(self, table: Mapping[str, Any], key: str, path: Path, *, longest: int = 300) -> str:
        """A text that is not blank."""
        if key not in table:
            return ""
        value = table[key]
        if not isinstance(value, str):
            self.fault((*path, key), f"expected a text in quotation marks, found {_kind(value)}")
            return ""
        if not value.strip():
            self.fault((*path, key), "expected a text, found an empty one; write it")
        if len(value) > longest:
            self.fault((*path, key), f"{len(value)} characters are too long; write at most {longest}")
        return value

    def shaped(
        self, table: Mapping[str, Any], key: str, path: Path, shape: Callable[[str], bool], expected: str
    ) -> str:
        """A text for which `shape` holds; `expected` says how one looks."""
        value = self.text(table, key, path)
        if value.strip() and not shape(value):
            self.fault((*path, key), f'expected {expected}, found "{value}"')
        return value

    def choice(self, table: Mapping[str, Any], key: str, path: Path, known: Sequence[str]) -> str:
        """One of the texts in `known`."""
        value = self.text(table, key, path)
        if value.strip() and value not in known:
            meant = nearest(value, known)
            hint = f'did you mean "{meant}"?' if meant else f"choose one of {_listed(known)}"
            self.fault((*path, key), f'"{value}" is not known here; {hint}')
        return value

    def texts(
        self, table: Mapping[str, Any], key: str, path: Path, languages: Sequence[str], *, longest: int = 300
    ) -> dict[str, str]:
        """A text in every one of `languages`; without any (they are at fault themselves), texts by whatever key."""
        if key not in table:
            return {}
        value, here = table[key], (*path, key)
        if not isinstance(value, dict):
            example = languages[0] if languages else "en"
            self.fault(here, f'expected a text by language, such as {example} = "…", found {_kind(value)}')
            return {}
        for language in value.keys() - set(languages) if languages else ():
            self.fault(
                (*here, language),
                f'"{language}" is none of the programme\'s languages; expected {_listed(languages)}',
            )
        for language in languages:
            if language not in value:
                self.fault(here, f'the translation "{language}" is missing; add it')
        return {
            language: self.text(value, language, here, longest=longest) for language in languages or value
        }

    def day(self, table: Mapping[str, Any], key: str, path: Path) -> date:
        """A calendar date, unquoted."""
        value = table.get(key, NO_DATE)
        if type(value) is not date:
            self.fault(
                (*path, key),
                f"expected a date without quotation marks, such as 2024-06-11, found {_kind(value)}",
            )
            return BAD_DATE
        return value

    def list_of_texts(self, table: Mapping[str, Any], key: str, path: Path) -> list[tuple[str, Path]]:
        """A list of texts without repeats, each with its path."""
        value, here = table.get(key, []), (*path, key)
        if not isinstance(value, list):
            self.fault(here, f"expected a list of texts in square brackets, found {_kind(value)}")
            return []
        texts: list[tuple[str, Path]] = []
        for index, item in enumerate(value):
            if not isinstance(item, str) or not item.strip():
                found = "an empty one" if isinstance(item, str) else _kind(item)
                self.fault((*here, index), f"expected a text, found {found}")
            elif item in (text for text, _ in texts):
                self.fault((*here, index), f'"{item}" stands here twice; name it once')
            else:
                texts.append((item, (*here, index)))
        return texts

    def known(self, named: Sequence[tuple[str, Path]], known: Sequence[str], where: str) -> tuple[str, ...]:
        """Those of the texts `named` that are `known`; each other one is a fault. `where` lists the known."""
        # Where one of them lacks its own name, what seems unknown may be just that one: it is no second fault.
        for name, path in named if "" not in known else ():
            if name not in known:
                meant = nearest(name, known)
                hint = (
                    f'did you mean "{meant}"?' if meant else f"known there: {_listed(known) or 'nothing yet'}"
                )
                self.fault(path, f'"{name}" is not in {where}; {hint}')
        return tuple(name for name, _ in named if name in known)

    def money(self, table: Mapping[str, Any], key: str, path: Path) -> Money:
        """An amount `{ minor = 200_000_000, currency = "USD" }` of more than nothing.

        What is no amount comes back without a currency, and is compared with nothing.
        """
        if key not in table:
            return Money(0, "")
        here = (*path, key)
        amount = self.table(table[key], here, required=("minor", "currency"))
        minor, currency = amount.get("minor", 1), self.text(amount, "currency", here, longest=20)
        before = len(self.faults)
        if type(minor) is not int:
            expected = "whole minor units (2 million dollars are 200_000_000)"
            self.fault((*here, "minor"), f"expected {expected}, found {_kind(minor)}")
        elif not 0 < minor < 10**15:
            expected = "more than 0 and less than 10^15 minor units"
            self.fault((*here, "minor"), f"expected {expected}, found {minor}")
        if currency.strip() and currency not in CURRENCIES:
            expected = "the code of a currency with hundredths, three capital letters of ISO 4217 such as USD"
            self.fault((*here, "currency"), f'expected {expected}, found "{currency}"')
        faulty = len(self.faults) > before
        return Money(0, "") if faulty else Money(minor, currency)


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The one of `known` that `word` was most likely meant to be, or None."""
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.6)), None)


def spoken(path: Path) -> str:
    """A path as a person counts: `offers 2, conditions 1, cap.minor`."""
    words = ""
    for part in path:
        if isinstance(part, int):
            words += f" {part + 1},"
        else:
            words += (" " if words.endswith(",") else "." if words else "") + part
    return words.removesuffix(",")


def _kind(value: Any) -> str:
    return _NAMES.get(type(value), "something else")


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)
