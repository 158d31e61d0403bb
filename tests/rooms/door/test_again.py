"""The same form sent again: the same words for ten minutes, nothing stored twice, and no change lost in silence."""

from typing import Any

import pytest

from tests.offices import TestOffice, Visitor, written_down
from tipstaff.door import submission
from tipstaff.door.ratchet import EPOCH_SECONDS, KEPT
from tipstaff.hatch import queries


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The door's clock: `clock.now` in seconds."""

    class Clock:
        now = 1_800_000_000.0

        def time(self) -> float:
            return self.now

        def monotonic(self) -> float:
            return self.now

    clock = Clock()
    monkeypatch.setattr(submission, "time", clock)
    return clock


def test_the_same_post_shows_the_same_words_and_stores_nothing_twice(visitor: Visitor) -> None:
    fields = {"token": visitor.token(), "text": "Three boats.", "send": "1"}

    receipts = [written_down(visitor.post("/en/tip/", fields)) for _ in range(5)]

    assert len({tuple(receipt.words) for receipt in receipts}) == 1
    assert queries.count_waiting() == 1
    assert queries.private_head().size == 1


def test_with_files_too(visitor: Visitor) -> None:
    fields = {"token": visitor.token(), "text": "Three boats.", "send": "1"}
    files = [("pier.jpg", b"a photo" * 1000)]

    first, second = (written_down(visitor.post("/en/tip/", fields, files)) for _ in range(2))

    assert first.words == second.words
    assert queries.count_waiting() == 1


def test_the_proof_shown_again_is_of_the_same_leaf(visitor: Visitor) -> None:
    fields = {"token": visitor.token(), "text": "Three boats.", "send": "1"}
    first = written_down(visitor.post("/en/tip/", fields))
    for number in range(5):
        visitor.tip(f"Another, {number}.")

    again = written_down(visitor.post("/en/tip/", fields))

    assert first.proof.split("\n")[1:3] == again.proof.split("\n")[1:3], "the same entry, the same index"


def test_changed_words_are_never_dropped_in_silence(visitor: Visitor) -> None:
    token = visitor.token()
    first = written_down(visitor.post("/en/tip/", {"token": token, "text": "Three boats.", "send": "1"}))

    answer = visitor.post("/en/tip/", {"token": token, "text": "Three boats, and a fourth.", "send": "1"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "has not been sent" in page
    assert "Three boats, and a fourth." in page
    assert first.words and 'class="word"' not in page, "the receipt is for the very same post only"
    assert queries.count_waiting() == 1


def test_a_changed_file_counts_as_changed(visitor: Visitor) -> None:
    fields = {"token": visitor.token(), "text": "Three boats.", "send": "1"}
    visitor.post("/en/tip/", fields, [("pier.jpg", b"a photo")])

    answer = visitor.post("/en/tip/", fields, [("pier.jpg", b"another")])

    assert answer.status_code == 422
    assert queries.count_waiting() == 1


@pytest.mark.parametrize("epochs, shown", [(0, True), (KEPT - 1, True), (KEPT, False), (1000, False)])
def test_the_words_are_shown_again_for_ten_minutes_only(
    office: TestOffice, visitor: Visitor, clock: Any, epochs: int, shown: bool
) -> None:
    fields = {"token": visitor.token(), "text": "Three boats.", "send": "1"}
    first = written_down(visitor.post("/en/tip/", fields))

    clock.now += epochs * EPOCH_SECONDS
    answer = visitor.post("/en/tip/", fields)

    assert queries.count_waiting() == 1
    if shown:
        assert written_down(answer).words == first.words
    else:
        assert answer.status_code == 422
        assert "cannot be shown again" in answer.content.decode()
        assert "Three boats." in answer.content.decode()
