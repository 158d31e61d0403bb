"""What the worker does here."""

from datetime import datetime

from tipstaff.audit import actions


def number_records(now: datetime) -> int:
    """Number the records that wait; returns how many. Run every few seconds, and whenever the worker has
    done a job.
    """
    return actions.sequence(now)
