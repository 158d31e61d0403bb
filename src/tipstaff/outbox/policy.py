"""How patient the outbox is. Pure."""

from datetime import timedelta

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
TRIES = 10


def pause_after(tries: int) -> timedelta:
    """How long to wait after `tries` failures: 5 s, doubling, an hour at most.

    Doubling, not a fixed step: a hatch that is being restarted is back in seconds, and one that is down for a
    night needs no thousand knocks.
    """
    return min(FIRST_PAUSE * (1 << min(tries - 1, 20)), LONGEST_PAUSE)


def gives_up(tries: int) -> bool:
    """Whether a person has to look: after ten failures, which is about three quarters of an hour."""
    return tries >= TRIES
