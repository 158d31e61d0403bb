"""From the text of a rule sheet's file to a `Sheet`, or to every fault in it, each with its line.

The tables of the file are the parts of the sheet under the same names, so the reading follows the dataclasses:
what is `| None` or a list may be left out. docs/rule-sheet.md describes the file for those who write one.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from importlib.resources import files
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from tipstaff.footing.toml import BadToml, Checks, Path, nearest, opened
from tipstaff.kernel.money import Money
from tipstaff.rulebook.sheet import BOARD, Computation, Sheet, Texts

FORMAT = "tipstaff/rules/v1"
SHIPPED = ("crime-stoppers", "tocrp")
LEVELS = 5
# Which gate the answer to a question of the mailbox fills. What else was paid is taken off by who nominates, and
# every sheet that looks at other payers asks for it.
GATE_OF_QUESTION: Mapping[str, str] = {
    "individual": "individual",
    "official": "official",
    "on-duty": "on_duty",
    "took-part": "took_part",
    "convicted": "convicted",
    "protection": "protection_needed",
}
LONGEST_TEXT = 1000
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PARTS = tuple(field.name for field in fields(Sheet))
# What stands under [sheet]; every other part is a table or a list of tables of its own.
_HEAD = (
    "code",
    "number",
    "title",
    "languages",
    "authority",
    "citation",
    "in_force_from",
    "currency",
    "computation",
)


class BadSheet(BadToml):
    """The file of a rule sheet cannot be used."""


def read(text: str) -> Sheet:
    """The sheet in `text`. Raises BadSheet with every fault found, not only the first."""
    try:
        tree, checks = opened(text, what="a rule sheet", levels="three levels")
    except BadToml as wrong:
        raise BadSheet(wrong.faults) from None
    sheet = _Reading(checks).sheet(tree)
    if checks.faults:
        raise BadSheet(checks.faults)
    for path, sentence in _misfits(sheet):
        checks.fault(path, sentence)
    if checks.faults:
        raise BadSheet(checks.faults)
    return sheet


def shipped(code: str) -> Sheet:
    """One of the sheets that come with Tipstaff, as a draft to propose: nothing is in force by being shipped."""
    return read(files("tipstaff.rulebook").joinpath("sheets", f"{code}.toml").read_text(encoding="utf-8"))


class _Reading:
    """One pass over a parsed file; gives values of the right type even where the file is at fault."""

    def __init__(self, checks: Checks) -> None:
        self.checks = checks
        self.languages: tuple[str, ...] = ()

    def sheet(self, tree: dict[str, Any]) -> Sheet:
        hints = get_type_hints(Sheet)
        parts = [name for name in _PARTS if name not in _HEAD]
        required = [name for name in parts if not _may_be_left_out(hints[name])]
        optional = [name for name in parts if name not in required]
        top = self.checks.table(tree, (), required=("format", "sheet", *required), optional=optional)
        self.checks.choice(top, "format", (), [FORMAT])
        path: Path = ("sheet",)
        head = self.checks.table(top.get("sheet", {}), path, required=_HEAD if "sheet" in top else ())
        self.languages = tuple(text for text, _ in self.checks.list_of_texts(head, "languages", path))
        values = {name: self.value(hints[name], head, name, path) for name in _HEAD}
        values |= {name: self.value(hints[name], top, name, ()) for name in parts}
        return Sheet(**values)

    def value(self, kind: Any, table: Mapping[str, Any], key: str, path: Path) -> Any:
        """The value under `key` as a `kind`."""
        if kind is Texts:
            return self.checks.texts(table, key, path, self.languages, longest=LONGEST_TEXT)
        if isinstance(kind, UnionType):
            (inner,) = (each for each in get_args(kind) if each is not NoneType)
            return self.value(inner, table, key, path) if key in table else None
        if get_origin(kind) is tuple:
            return self.several(get_args(kind)[0], table, key, path)
        if is_dataclass(kind) and kind is not Money:
            return self.part(kind, table[key], (*path, key)) if key in table else None
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            word = self.checks.choice(table, key, path, list(kind))
            return kind(word) if word in list(kind) else next(iter(kind))
        plain: dict[Any, Callable[[], Any]] = {
            str: lambda: self.checks.text(table, key, path, longest=LONGEST_TEXT),
            Money: lambda: self.checks.money(table, key, path),
            date: lambda: self.checks.day(table, key, path) if key in table else date.min,
            int: lambda: self.plain(int, 0, "a whole number that is not negative", table, key, path),
            bool: lambda: self.plain(bool, False, "true or false", table, key, path),
        }
        return plain[kind]()

    def several(self, kind: Any, table: Mapping[str, Any], key: str, path: Path) -> tuple[Any, ...]:
        """A list of texts, of named choices, of texts by language or of tables."""
        here = (*path, key)
        if key not in table:
            return ()
        if kind is str:
            return tuple(text for text, _ in self.checks.list_of_texts(table, key, path))
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            named = self.checks.list_of_texts(table, key, path)
            return tuple(kind(word) for word in self.checks.known(named, list(kind), ", ".join(kind)))
        items = self.checks.tables(table[key], here)
        if kind is Texts:
            return tuple(
                self.checks.texts({"text": item}, "text", here, self.languages, longest=LONGEST_TEXT)
                for item in items
            )
        return tuple(self.part(kind, item, (*here, index)) for index, item in enumerate(items))

    def part(self, kind: Any, value: Any, path: Path) -> Any:
        """A table as the dataclass `kind`."""
        hints = get_type_hints(kind)
        required = [name for name in hints if not _may_be_left_out(hints[name])]
        optional = [name for name in hints if name not in required]
        table = self.checks.table(value, path, required=required, optional=optional)
        return kind(**{name: self.value(hints[name], table, name, path) for name in hints})

    def plain(
        self, kind: type, instead: Any, expected: str, table: Mapping[str, Any], key: str, path: Path
    ) -> Any:
        """A whole number or a yes or no."""
        if key not in table:
            return instead
        value = table[key]
        if type(value) is not kind or (isinstance(value, int) and value < 0):
            self.checks.fault((*path, key), f"expected {expected}")
            return instead
        return value


def _may_be_left_out(kind: Any) -> bool:
    return isinstance(kind, UnionType) or get_origin(kind) is tuple


def _misfits(sheet: Sheet) -> Iterator[tuple[Path, str]]:
    """What each part allows by itself, and the whole does not."""
    if not _SLUG.fullmatch(sheet.code) or len(sheet.code) > 40:
        yield (
            ("sheet", "code"),
            "expected small letters, digits and hyphens, at most 40 of them, such as tocrp",
        )
    if not sheet.number:
        yield (
            ("sheet", "number"),
            "expected 1 for the first sheet of its code, and one more for each later one",
        )
    if set(sheet.languages) < {"en"}:
        yield ("sheet", "languages"), "expected en among them: records and commands speak English"
    yield from _misfits_of_the_computation(sheet)
    for path, amount in _amounts(sheet):
        if amount.currency != sheet.currency:
            yield (
                path,
                f"expected an amount in {sheet.currency}, the sheet's currency, found {amount.currency}",
            )
    for index, factor in enumerate(sheet.factors):
        if len(factor.levels) != LEVELS:
            yield (
                ("factors", index, "levels"),
                f"expected what each level from 0 to 4 means, found {len(factor.levels)}",
            )
        if not factor.weight:
            yield ("factors", index, "weight"), "a factor that weighs nothing decides nothing; leave it out"
    for index, deduction in enumerate(sheet.deductions):
        if not 0 < deduction.most_percent <= 100:
            yield ("deductions", index, "most_percent"), "expected a per cent from 1 to 100"
    for name in ("paragraphs", "crime_classes", "factors", "deductions", "questions"):
        codes = [part.code for part in getattr(sheet, name)]
        for index, code in enumerate(codes):
            if code in codes[:index]:
                yield (name, index, "code"), f'"{code}" stands here twice; name it once'
    yield from _misfits_of_the_decisions(sheet)
    if sheet.deadlines.annual_report is not None and not _month_and_day(
        sheet.deadlines.fiscal_year_ends or ""
    ):
        yield ("deadlines", "fiscal_year_ends"), 'expected the last day of the fiscal year, such as "09-30"'
    if sheet.deadlines.authorization_report_is not in (None, "not-before", "not-later"):
        yield ("deadlines", "authorization_report_is"), 'expected "not-before" or "not-later"'
    yield from _misfits_of_the_questions(sheet)
    if sheet.payees.official not in (None, "on-duty", "always"):
        yield ("payees", "official"), 'expected "on-duty" or "always"'
    if not sheet.forms:
        yield ("forms",), "expected at least one form in which a reward is paid"


def _misfits_of_the_computation(sheet: Sheet) -> Iterator[tuple[Path, str]]:
    wanted = {
        Computation.SHARE_OF_CAP: ("factors", sheet.factors),
        Computation.TABLE: ("crime_classes", sheet.crime_classes),
        Computation.RECOVERY: ("recovery", sheet.recovery),
    }
    part, found = wanted[sheet.computation]
    if not found:
        yield ("sheet", "computation"), f"{sheet.computation} needs the part {part}; add it"
    band = sheet.recovery
    if band and not 0 < band.least_percent <= band.most_percent <= 100:
        yield ("recovery", "least_percent"), "expected a band from at least 1 to at most 100 per cent"


def _misfits_of_the_questions(sheet: Sheet) -> Iterator[tuple[Path, str]]:
    """A question is one that the mailbox knows how to put, and fills the gate that its words are about."""
    for index, question in enumerate(sheet.questions):
        gate = GATE_OF_QUESTION.get(question.code)
        if gate is None:
            meant = nearest(question.code, tuple(GATE_OF_QUESTION))
            hint = f'did you mean "{meant}"?' if meant else f"choose one of {', '.join(GATE_OF_QUESTION)}"
            yield ("questions", index, "code"), f'the mailbox cannot ask "{question.code}"; {hint}'
        elif question.gate != gate:
            yield (
                ("questions", index, "gate"),
                f'the answer to "{question.code}" fills "{gate}", not "{question.gate}"; write "{gate}"',
            )


def _misfits_of_the_decisions(sheet: Sheet) -> Iterator[tuple[Path, str]]:
    roles = [decider.role for decider in sheet.decisions.deciders]
    for key, named in (
        ("certified_by", sheet.decisions.certified_by),
        ("personally_by", _one(sheet.decisions.personally_by)),
    ):
        for role in named:
            if role not in roles:
                meant = nearest(role, roles)
                hint = (
                    f'did you mean "{meant}"?'
                    if meant
                    else f"known there: {', '.join(roles) or 'nothing yet'}"
                )
                yield ("decisions", key), f'"{role}" is not in [[decisions.deciders]]; {hint}'
    if sheet.by_vote:
        yield from _misfits_of_the_board(sheet)
    if sheet.decisions.personally_above and not sheet.decisions.personally_by:
        yield ("decisions", "personally_above"), "name in personally_by who decides above it"


def _misfits_of_the_board(sheet: Sheet) -> Iterator[tuple[Path, str]]:
    """A board decides by its vote alone: nobody beside it, nobody for it, and never one person."""
    decisions = sheet.decisions
    if len(decisions.deciders) > 1:
        yield ("decisions", "deciders"), f"where the {BOARD} decides, nobody else does; name it alone"
    for index, decider in enumerate(decisions.deciders):
        if decider.role == BOARD and decider.delegable:
            path = ("decisions", "deciders", index, "delegable")
            yield path, f"a {BOARD} lends its vote to nobody; write false"
    if decisions.quorum < 2:
        yield ("decisions", "quorum"), f"a {BOARD} is at least 2: nobody decides alone"
    if not decisions.member_decides:
        yield ("decisions", "member_decides"), f"where the {BOARD} decides, its members do; write true"
    if decisions.concurrence:
        yield (
            ("decisions", "concurrence"),
            f"where the {BOARD}’s vote decides, nothing is asked between; write false",
        )


def _amounts(sheet: Sheet) -> Iterator[tuple[Path, Money]]:
    caps, decisions = sheet.caps, sheet.decisions
    if caps.reward:
        yield ("caps", "reward"), caps.reward
    if caps.leader:
        yield ("caps", "leader", "cap"), caps.leader.cap
    if sheet.recovery:
        yield ("recovery", "above"), sheet.recovery.above
    if decisions.personally_above:
        yield ("decisions", "personally_above"), decisions.personally_above
    for index, crime in enumerate(sheet.crime_classes):
        yield ("crime_classes", index, "cap"), crime.cap
    for index, decider in enumerate(decisions.deciders):
        if decider.up_to:
            yield ("decisions", "deciders", index, "up_to"), decider.up_to


def _one(role: str | None) -> tuple[str, ...]:
    return (role,) if role else ()


def _month_and_day(words: str) -> bool:
    try:
        date.fromisoformat(f"2001-{words}")
    except ValueError:
        return False
    return True
