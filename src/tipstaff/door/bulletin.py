"""What the desk has published, as the door knows it: read from the hatch, verified, kept until a newer one comes."""

import threading
import time
from dataclasses import dataclass
from hashlib import sha256

from tipstaff.door.keys import DoorKeys, current
from tipstaff.hatch import queries
from tipstaff.hatch.notice import Notice, NoticeWrong, parse
from tipstaff.sealed.recipients import Recipient, parse_recipient

# How old, in seconds, what is shown may be: a withdrawn offer stands for a moment longer, and the hatch is asked seldom.
FRESH_SECONDS = 1.0
# Somebody who can write into the hatch could bury the desk's notice under forged ones; this many are looked under.
_MOST_TRIED = 16


class NothingPublished(Exception):
    """There is no notice that the desk has signed, so there is nobody to seal to."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The notice in force, its SHA-256 in hex, and its recipients ready for sealing."""

    notice: Notice
    digest: str
    recipients: tuple[Recipient, ...]


class Board:
    """Holds the bulletin of one process. It never goes back to a lower number."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looked = -FRESH_SECONDS
        self._seen = 0
        self._bulletin: Bulletin | None = None

    def bulletin(self, keys: DoorKeys) -> Bulletin:
        """The bulletin in force. Raises NothingPublished while no notice with a good signature was seen."""
        if time.monotonic() - self._looked >= FRESH_SECONDS:
            with self._lock:
                self._look(keys)
        if self._bulletin is None:
            raise NothingPublished
        return self._bulletin

    def _look(self, keys: DoorKeys) -> None:
        self._looked = time.monotonic()
        newest = queries.newest_number()
        if newest == self._seen:
            return
        self._seen = newest
        known = self._bulletin.notice.number if self._bulletin else 0
        for row in queries.newest_notices(_MOST_TRIED):
            if row.number <= known:
                return
            bulletin = _verified(row, keys)
            if bulletin is not None:
                self._bulletin = bulletin
                return


def _verified(row: queries.NoticeRow, keys: DoorKeys) -> Bulletin | None:
    """The bulletin in a row, or None when it is not the desk's word: what was good before it then stays in force."""
    try:
        notice = parse(row.note, keys.notice)
        recipients = tuple(parse_recipient(text) for text in notice.recipients)
    except (NoticeWrong, ValueError):
        return None
    if notice.number != row.number:
        return None
    return Bulletin(notice, sha256(row.note.encode()).hexdigest(), recipients)


_board = Board()


def in_force() -> Bulletin:
    """This process's bulletin. Raises NothingPublished."""
    return _board.bulletin(current())


def forget() -> None:
    """Start with an empty board: for tests that publish anew."""
    global _board
    _board = Board()
