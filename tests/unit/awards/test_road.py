"""The road as a picture: every state has its place on it, and what is behind and ahead is told apart."""

import pytest

from tipstaff.awards.road import BESIDE, STOPS, road
from tipstaff.awards.states import AWARD, AwardState, Duty, Form
from tipstaff.awards.words import DUTIES, FORMS, MOVES, STATES


@pytest.mark.parametrize("state", AwardState)
def test_every_state_stands_on_the_road_or_beside_it(state: AwardState) -> None:
    drawn = road(state, [], concurrence=state == "concurred", crypto=state == "notice-over")

    assert [stop.state for stop in drawn.stops if stop.standing == "now"] == [state]
    standings = [stop.standing for stop in drawn.stops]
    assert standings == sorted(standings, key=["done", "now", "ahead"].index)
    assert drawn.reached <= drawn.width


def test_each_state_is_a_stop_or_beside_one_and_never_both() -> None:
    assert set(STOPS) | set(BESIDE) == set(AwardState)
    assert not set(STOPS) & set(BESIDE)


def test_concurrence_and_notice_are_stops_only_where_they_are_needed() -> None:
    short = [stop.state for stop in road(AwardState.DRAFTED, [], concurrence=False, crypto=False).stops]
    long = [stop.state for stop in road(AwardState.DRAFTED, [], concurrence=True, crypto=True).stops]

    assert set(long) - set(short) == {"concurred", "notice-over"}
    sought = road(AwardState.APPROVED, ["concurred"], concurrence=False, crypto=False)
    assert "concurred" in [stop.state for stop in sought.stops]


def test_everything_that_a_page_shows_has_words() -> None:
    assert STATES.keys() == set(AwardState)
    assert DUTIES.keys() == set(Duty)
    assert FORMS.keys() == set(Form)
    # Steps that leave an award where it is: what was stated anew, asked, checked, and sent again.
    beside = {
        "draft",
        "restate",
        "ask",
        "ask_again",
        "offer_review",
        "check",
        "keep_identity",
        "reissue",
        "return_share",
    }
    assert MOVES.keys() == {move.name for move in AWARD.moves} | beside
