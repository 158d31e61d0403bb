"""What comes on a docket, is declared on, put off and brought back, and when a meeting ends."""

import pytest

from tests.rooms.awards.committee.cast import (
    NOON,
    acting,
    everything,
    item_now,
    marks,
    records,
    refusal,
)
from tipstaff.awards.actions import committee
from tipstaff.awards.models import Meeting, ScoreSheet
from tipstaff.kernel.machine import MoveNotInTable


def test_a_declaration_is_made_once_and_closes_the_item_for_good(bring):
    at = bring()
    dee = acting("dee")
    committee.declare(**at.item, conflicted=True, reason="The harbour master is my cousin.", actor=dee)

    def again(conflicted):
        return committee.declare(**at.item, conflicted=conflicted, reason="changed my mind", actor=dee)

    assert refusal(lambda: again(True)) == ["declared-once"]
    assert refusal(lambda: again(False)) == ["declared-once"]
    assert ("awards.committee.declared", "dee") in records()


def test_a_deferred_item_comes_back_with_its_declarations_and_its_scores_as_drafts(bring):
    at = bring("scoring")
    committee.submit_scores(**at.item, marks=marks(3), actor=acting("amara"))
    committee.defer(**at.item, reason="A paper is missing.", actor=acting("cora"))
    assert item_now(at).award.state == "deferred"

    committee.relist(**at.item, reason="The paper came.", actor=acting("cora"))

    item = item_now(at)
    assert (item.state, item.award.state, item.packet_sha256) == ("listed", "in-committee", "")
    assert ScoreSheet.objects.get().submitted_at is None
    committee.open_scoring(**at.item, actor=acting("cora"))
    committee.submit_scores(**at.item, marks=marks(4), actor=acting("amara"))


def test_an_item_whose_scores_were_shown_is_scored_afresh_in_another_meeting(bring, make_award):
    at = bring("voting")
    committee.defer(**at.item, reason="A hearing is wanted.", actor=acting("cora"))

    assert refusal(lambda: committee.relist(**at.item, reason="now", actor=acting("cora"))) == [
        "scores-were-shown"
    ]

    other = committee.convene_meeting(
        compartment="harbour",
        title="December",
        held_on=NOON.date(),
        members=["amara"],
        actor=acting("cora"),
        now=NOON,
    )
    again = committee.docket(meeting=other.ref, award=item_now(at).award.ref, actor=acting("cora"), now=NOON)
    assert (again.state, again.award.state) == ("listed", "in-committee")
    with pytest.raises(MoveNotInTable):
        committee.relist(**at.item, reason="now", actor=acting("cora"))


@pytest.mark.parametrize("state", ["eligible", "reconsidered", "deferred"])
def test_awards_that_may_be_listed(bring, make_award, state):
    at = bring()
    award = make_award(state)

    item = committee.docket(meeting=at.meeting, award=award.ref, actor=acting("cora"), now=NOON)

    assert (item.place, item.award.state) == (2, "in-committee")


@pytest.mark.parametrize(
    "state", ["drafted", "endorsed", "ineligible", "in-committee", "recommended", "paid"]
)
def test_awards_that_may_not_be_listed(bring, make_award, state):
    at = bring()
    award = make_award(state)
    before = everything()

    with pytest.raises(MoveNotInTable):
        committee.docket(meeting=at.meeting, award=award.ref, actor=acting("cora"), now=NOON)

    assert everything() == before


def test_an_award_is_listed_once_and_in_its_own_compartment(bring, make_award):
    at = bring("deferred")
    make_award(compartment="ridge")
    cora = acting("cora")
    both = cora.__class__("cora", cora.agency, cora.grants | {(verb, "ridge") for verb, _ in cora.grants})

    def listed(ref):
        return lambda: committee.docket(meeting=at.meeting, award=ref, actor=both, now=NOON)

    assert refusal(listed("AWD-1")) == ["listed-already"]
    assert refusal(listed("AWD-2")) == ["compartment"]


def test_a_meeting_closes_when_nothing_on_it_is_open(bring):
    at = bring("scoring")
    cora = acting("cora")

    assert refusal(lambda: committee.close_meeting(ref=at.meeting, actor=cora, now=NOON)) == ["item-open"]
    committee.defer(**at.item, reason="A paper is missing.", actor=cora)
    committee.close_meeting(ref=at.meeting, actor=cora, now=NOON)

    assert Meeting.objects.unscoped("a test looks").get().state == "held"
    assert refusal(lambda: committee.relist(**at.item, reason="now", actor=cora)) == ["meeting-held"]


def test_an_award_without_a_determination_has_no_packet_and_is_not_scored(bring, make_award):
    at = bring()
    award = make_award(found=False)
    committee.docket(meeting=at.meeting, award=award.ref, actor=acting("cora"), now=NOON)

    second = {"meeting": at.meeting, "place": 2, "now": NOON}
    assert refusal(lambda: committee.open_scoring(**second, actor=acting("cora"))) == ["eligibility"]
