"""Where in a TOML text each key stands.

`tomllib` reads the values and forgets the places, so that an error could only say *what* is wrong. This
finder walks the same text once more for the places alone. It is meant for texts that `tomllib` has accepted:
it leans on their being well formed and checks nothing.
"""

import re
import tomllib
from bisect import bisect_right
from collections import Counter

type Path = tuple[str | int, ...]
_ROOT: Path = ()

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_SCALAR = re.compile(r"[^,\]}\r\n#]*")
# Strings as TOML 1.0 writes them; a multi-line one may end in up to two quotation marks of its own.
_STRINGS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}(?!")', re.DOTALL),
    re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)


def key_lines(text: str) -> dict[Path, int]:
    """The line, from 1, of every key, table and array element: `("offers", 0, "cap", "minor") -> 41`.

    Array elements and tables of an array carry their index, from 0. A table that several places add to is
    where it was first named.
    """
    return _Finder(text).found


class _Finder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.ends = [match.start() for match in re.finditer("\n", text)]
        self.found: dict[Path, int] = {}
        self.tables: Counter[Path] = Counter()
        self._statements()

    def _statements(self) -> None:
        at, base = self._past(_BLANK, 0), _ROOT
        while at < len(self.text):
            if self.text.startswith("[[", at):
                names, at = self._key(at + 2)
                base = self._element(names, at)
                at += 2
            elif self.text[at] == "[":
                names, at = self._key(at + 1)
                base = self._table(names, at)
                at += 1
            else:
                at = self._pair(base, at)
            at = self._past(_BLANK, at)

    def _pair(self, base: Path, at: int) -> int:
        """One `key = value`; returns where it ends."""
        names, after = self._key(at)
        for depth in range(1, len(names) + 1):
            self._note((*base, *names[:depth]), at)
        return self._value((*base, *names), self._past(_SPACE, after + 1))

    def _value(self, path: Path, at: int) -> int:
        if self.text[at] == "[":
            return self._array(path, at + 1)
        if self.text[at] == "{":
            return self._inline_table(path, at + 1)
        for string in _STRINGS:
            if match := string.match(self.text, at):
                return match.end()
        return self._past(_SCALAR, at)

    def _array(self, path: Path, at: int) -> int:
        index = 0
        while self.text[at := self._past(_BLANK, at)] != "]":
            self._note((*path, index), at)
            at = self._past(_BLANK, self._value((*path, index), at))
            at += self.text[at] == ","
            index += 1
        return at + 1

    def _inline_table(self, path: Path, at: int) -> int:
        while self.text[at := self._past(_BLANK, at)] != "}":
            at = self._past(_BLANK, self._pair(path, at))
            at += self.text[at] == ","
        return at + 1

    def _key(self, at: int) -> tuple[tuple[str, ...], int]:
        """The dotted key at `at`, and where the first character stands that is no part of it."""
        names: list[str] = []
        while True:
            at = self._past(_SPACE, at)
            match = (
                _BARE.match(self.text, at)
                or _STRINGS[2].match(self.text, at)
                or _STRINGS[3].match(self.text, at)
            )
            assert match, "tomllib accepted this text"
            written = match.group()
            names.append(tomllib.loads(f"x = {written}")["x"] if written[0] in "\"'" else written)
            at = self._past(_SPACE, match.end())
            if self.text[at] != ".":
                return tuple(names), at
            at += 1

    def _table(self, names: tuple[str, ...], at: int) -> Path:
        path: Path = ()
        for name in names:
            path = (*path, name)
            self._note(path, at)
            if self.tables[path]:
                path = (*path, self.tables[path] - 1)
        return path

    def _element(self, names: tuple[str, ...], at: int) -> Path:
        path = (*self._table(names[:-1], at), names[-1])
        self._note(path, at)
        self.tables[path] += 1
        path = (*path, self.tables[path] - 1)
        self._note(path, at)
        return path

    def _note(self, path: Path, at: int) -> None:
        self.found.setdefault(path, bisect_right(self.ends, at - 1) + 1)

    def _past(self, pattern: re.Pattern[str], at: int) -> int:
        match = pattern.match(self.text, at)
        assert match, "every pattern here matches the empty text"
        return match.end()
