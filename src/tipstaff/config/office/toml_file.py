"""A TOML file from the command line: what it holds, or its faults printed one by one with their lines."""

import sys
from collections.abc import Callable
from pathlib import Path

from tipstaff.config.office.saying import problem
from tipstaff.footing.toml import BadToml, decoded


def read_file[T](file: Path, read: Callable[[str], T], *, kind: str, guide: str) -> T | None:
    """What `read` finds in `file`; None when it is at fault and every fault was printed with its line.

    `kind` names such a file (`a programme file`) and `guide` the page that describes it.
    """
    try:
        content = file.read_bytes()
    except OSError as wrong:
        why = (wrong.strerror or "it cannot be read").lower()
        raise problem(f"{file}: {why}. Name {kind} that can be read.") from None
    try:
        return read(decoded(content))
    except BadToml as bad:
        for fault in bad.faults:
            where = f"{fault.where}: " if fault.where else ""
            sys.stderr.write(f"{file}:{fault.line}: {where}{fault.sentence}\n")
        faults = "one fault" if len(bad.faults) == 1 else f"{len(bad.faults)} faults"
        sys.stderr.write(f"tipstaff: {file} has {faults}. {guide} says what such a file holds.\n")
        return None
