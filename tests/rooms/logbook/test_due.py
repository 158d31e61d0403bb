"""When the head moves: once a day, in its hour; a missed hour is let pass."""

from datetime import UTC, datetime, timedelta

import pytest

from tipstaff.logbook.policy import LEAST_GAP, is_due, may_move_by_hand

HOUR = 3


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    "last, now, due",
    [
        (None, at(20, 3), True),
        (None, at(20, 2, 59), False),
        (None, at(20, 4), False),
        (at(19, 3), at(20, 3), True),
        (at(19, 3), at(20, 3, 59), True),
        (at(20, 3), at(20, 3, 30), False),
        (at(19, 3), at(20, 4), False),
        (at(18, 3), at(20, 2), False),
        (at(18, 3), at(20, 3, 15), True),
        (at(20, 1), at(20, 3), False),
    ],
)
def test_due(last: datetime | None, now: datetime, due: bool) -> None:
    assert is_due(last, HOUR, now) is due


def test_over_a_year_of_minutes_it_moves_once_a_day() -> None:
    last, moved = None, 0
    for minute in range(0, 365 * 24 * 60, 5):
        now = at(1, 0) + timedelta(minutes=minute)
        if is_due(last, HOUR, now):
            last, moved = now, moved + 1

    assert moved == 365


def test_by_hand_not_within_the_hour() -> None:
    assert may_move_by_hand(None, at(20, 3)).allowed
    assert may_move_by_hand(at(20, 3), at(20, 3) + LEAST_GAP).allowed
    refused = may_move_by_hand(at(20, 3), at(20, 3, 59))
    assert [refusal.rule for refusal in refused.refusals] == ["logbook.too-soon"]
