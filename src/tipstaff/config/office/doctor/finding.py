"""One thing that the doctor looked at."""

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """Well; works but look at it; must be mended."""

    GREEN = 0
    AMBER = 1
    RED = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, in a sentence, and what to do about it."""

    level: Level
    says: str
    fix: str = ""


def good(says: str) -> Finding:
    """All is well here."""
    return Finding(Level.GREEN, says)


def doubtful(says: str, fix: str) -> Finding:
    """It works, or it could not be told."""
    return Finding(Level.AMBER, says, fix)


def bad(says: str, fix: str) -> Finding:
    """It has to be mended."""
    return Finding(Level.RED, says, fix)
