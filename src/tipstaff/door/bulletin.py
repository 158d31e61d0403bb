"""What the desk has published, as the door knows it: read from the hatch, verified, kept until a newer one comes."""

import threading
import time
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings

from tipstaff.door.keys import DoorKeys, current
from tipstaff.hatch import queries
from tipstaff.hatch.notice import Notice, NoticeWrong, parse
from tipstaff.sealed.recipients import Recipient, parse_recipient

# How old, in seconds, what is shown may be: a withdrawn offer stands a moment longer, the hatch is asked seldom.
FRESH_SECONDS = 1.0
# Somebody who can write into the hatch could bury the desk's notice under forged ones; this many are looked under.
_MOST_TRIED = 16


class NothingPublished(Exception):
    """There is no notice that the desk has signed, so there is nobody to seal to."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The notice in force, its SHA-256 in hex, its recipients ready for sealing.

    `languages` are those of the notice that this door has pages in, in the notice's order.
    """

    notice: Notice
    digest: str
    recipients: tuple[Recipient, ...]
    languages: tuple[str, ...]


class Board:
    """Holds the bulletin of one process. It never goes back to a lower number."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looked = -FRESH_SECONDS
        self._seen = 0
        self._bulletin: Bulletin | None = None

    def bulletin(self, keys: DoorKeys) -> Bulletin:
        """The bulletin in force. Raises NothingPublished while no notice with a good signature was seen."""
        known = self._bulletin
        if known is None or time.monotonic() - self._looked >= FRESH_SECONDS:
            # Whoever knows a bulletin goes on with it while another looks; at the very start all wait.
            if self._lock.acquire(blocking=known is None):
                try:
                    self._look(keys)
                finally:
                    self._lock.release()
            known = self._bulletin
        if known is None:
            raise NothingPublished
        return known

    def _look(self, keys: DoorKeys) -> None:
        if time.monotonic() - self._looked < FRESH_SECONDS:
            return
        newest = queries.newest_number()
        if newest != self._seen:
            self._bulletin = self._newest_verified(keys) or self._bulletin
        self._seen, self._looked = newest, time.monotonic()

    def _newest_verified(self, keys: DoorKeys) -> Bulletin | None:
        number = self._bulletin.notice.number if self._bulletin else 0
        for row in queries.newest_notices(_MOST_TRIED):
            if row.number <= number:
                return None
            bulletin = _verified(row, keys)
            if bulletin is not None:
                return bulletin
        return None


def _verified(row: queries.NoticeRow, keys: DoorKeys) -> Bulletin | None:
    """The bulletin in a row, or None when it is not the desk's word: what was good before it then stays in force."""
    try:
        notice = parse(row.note, keys.notice)
        recipients = tuple(parse_recipient(text) for text in notice.recipients)
    except (NoticeWrong, ValueError):
        return None
    if notice.number != row.number:
        return None
    known = [code for code, _ in settings.LANGUAGES]
    languages = tuple(language for language in notice.languages if language in known) or (known[0],)
    return Bulletin(notice, sha256(row.note.encode()).hexdigest(), recipients, languages)


_board = Board()


def in_force() -> Bulletin:
    """This process's bulletin. Raises NothingPublished."""
    return _board.bulletin(current())


def forget() -> None:
    """Start with an empty board: for tests that publish anew."""
    global _board
    _board = Board()
