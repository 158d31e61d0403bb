"""Every verb in every state of an item, and every verb by everybody: what is allowed happens, all else moves nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.rooms.awards.committee.cast import (
    NOON,
    SITTING,
    THURSDAY,
    WHY,
    At,
    acting,
    everything,
    item_now,
    marks,
    recommend,
    records,
    vote,
)
from tipstaff.awards.actions import committee
from tipstaff.awards.models import Meeting
from tipstaff.awards.states import Choice
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.people.access import Actor, NotAllowed, NotVisible
from tipstaff.people.roles import VERBS

VERBS_OF_ITEMS: dict[str, Callable[[At, Actor], object]] = {
    "declare": lambda at, actor: committee.declare(
        **at.item, conflicted=True, reason="my cousin", actor=actor
    ),
    "open_scoring": lambda at, actor: committee.open_scoring(**at.item, actor=actor),
    "save_scores": lambda at, actor: committee.save_scores(**at.item, marks=marks(1), actor=actor),
    "submit_scores": lambda at, actor: committee.submit_scores(**at.item, marks=marks(1), actor=actor),
    "put_motion": lambda at, actor: recommend(at, actor=actor),
    "cast_vote": lambda at, actor: committee.cast_vote(
        **at.item, motion=1, choice=Choice.FOR, reason=WHY, actor=actor
    ),
    "close_vote": lambda at, actor: committee.close_vote(**at.item, actor=actor),
    "defer": lambda at, actor: committee.defer(**at.item, reason="A paper is missing.", actor=actor),
    "relist": lambda at, actor: committee.relist(**at.item, reason="It came.", actor=actor),
}
STATES = ("listed", "scoring", "voting", "lost", "decided", "deferred")
CLERKS = ("open_scoring", "put_motion", "close_vote", "defer", "relist")
# Where each verb leads from where; said by hand and not by the table. What is missing is refused.
LEADS = {
    ("declare", "listed"): "listed",
    ("open_scoring", "listed"): "scoring",
    ("save_scores", "scoring"): "scoring",
    ("submit_scores", "scoring"): "scoring",
    ("put_motion", "scoring"): "voting",
    ("put_motion", "lost"): "voting",
    ("cast_vote", "voting"): "voting",
    ("close_vote", "voting"): "lost",
    ("defer", "listed"): "deferred",
    ("defer", "scoring"): "deferred",
    ("defer", "voting"): "deferred",
    ("defer", "lost"): "deferred",
    ("relist", "deferred"): "listed",
}
# Amara has acted in `voting` and later states, so her verbs are refused by rule there, not by the table.


def to_state(bring: Callable[..., At], state: str) -> At:
    """An item in `state`. In `voting` Bo and Chike have voted against and Dee's seat is recused, so Amara ties it."""
    at = bring("voting" if state in ("voting", "lost") else state)
    if state in ("voting", "lost"):
        vote(at, "bo", Choice.AGAINST)
        vote(at, "chike", Choice.ABSTAIN)
    if state == "lost":
        vote(at, "amara", Choice.FOR)
        committee.close_vote(**at.item, actor=acting("cora"))
    return at


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", VERBS_OF_ITEMS)
def test_every_verb_from_every_state(bring, verb, state):
    at = to_state(bring, state)
    actor = acting("cora" if verb in CLERKS else "amara")
    if (verb, state) == ("close_vote", "voting"):
        vote(at, "amara", Choice.FOR)
    before = everything()

    if (verb, state) in LEADS:
        VERBS_OF_ITEMS[verb](at, actor)
        assert item_now(at).state == LEADS[verb, state]
        assert records()[-1][1] == actor.ref
        assert len(everything()["Record"]) == len(before["Record"]) + 1
    else:
        with pytest.raises(MoveNotInTable if verb in CLERKS else Refused):
            VERBS_OF_ITEMS[verb](at, actor)
        assert everything() == before


WHERE = {verb: next(state for (name, state) in LEADS if name == verb) for verb in VERBS_OF_ITEMS}
# Whom each verb obeys: Dee is recused, Nia and Rosa have no part in the committee, Cleo is of Ridge.
MAY = {verb: {"cora"} if verb in CLERKS else {"amara"} for verb in VERBS_OF_ITEMS} | {
    "declare": {"amara", "dee"}
}


