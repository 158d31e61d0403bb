"""A file of published figures, as `tipstaff awards figures load` reads it: every fault with its line. Pure.

Each figure is as its source worded it, and names the source. The file's form is `tipstaff/figures/v1`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tipstaff.footing.toml import BadToml, Checks, Path, opened

FORMAT: Final = "tipstaff/figures/v1"
GREATEST: Final = 10**12
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEYS: Final = ("measure", "as_of", "value", "wording", "source")


class BadFigures(BadToml):
    """The file of figures cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFigure:
    """One figure as somebody published it."""

    measure: str
    as_of: date
    value: int
    scope: str
    wording: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresFile:
    """A whole file: the programme that the figures stand beside, and the figures."""

    programme: str
    figures: tuple[PublishedFigure, ...]


def read(text: str) -> FiguresFile:
    """The figures in `text`. Raises BadFigures with every fault found, not only the first."""
    try:
        tree, checks = opened(text, what="a figures file", levels="two levels")
    except BadToml as wrong:
        raise BadFigures(wrong.faults) from None
    top = checks.table(tree, (), required=("format", "programme", "figures"))
    checks.choice(top, "format", (), [FORMAT])
    programme = _slug(checks, top, "programme", ())
    figures = _figures(checks, top)
    if checks.faults:
        raise BadFigures(checks.faults)
    return FiguresFile(programme=programme, figures=figures)


def _figures(checks: Checks, top: Mapping[str, Any]) -> tuple[PublishedFigure, ...]:
    found = list[PublishedFigure]()
    seen = dict[tuple[str, date, str], int]()
    listed = checks.tables(top["figures"], ("figures",)) if "figures" in top else []
    for number, item in enumerate(listed):
        path: Path = ("figures", number)
        table = checks.table(item, path, required=_KEYS, optional=("scope",))
        figure = PublishedFigure(
            measure=_slug(checks, table, "measure", path),
            as_of=checks.day(table, "as_of", path) if "as_of" in table else date.min,
            value=_value(checks, table, path),
            scope=checks.text(table, "scope", path, longest=200),
            wording=checks.text(table, "wording", path, longest=500),
            source=checks.text(table, "source", path, longest=500),
        )
        key = (figure.measure, figure.as_of, figure.source)
        if key in seen and figure.source:
            said = f"the same source says this of the same day above (figures, number {seen[key] + 1})"
            checks.fault((*path, "source"), said)
        seen.setdefault(key, number)
        found.append(figure)
    return tuple(found)


def _value(checks: Checks, table: Mapping[str, Any], path: Path) -> int:
    if "value" not in table:
        return 0
    value = table["value"]
    if type(value) is not int or not 0 <= value <= GREATEST:
        checks.fault((*path, "value"), "expected a whole number from 0, without quotation marks, such as 300")
        return 0
    return value


def _slug(checks: Checks, table: Mapping[str, Any], key: str, path: Path) -> str:
    if key not in table:
        return ""
    expected = "small letters, digits and hyphens, at most 40 of them, such as us-convictions"
    return checks.shaped(table, key, path, lambda v: bool(_SLUG.fullmatch(v)) and len(v) <= 40, expected)
