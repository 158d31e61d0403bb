"""Two at once: the rival starts in the middle of the first one's transaction, and waits or is told."""

import pytest

from tests.rooms.awards.committee.cast import (
    NOON,
    SITTING,
    acting,
    marks,
    recommend,
    vote,
)
from tests.rooms.offers.test_races import Rival
from tipstaff.awards import keeping, sitting
from tipstaff.awards.actions import committee
from tipstaff.awards.models import Conflict, Count, Item, Meeting, ScoreSheet, Vote
from tipstaff.awards.states import Choice
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable

pytestmark = pytest.mark.django_db(databases=["default", "hatch"], transaction=True)


def rules(outcome: object) -> tuple[str, ...]:
    assert isinstance(outcome, Refused), outcome
    return tuple(rule.removeprefix("awards.committee.") for rule in outcome.rules)


def test_of_two_votes_by_one_member_one_is_cast(bring, monkeypatch):
    at = bring("voting")
    rival = Rival(lambda: vote(at, "amara", Choice.AGAINST))
    rival.starts_in_the_middle_of(monkeypatch, sitting, "note")

    vote(at, "amara", Choice.FOR)

    assert rules(rival.ends()) == ("voted-once",)
    assert list(Vote.objects.values_list("officer", "choice")) == [("amara", "for")]


def test_of_two_declarations_by_one_member_one_stands(bring, monkeypatch):
    at = bring()
    amara = acting("amara")
    rival = Rival(lambda: committee.declare(**at.item, conflicted=True, reason="my cousin", actor=amara))
    rival.starts_in_the_middle_of(monkeypatch, sitting, "note")

    committee.declare(**at.item, conflicted=False, reason="", actor=amara)

    assert rules(rival.ends()) == ("declared-once",)
    assert list(Conflict.objects.values_list("conflicted", flat=True)) == [False]


def test_a_vote_that_comes_while_the_votes_are_counted_is_refused(bring, monkeypatch):
    at = bring("scoring", also=("eve",))
    committee.declare(**at.item, conflicted=False, reason="", actor=acting("eve"))
    for name in (*SITTING, "eve"):
        committee.submit_scores(**at.item, marks=marks(), actor=acting(name))
    recommend(at)
    for name in SITTING:
        vote(at, name)
    rival = Rival(lambda: vote(at, "eve", Choice.AGAINST))
    rival.starts_in_the_middle_of(monkeypatch, sitting, "note")

    committee.close_vote(**at.item, actor=acting("cora"))

    assert rules(rival.ends()) == ("no-motion",)
    assert Vote.objects.count() == Count.objects.get().in_favour == 3


def test_a_count_that_comes_during_a_vote_waits_and_counts_it(bring, monkeypatch):
    at = bring("voting")
    for name in SITTING[:2]:
        vote(at, name, Choice.AGAINST if name == "bo" else Choice.FOR)
    rival = Rival(lambda: committee.close_vote(**at.item, actor=acting("cora")))
    rival.starts_in_the_middle_of(monkeypatch, sitting, "note")

    vote(at, "chike", Choice.FOR)

    assert rival.ends() is None
    count = Count.objects.get()
    assert (count.in_favour, count.against, count.carried) == (2, 1, True)


def test_of_two_counts_one_is_kept(bring, monkeypatch):
    at = bring("voting")
    for name in SITTING:
        vote(at, name)
    rival = Rival(lambda: committee.close_vote(**at.item, actor=acting("cora")))
    rival.starts_in_the_middle_of(monkeypatch, sitting, "note")

    committee.close_vote(**at.item, actor=acting("cora"))

    assert isinstance(rival.ends(), MoveNotInTable)
    assert Count.objects.count() == 1


def test_scores_that_come_while_a_motion_is_put_are_refused(bring, monkeypatch):
    at = bring("scoring")
    rival = Rival(lambda: committee.submit_scores(**at.item, marks=marks(), actor=acting("amara")))
    rival.starts_in_the_middle_of(monkeypatch, sitting, "note")

    recommend(at)

    assert rules(rival.ends()) == ("scoring",)
    assert ScoreSheet.objects.count() == 0


def test_one_award_goes_on_one_docket(bring, make_award, monkeypatch):
    at = bring()
    award = make_award()
    other = committee.convene_meeting(
        compartment="harbour",
        title="December",
        held_on=NOON.date(),
        members=["eve"],
        actor=acting("cora"),
        now=NOON,
    )
    rival = Rival(
        lambda: committee.docket(meeting=other.ref, award=award.ref, actor=acting("cora"), now=NOON)
    )
    rival.starts_in_the_middle_of(monkeypatch, keeping, "note_step")

    committee.docket(meeting=at.meeting, award=award.ref, actor=acting("cora"), now=NOON)

    assert isinstance(rival.ends(), MoveNotInTable)
    assert Item.objects.filter(award=award).count() == 1


def test_a_meeting_does_not_close_over_an_item_that_comes_back(bring, monkeypatch):
    at = bring("deferred")
    rival = Rival(lambda: committee.close_meeting(ref=at.meeting, actor=acting("cora"), now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, keeping, "note_step")

    committee.relist(**at.item, reason="It came.", actor=acting("cora"))

    assert rules(rival.ends()) == ("item-open",)
    assert Meeting.objects.unscoped("a test looks").get().state == "open"
