"""Files and functions stay short enough to be read, and say what they are for."""

import ast
import re
import tokenize
from pathlib import Path

import pytest

from tests.house.reading import HOUSE, TESTS, functions, label, modules, tree

OURS = [*HOUSE.glob("*.py"), *modules(), *sorted(TESTS.rglob("*.py"))]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
NAMELESS = {"common", "helpers", "misc", "tools", "util", "utils"}
IGNORES = re.compile(r"#\s*(noqa|type:\s*ignore)")
REASONED = re.compile(
    r"#\s*(noqa: [A-Z]+[0-9]+(, [A-Z]+[0-9]+)*|type: ignore\[[a-z-]+(, ?[a-z-]+)*\])\s+#?\s*\w+\W+\w+"
)


@pytest.mark.parametrize("path", OURS, ids=label)
def test_no_file_outgrows_a_reader(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")

    assert lines <= LONGEST_FILE, "split it by noun, not by size: models/claim.py, models/vote.py"


@pytest.mark.parametrize("path", OURS, ids=label)
def test_no_function_outgrows_a_screen(path: Path) -> None:
    long = {
        node.name: n
        for node in functions(path)
        if (n := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }

    assert long == {}, f"at most {LONGEST_FUNCTION} lines: give a part of it a name of its own"


@pytest.mark.parametrize("path", OURS, ids=label)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree(path)), "begin with one sentence on what this file is for"


@pytest.mark.parametrize("path", OURS, ids=label)
def test_every_module_is_named_after_what_it_holds(path: Path) -> None:
    assert NAMELESS.isdisjoint({path.stem, path.parent.name}), "name it after what it holds"


@pytest.mark.parametrize("path", OURS, ids=label)
def test_what_a_checker_is_told_to_ignore_carries_its_reason(path: Path) -> None:
    with path.open("rb") as source:
        comments = [
            token.string for token in tokenize.tokenize(source.readline) if token.type == tokenize.COMMENT
        ]
    bare = [comment for comment in comments if IGNORES.match(comment) and not REASONED.match(comment)]

    assert bare == [], "name the code and, behind it, the reason in a few words"


@pytest.mark.parametrize("path", [path for path in OURS if path.is_relative_to(TESTS)], ids=label)
def test_no_test_is_skipped_or_expected_to_fail(path: Path) -> None:
    named = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}

    assert named & {"skip", "skipif", "xfail", "importorskip", "skipTest"} == set(), (
        "a test runs, or it does not exist"
    )
