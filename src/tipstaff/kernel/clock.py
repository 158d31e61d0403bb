"""A coarse clock: what is kept about a source's acts is a day, never a time."""

from datetime import UTC, date, datetime


def day(now: datetime) -> date:
    """The UTC day of an aware `now`. Raises ValueError for a naive time: whose day would it be?"""
    if now.tzinfo is None:
        raise ValueError("a time without a zone has no day: pass an aware datetime")
    return now.astimezone(UTC).date()
