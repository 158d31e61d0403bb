"""The tables of who is answered how, as `table/` has them: one text file for each room.

    readers = clerk secretary                         a name for several
    otherwise: nobody 302, outside 404, others 403    how everybody is answered who is not named, until the next such line
    awards:award   GET   200 readers; 409 delegate    a route, a method, and who is answered how

`everybody` is everybody but nobody; `outside` are those with no part in Harbour, whose all these things are. Where a
method has no row, nobody is sent to sign in and everybody else gets a 405.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.security.people import EVERYBODY, OUTSIDE

FOLDER = Path(__file__).with_name("table")
NO_ROW = dict.fromkeys(EVERYBODY, 405) | {"nobody": 302}

type Answers = Mapping[str, int]


class Unreadable(Exception):
    """A line of a table says something that cannot be meant."""


def expected() -> dict[tuple[str, str], Answers]:
    """(route, method) -> who is answered how."""
    found: dict[tuple[str, str], Answers] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        for row, answers in _rows(path.read_text(encoding="utf-8")):
            if row in found:
                raise Unreadable(f"{path.name}: {row} has two rows")
            found[row] = answers
    return found


def _rows(text: str) -> Iterator[tuple[tuple[str, str], Answers]]:
    groups: dict[str, tuple[str, ...]] = {who: (who,) for who in EVERYBODY}
    otherwise: Answers = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("otherwise: "):
            otherwise = _otherwise(line.removeprefix("otherwise: "))
        elif " = " in line:
            name, people = line.split(" = ")
            groups[name.strip()] = tuple(_people(people, groups))
        else:
            route, method, *_ = line.split()
            said = line.split(method, 1)[1]
            yield (route, method), {**otherwise, **_said(said, groups, line)}


def _otherwise(said: str) -> Answers:
    wanted = {who: int(status) for who, status in (part.split() for part in said.split(", "))}
    everybody = wanted.get("everybody", 0)
    return {
        who: wanted["nobody"]
        if who == "nobody"
        else everybody or wanted["outside" if who in OUTSIDE else "others"]
        for who in EVERYBODY
    }


def _said(said: str, groups: Mapping[str, tuple[str, ...]], line: str) -> Answers:
    answers: dict[str, int] = {}
    for part in said.split(";"):
        status, _, people = part.strip().partition(" ")
        for who in _people(people, groups):
            if who in answers:
                raise Unreadable(f"{who} is named twice: {line}")
            answers[who] = int(status)
    return answers


def _people(names: str, groups: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for name in names.split():
        yield from groups[name]
