"""What a database keeps of rows that are gone.

SQLite overwrites erased rows (`secure_delete`), but its write-ahead journal still holds the old pages until they
are written back and the file is cut. PostgreSQL keeps old rows until VACUUM; docs say what an office does there.
"""

from django.db import connections


def empty(alias: str) -> None:
    """Write the journal back and cut it to nothing, so that no erased row is left in it. Does nothing inside a
    transaction, on PostgreSQL, or while another reader holds the journal: the next writing cuts it then.
    """
    connection = connections[alias]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