@pytest.mark.parametrize("who", ["cora", "amara", "dee", "nia", "rosa", "cleo"])
@pytest.mark.parametrize("verb", VERBS_OF_ITEMS)
def test_every_verb_by_everybody(bring, verb, who):
    at = to_state(bring, WHERE[verb])
    if verb == "close_vote":
        vote(at, "amara", Choice.FOR)
    before = everything()

    if who in MAY[verb]:
        VERBS_OF_ITEMS[verb](at, acting(who))
        assert everything() != before
    else:
        recused = who == "dee" and verb not in CLERKS
        with pytest.raises(NotVisible if who == "cleo" else Refused if recused else NotAllowed) as refused:
            VERBS_OF_ITEMS[verb](at, acting(who))
        if recused:
            assert "awards.committee.recused" in getattr(refused.value, "rules", ())
        assert everything() == before


MEMBERS = [verb for verb in VERBS_OF_ITEMS if verb not in CLERKS]


@pytest.mark.parametrize("verb", MEMBERS)
def test_a_member_who_was_not_called_finds_no_meeting(bring, verb):
    at = to_state(bring, WHERE[verb])
    before = everything()

    with pytest.raises(NotVisible):
        VERBS_OF_ITEMS[verb](at, acting("eve"))

    assert everything() == before


@pytest.mark.parametrize("verb", VERBS_OF_ITEMS)
def test_an_item_that_is_not_there_is_not_visible(bring, verb):
    at = bring()
    before = everything()

    with pytest.raises(NotVisible):
        VERBS_OF_ITEMS[verb](At(at.meeting, 99), acting("cora" if verb in CLERKS else "amara"))

    assert everything() == before


MEETINGS: dict[str, Callable[[At, Actor], object]] = {
    "open_meeting": lambda at, actor: committee.open_meeting(ref=at.meeting, actor=actor, now=NOON),
    "close_meeting": lambda at, actor: committee.close_meeting(ref=at.meeting, actor=actor, now=NOON),
    "docket": lambda at, actor: committee.docket(meeting=at.meeting, award="AWD-2", actor=actor, now=NOON),
}
FROM = {
    "open_meeting": {"planned": "open"},
    "close_meeting": {"open": "held"},
    "docket": {"planned": "planned", "open": "open"},
}


def a_meeting(bring: Callable[..., At], make_award: Callable[..., Any], state: str) -> At:
    """A meeting in `state` whose one item is deferred, and a second award that could be listed."""
    at = bring()
    make_award()
    committee.defer(**at.item, reason="A paper is missing.", actor=acting("cora"))
    for verb in {"planned": [], "open": ["open_meeting"], "held": ["open_meeting", "close_meeting"]}[state]:
        MEETINGS[verb](at, acting("cora"))
    return at


@pytest.mark.parametrize("state", ["planned", "open", "held"])
@pytest.mark.parametrize("verb", MEETINGS)
def test_every_verb_of_a_meeting_from_every_state(bring, make_award, verb, state):
    at = a_meeting(bring, make_award, state)
    before = everything()

    if state in FROM[verb]:
        MEETINGS[verb](at, acting("cora"))
        assert Meeting.objects.unscoped("a test looks").get().state == FROM[verb][state]
    else:
        with pytest.raises(Refused if verb == "docket" else MoveNotInTable):
            MEETINGS[verb](at, acting("cora"))
        assert everything() == before


@pytest.mark.parametrize("who", ["amara", "nia", "rosa", "cleo"])
@pytest.mark.parametrize("verb", MEETINGS)
def test_only_a_clerk_keeps_a_meeting(bring, make_award, verb, who):
    at = a_meeting(bring, make_award, next(iter(FROM[verb])))
    before = everything()

    with pytest.raises(NotVisible if who == "cleo" else NotAllowed):
        MEETINGS[verb](at, acting(who))

    assert everything() == before


@pytest.mark.parametrize("who", ["amara", "nia", "rosa", "cleo"])
def test_only_a_clerk_calls_a_meeting(staff, who):
    before = everything()

    with pytest.raises(NotAllowed):
        committee.convene_meeting(
            compartment="harbour",
            title="November",
            held_on=THURSDAY,
            members=["amara"],
            actor=acting(who),
            now=NOON,
        )

    assert everything() == before


def test_every_verb_of_the_committee_is_in_this_matrix():
    assert VERBS_OF_ITEMS.keys() | MEETINGS.keys() | {"convene_meeting"} == set(committee.__all__)
    assert {"awards.committee.convene", "awards.committee.record", "awards.conflict.declare"} < set(VERBS)
    assert set(SITTING) < {"amara", "bo", "chike", "dee"}
