"""What a rule says can be translated: a sentence as it stands in the code, with a named place for each fact."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.reading import functions, label, modules, room_of, tree

HELPER = "_no"


def refusals(path: Path) -> Iterator[ast.Call]:
    """Every refusal that a module makes; not the one that its helper makes of what it was given."""
    helped = {node for function in functions(path) if function.name == HELPER for node in ast.walk(function)}
    for node in ast.walk(tree(path)):
        match node:
            case ast.Call(args=[], keywords=[ast.keyword(arg=None)]):
                pass  # one that was kept is read again
            case ast.Call(func=ast.Name("Refusal" | "_no")) if node not in helped:
                yield node


def faults(path: Path) -> Iterator[str]:
    for call in refusals(path):
        match call.args:
            case [ast.Constant(str(rule)), ast.Constant(str(says)), *facts] if not call.keywords:
                named = given(facts)
                if not rule.startswith(f"{room_of(path)}."):
                    yield f"line {call.lineno}: {rule} is not a rule of {room_of(path)}"
                if named != places(says):
                    yield f"line {call.lineno}: the places {sorted(places(says))} are given {sorted(named)}"
            case _:
                yield f"line {call.lineno}: a rule, a sentence and facts, written out"


def given(facts: list[ast.expr]) -> set[str]:
    """The names of the facts that are written out as a dictionary."""
    match facts:
        case [ast.Dict(keys=keys)]:
            return {str(ast.literal_eval(key)) for key in keys if key is not None}
        case []:
            return set()
        case _:
            return {"something that is not written out"}


def places(says: str) -> set[str]:
    """The named places of a sentence; one with a format of its own or without a name is not allowed."""
    found = [(name, form) for _, name, form, _ in string.Formatter().parse(says) if name is not None]
    return {name if name.isidentifier() and not form else f"{name}:{form}" for name, form in found}


MAKING = [path for path in modules() if path.name != "decision.py" and any(refusals(path))]


@pytest.mark.parametrize("path", MAKING, ids=label)
def test_a_refusal_is_a_sentence_with_its_facts(path: Path) -> None:
    assert list(faults(path)) == []


def test_refusals_are_found_where_they_are() -> None:
    assert {"offers/policy.py", "tips/policy.py", "logbook/policy.py", "people/policy.py"} <= set(
        map(label, MAKING)
    )


@pytest.mark.parametrize(
    "code",
    [
        'Refusal("tips.a", f"{name} has it.")',
        'Refusal("tips.a", because)',
        'Refusal("tips.a", "{name} has it.")',
        'Refusal("tips.a", "{name} has it.", {"nam": name})',
        'Refusal("tips.a", "{over:,} too long.", {"over": over})',
        '_no("offers.a", "Another room\'s rule.")',
    ],
)
def test_what_cannot_be_translated_is_noticed(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = MAKING[0].parents[1] / "tips" / "policy.py"
    monkeypatch.setattr(f"{__name__}.tree", lambda _: ast.parse(code))

    assert len(list(faults(path))) == 1
