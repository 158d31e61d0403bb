"""When a meeting is called and closed, and when a declaration, a score or a vote is taken."""

import itertools
from dataclasses import replace
from datetime import date

import pytest

from tipstaff.awards.policy import committee
from tipstaff.awards.policy.committee import Convening
from tipstaff.awards.states import ItemState, MeetingState

SOUND = Convening(
    "November", date(2026, 11, 26), date(2026, 11, 20), ["amara", "bo"], frozenset({"amara", "bo"})
)
LONG = "x" * 2001


def rules(decision):
    return [refusal.rule.removeprefix("awards.committee.") for refusal in decision.refusals]


@pytest.mark.parametrize(
    "changes, refused",
    [
        ({}, []),
        ({"title": " "}, ["title"]),
        ({"title": "x" * 201}, ["title"]),
        ({"held_on": date(2026, 11, 20)}, []),
        ({"held_on": date(2026, 11, 19)}, ["day"]),
        ({"members": []}, ["members"]),
        ({"members": ["amara", "cora", "nia"]}, ["members", "members"]),
        ({"title": "", "held_on": date(2020, 1, 1), "members": ["cleo"]}, ["title", "day", "members"]),
    ],
)
def test_a_meeting_is_called_or_refused_with_every_reason(changes, refused):
    assert rules(committee.may_convene(replace(SOUND, **changes))) == refused


@pytest.mark.parametrize("state", MeetingState)
def test_what_each_state_of_a_meeting_lets_happen(state):
    assert committee.not_held(state).allowed == (state != "held")
    assert committee.in_session(state).allowed == (state == "open")


@pytest.mark.parametrize("listed, same, refused", [
    (False, True, []), (True, True, ["listed-already"]), (False, False, ["compartment"]),
    (True, False, ["listed-already", "compartment"]),
])  # fmt: skip
def test_an_award_is_listed_once_and_in_its_own_compartment(listed, same, refused):
    decision = committee.may_list(MeetingState.PLANNED, listed=listed, same_compartment=same)

    assert rules(decision) == refused


def test_each_open_item_keeps_a_meeting_open():
    assert committee.may_close_meeting([]).allowed
    assert rules(committee.may_close_meeting([2, 5])) == ["item-open", "item-open"]


@pytest.mark.parametrize(
    "state, declared, conflicted, reason",
    list(itertools.product(ItemState, (True, False), (True, False), ("", "my cousin", LONG))),
)
def test_a_declaration_is_taken_once_in_time_and_a_conflict_with_its_reason(
    state, declared, conflicted, reason
):
    refused = rules(committee.may_declare(state, declared=declared, conflicted=conflicted, reason=reason))

    assert ("declared-once" in refused) == declared
    assert ("declare-in-time" in refused) == (state not in ("listed", "scoring"))
    assert ("conflict-reason" in refused) == (conflicted and not reason)
    assert ("reason-length" in refused) == (reason == LONG)


@pytest.mark.parametrize("conflicted, refused", [(None, ["declare-first"]), (True, ["recused"]), (False, [])])
def test_the_packet_opens_after_a_declaration_and_never_to_who_is_recused(conflicted, refused):
    assert rules(committee.may_read(conflicted)) == refused


@pytest.mark.parametrize("state, submitted", list(itertools.product(ItemState, (True, False))))
def test_scores_are_written_while_the_scoring_is_open_and_until_they_are_submitted(state, submitted):
    refused = rules(committee.may_score(state, submitted=submitted))

    assert ("scoring" in refused) == (state != "scoring")
    assert ("scores-locked" in refused) == submitted


@pytest.mark.parametrize(
    "state, scored, voted, reason",
    list(itertools.product(ItemState, (True, False), (True, False), ("", "so", LONG))),
)
def test_a_vote_needs_a_motion_own_scores_and_a_reason_and_is_cast_once(state, scored, voted, reason):
    refused = rules(committee.may_vote(state, scored=scored, voted=voted, reason=reason))

    assert ("no-motion" in refused) == (state != "voting")
    assert ("score-first" in refused) == (not scored)
    assert ("voted-once" in refused) == voted
    assert ("reason" in refused) == (not reason)
    assert ("reason-length" in refused) == (reason == LONG)


def test_an_item_whose_scores_were_shown_comes_back_in_another_meeting_only():
    assert committee.may_relist(put=False).allowed
    assert rules(committee.may_relist(put=True)) == ["scores-were-shown"]
