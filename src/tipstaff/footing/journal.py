"""What a database keeps of rows that are gone.

SQLite overwrites erased rows (`secure_delete`), but its write-ahead journal still holds the old pages until they
are written back and the file is cut. PostgreSQL keeps old rows until VACUUM; docs say what an office does there.
"""

from django.db import connections

from tipstaff.footing.database import SQLITE_WAIT_SECONDS

# How long writers may be kept waiting while the last readers of old pages finish.
PATIENCE_MILLISECONDS = 500


class JournalHeld(Exception):
    """A reader still holds the journal, with the old pages in it. Ask again later."""

    def __init__(self) -> None:
        super().__init__("the database's journal is still being read, so it was not emptied")


def empty(alias: str) -> None:
    """Write the journal back and cut it to nothing, so that no erased row is left in it.

    Does nothing inside a transaction or on PostgreSQL. Raises JournalHeld when a reader does not let go of it.
    """
    connection = connections[alias]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout={PATIENCE_MILLISECONDS}")
            try:
                held, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                cursor.execute(f"PRAGMA busy_timeout={SQLITE_WAIT_SECONDS * 1000}")
        if held:
            raise JournalHeld
