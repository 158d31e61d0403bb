"""docs/rule-sheet.md names every key of a sheet and every word that may be chosen in one."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from tipstaff.kernel.money import Money
from tipstaff.rulebook.facts import Answer, Payee
from tipstaff.rulebook.sheet import Computation, Form, Sheet
from tipstaff.rulebook.sheet_file import FORMAT, GATE_OF_QUESTION

PAGE = (Path(__file__).parents[3] / "docs" / "rule-sheet.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`(?:\w+\.)?([\w-]+)`", PAGE)) | set(re.findall(r"\b([a-z_]+) = ", PAGE))


def keys_of(kind: Any) -> set[str]:
    """Every key in a dataclass and in those inside it."""
    found: set[str] = set()
    for field, hint in ((field, get_type_hints(kind)[field.name]) for field in fields(kind)):
        found.add(field.name)
        for inner in (hint, *get_args(hint)):
            if is_dataclass(inner) and isinstance(inner, type) and inner is not Money:
                found |= keys_of(inner)
    return found


@pytest.mark.parametrize("key", sorted(keys_of(Sheet)))
def test_every_key_stands_there(key: str) -> None:
    assert key in NAMED or re.search(rf"\[+{key}\]+", PAGE)


@pytest.mark.parametrize("word", [*Computation, *Form, "on-duty", "always", "not-before", "not-later"])
def test_every_word_that_may_be_chosen_stands_there(word: str) -> None:
    assert word in NAMED


def test_the_format_stands_there_and_every_gate_is_a_fact() -> None:
    assert FORMAT in PAGE
    facts = {name for name, kind in get_type_hints(Payee).items() if kind is Answer}
    assert set(GATE_OF_QUESTION.values()) <= facts
    assert GATE_OF_QUESTION.keys() <= NAMED
