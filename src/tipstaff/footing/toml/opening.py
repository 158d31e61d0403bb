"""From a TOML text to its tree and the checks that know each key's line, or to the fault that hides all others."""

import re
import tomllib
from collections.abc import Sequence
from typing import Any

from tipstaff.footing.toml.checks import Checks, Fault
from tipstaff.footing.toml.lines import key_lines

LONGEST_FILE = 1_000_000


class BadToml(ValueError):
    """The file cannot be used. `faults` are in the order of their lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))


def opened(text: str, *, what: str, levels: str) -> tuple[dict[str, Any], Checks]:
    """The tree in `text` and the checks to read it with. `what` and `levels` name the file in what is said.

    Raises BadToml.
    """
    if len(text) > LONGEST_FILE:
        raise BadToml(
            [Fault(1, "", f"{what} has at most {LONGEST_FILE:,} characters, this has {len(text):,}")]
        )
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadToml([_syntax_fault(text, str(wrong))]) from None
    except RecursionError:
        kind = what.split()[1]
        because = f"lists or tables stand too deep within each other; a {kind} needs {levels}"
        raise BadToml([Fault(1, "", because)]) from None
    return tree, Checks(key_lines(text))


def decoded(content: bytes) -> str:
    """The text in `content`. Raises BadToml at the line of the first byte that is no UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        because = "expected UTF-8, found another byte; save the file as UTF-8"
        raise BadToml([Fault(line, "", because)]) from None


def _syntax_fault(text: str, message: str) -> Fault:
    # tomllib puts the place into its sentence: "(at line 3, column 7)" or "(at end of document)".
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    said = message[: place.start()] if place else message
    line = int(place[1]) if place and place[1] else text.rstrip().count("\n") + 1
    return Fault(line, "", f"this is not TOML: {said[:1].lower()}{said[1:]}; mend the line and check again")
