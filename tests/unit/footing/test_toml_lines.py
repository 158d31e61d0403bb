"""The finder of lines: by hand for every form of TOML, and against a writer that knows where it wrote."""

import json
import tomllib
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tipstaff.footing.toml import Path, key_lines

EVERY_FORM = '''# a comment with [brackets] and = signs
title = "a # in a text, and \\"quotes\\""   # comment
dotted.key.here = 1
"quoted.key" = 'literal \\'
'literal key'."with\\u0041" = 2

[table]   # a table
day = 2024-06-11
moment = 2024-06-11 07:32:00
many = [
  1,   # one
  [2, 3],

  { a = 1, b = { c = "}" } },
]
long = """
  [not.a.table]
  ends in quotes""""
raw = \'\'\'
x = "\'\'\'

[[row]]
n = 1
  [row.inner]
  deep = true
[[row]]
n = 2
  [[row.parts]]
  p = 1
  [[row.parts]]
  p = 2
[table.sub]
last = 0'''
LINES = {
    ("title",): 2,
    ("dotted",): 3,
    ("dotted", "key"): 3,
    ("dotted", "key", "here"): 3,
    ("quoted.key",): 4,
    ("literal key",): 5,
    ("literal key", "withA"): 5,
    ("table",): 7,
    ("table", "day"): 8,
    ("table", "moment"): 9,
    ("table", "many"): 10,
    ("table", "many", 0): 11,
    ("table", "many", 1): 12,
    ("table", "many", 1, 0): 12,
    ("table", "many", 1, 1): 12,
    ("table", "many", 2): 14,
    ("table", "many", 2, "a"): 14,
    ("table", "many", 2, "b"): 14,
    ("table", "many", 2, "b", "c"): 14,
    ("table", "long"): 16,
    ("table", "raw"): 19,
    ("row",): 22,
    ("row", 0): 22,
    ("row", 0, "n"): 23,
    ("row", 0, "inner"): 24,
    ("row", 0, "inner", "deep"): 25,
    ("row", 1): 26,
    ("row", 1, "n"): 27,
    ("row", 1, "parts"): 28,
    ("row", 1, "parts", 0): 28,
    ("row", 1, "parts", 0, "p"): 29,
    ("row", 1, "parts", 1): 30,
    ("row", 1, "parts", 1, "p"): 31,
    ("table", "sub"): 32,
    ("table", "sub", "last"): 33,
}

keys = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6) | st.from_regex(
    r"[A-Za-z0-9_-]{1,6}", fullmatch=True
)
texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\"'#[]{}=,\\"), max_size=20
)
scalars = st.integers(-(2**40), 2**40) | st.booleans() | st.dates(min_value=date(1000, 1, 1)) | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
trees = st.dictionaries(keys, values, max_size=5)


class Writer:
    """Writes a tree as TOML in a way that the flags choose, and remembers the line of every path."""

    def __init__(self, spread: bool, headers: bool) -> None:
        self.spread, self.headers = spread, headers
        self.text = ""
        self.lines: dict[Path, int] = {}

    def here(self, path: Path) -> None:
        self.lines[path] = self.text.count("\n") + 1

    def table(self, tree: dict[str, Any], path: Path, header: str) -> None:
        plain = {key: value for key, value in tree.items() if not self.standing(value)}
        for key, value in plain.items():
            self.here((*path, key))
            self.text += f"{written_key(key)}  = "
            self.value(value, (*path, key))
            self.text += " # comment [x]\n"
        for key in tree.keys() - plain.keys():
            here = (*path, key)
            name = f"{header}{written_key(key)}"
            if isinstance(tree[key], dict):
                self.here(here)
                self.text += f"[ {name} ]\n\n"
                self.table(tree[key], here, f"{name}.")
                continue
            self.here(here)
            for index, row in enumerate(tree[key]):
                self.here((*here, index))
                self.text += f"[[{name}]] # row\n"
                self.table(row, (*here, index), f"{name} . ")

    def standing(self, value: Any) -> bool:
        """Whether the value is written as tables under headers of their own."""
        rows = isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)
        return self.headers and (isinstance(value, dict) or rows)

    def value(self, value: Any, path: Path) -> None:
        if isinstance(value, list):
            self.text += "["
            for index, item in enumerate(value):
                self.text += "\n # ]\n  " if self.spread else " "
                self.here((*path, index))
                self.value(item, (*path, index))
                self.text += " ,"
            self.text += "\n]" if self.spread else "]"
        elif isinstance(value, dict):
            self.text += "{"
            for place, (key, item) in enumerate(value.items()):
                self.text += ", " if place else " "
                self.here((*path, key))
                self.text += f"{written_key(key)} = "
                self.value(item, (*path, key))
            self.text += " }"
        elif isinstance(value, str):
            self.text += self.string(value)
        else:
            self.text += str(value).lower() if isinstance(value, bool) else str(value)

    def string(self, value: str) -> str:
        if self.spread and "'''" not in value and not value.endswith("'") and "\r" not in value:
            return f"'''\n{value}'''"
        return quoted(value)


def written_key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else quoted(key)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def paths(value: Any, path: Path = ()) -> set[Path]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = {path} if path else set()
    return found.union(*(paths(item, (*path, key)) for key, item in inner))


def test_every_form_of_toml_by_hand():
    assert key_lines(EVERY_FORM) == LINES
    assert LINES.keys() == paths(tomllib.loads(EVERY_FORM))


def test_windows_line_ends_count_once():
    assert key_lines(EVERY_FORM.replace("\n", "\r\n")) == LINES


def test_an_empty_text_has_no_keys():
    assert key_lines("") == key_lines("# nothing\n\n") == {}


@given(trees, st.booleans(), st.booleans())
def test_each_key_is_found_on_the_line_where_it_was_written(tree, spread, headers):
    writer = Writer(spread, headers)
    writer.table(tree, (), "")

    assert tomllib.loads(writer.text) == tree
    assert key_lines(writer.text) == writer.lines
