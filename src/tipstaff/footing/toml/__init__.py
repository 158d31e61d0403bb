"""Reading a TOML file that people write: what it holds, or every fault with its line. Pure, no Django."""

from tipstaff.footing.toml.checks import BAD_DATE, NO_DATE, Checks, Fault, nearest, spoken
from tipstaff.footing.toml.lines import Path, key_lines
from tipstaff.footing.toml.opening import LONGEST_FILE, BadToml, decoded, opened

__all__ = [
    "BAD_DATE",
    "LONGEST_FILE",
    "NO_DATE",
    "BadToml",
    "Checks",
    "Fault",
    "Path",
    "decoded",
    "key_lines",
    "nearest",
    "opened",
    "spoken",
]
