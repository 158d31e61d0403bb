"""Reading several things as they stood at one moment, while others go on writing.

Sums that are compared with each other must come from one moment, or a colleague's verb between two queries looks like
a fault in the books.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction


@contextmanager
def one_moment(alias: str = "default") -> Iterator[None]:
    """Everything that the block reads from `alias` stood there at its first query; nobody waits for it.

    For reading only. Inside a transaction of the caller's it adds nothing.
    """
    connection = connections[alias]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Not `atomic`: ours begin as writers (`transaction_mode` IMMEDIATE), and would hold everybody up.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(using=alias):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
