"""What a vote does to the award, and what it does not: carried, lost, tied, without a quorum, again."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.rooms.awards.committee.cast import (
    CONDITION,
    NOON,
    NUMBERS,
    SITTING,
    TIPS,
    acting,
    all_declare,
    everything,
    item_now,
    marks,
    recommend,
    records,
    refusal,
    vote,
)
from tests.unit.rulebook.awards import usd
from tipstaff.awards.actions import committee
from tipstaff.awards.facts import read
from tipstaff.awards.models import Conflict, Count, Motion, Seat, Share, Step, Vote
from tipstaff.awards.states import Choice, Duty
from tipstaff.kernel.money import Money


def close(at):
    return committee.close_vote(**at.item, actor=acting("cora"))


def test_a_carried_motion_writes_the_amounts_on_the_award_and_its_shares(bring):
    at = bring("decided", "for for against")

    item = item_now(at)
    assert (item.state, item.award.state) == ("decided", "recommended")
    assert item.award.recommended_minor == 450_000_00
    shares = dict(Share.objects.values_list("number", "recommended_minor"))
    assert shares == {"S-1": 400_000_00, "S-2": 50_000_00}
    count = Count.objects.get()
    assert (count.in_favour, count.against, count.abstained, count.quorum, count.carried) == (
        2,
        1,
        0,
        3,
        True,
    )
    step = Step.objects.latest("pk")
    assert (step.move, step.duty, step.actor, step.reason) == (
        "recommend",
        "convene",
        "cora",
        "That both be rewarded.",
    )


def test_a_carried_motion_to_decline_leaves_no_amount(bring):
    at = bring("scoring")
    for name in SITTING:
        committee.submit_scores(**at.item, marks=marks(0), actor=acting(name))
    recommend(at, recommend=False, total=None, amounts={}, text="That it be declined.")
    for name in SITTING:
        vote(at, name)

    close(at)

    award = item_now(at).award
    assert (award.state, award.recommended_minor) == ("declined", None)
    assert set(Share.objects.values_list("recommended_minor", flat=True)) == {None}


@pytest.mark.parametrize("choices", ["for against abstain", "against against for", "abstain abstain abstain"])
def test_a_motion_that_is_not_carried_leaves_the_award_before_the_committee(bring, choices):
    at = bring("decided", choices)

    item = item_now(at)
    assert (item.state, item.award.state, item.award.recommended_minor) == ("lost", "in-committee", None)
    assert Count.objects.get().carried is False


def test_after_a_lost_motion_another_is_put_and_carried(bring):
    at = bring("decided", "for against abstain")

    second = recommend(at, 300_000, 0, text="That the first be rewarded.")
    assert second.number == 2
    for name in SITTING:
        vote(at, name, motion=2)
    close(at)

    assert item_now(at).award.recommended_minor == 300_000_00
    assert Vote.objects.count() == 6
    assert list(Count.objects.order_by("pk").values_list("carried", flat=True)) == [False, True]


@pytest.mark.parametrize("voted", [0, 1, 2])
def test_without_a_quorum_nothing_is_counted(bring, voted):
    at = bring("voting")
    for name in SITTING[:voted]:
        vote(at, name)

    assert refusal(lambda: close(at)) == ["quorum"]


def test_who_is_recused_does_not_count_for_the_quorum(bring):
    at = bring("voting")
    for name in SITTING[:2]:
        vote(at, name)

    assert refusal(lambda: vote(at, "dee")) == ["recused"]
    assert refusal(lambda: close(at)) == ["quorum"]


def test_abstaining_counts_for_the_quorum(bring):
    at = bring("decided", "for abstain abstain")

    assert item_now(at).award.state == "recommended"


def test_who_scored_nothing_has_no_vote(bring):
    at = bring("scoring")
    committee.submit_scores(**at.item, marks=marks(), actor=acting("amara"))
    committee.save_scores(**at.item, marks=marks(), actor=acting("bo"))
    recommend(at)

    vote(at, "amara")
    assert refusal(lambda: vote(at, "bo")) == ["score-first"]
    assert refusal(lambda: vote(at, "chike")) == ["score-first"]


def test_a_vote_is_cast_once_and_on_the_motion_that_was_read(bring):
    at = bring("voting")
    vote(at, "amara")

    assert refusal(lambda: vote(at, "amara", Choice.AGAINST)) == ["voted-once"]
    assert refusal(lambda: vote(at, "bo", motion=2)) == ["no-motion"]
    assert refusal(
        lambda: committee.cast_vote(**at.item, motion=1, choice=Choice.FOR, reason=" ", actor=acting("bo"))
    ) == ["reason"]


@pytest.mark.parametrize(
    "changes, rules",
    [
        ({"first": 500_000, "second": 500_001}, ["motion-cap"]),
        ({"total": usd(450_001)}, ["motion-sums"]),
        ({"amounts": {"S-1": usd(450_000)}}, ["motion-sources"]),
        ({"amounts": dict.fromkeys((*NUMBERS, "S-3"), usd(150_000))}, ["motion-sources"]),
        ({"amounts": {"S-1": usd(400_000), "S-2": Money(50_000_00, "EUR")}}, ["motion-currency"]),
        ({"text": ""}, ["motion-text"]),
        ({"recommend": False}, ["motion-declines"]),
    ],
)
def test_a_motion_that_does_not_add_up_is_not_put(bring, changes, rules):
    at = bring("scoring")

    assert refusal(lambda: recommend(at, **changes)) == rules


def test_the_cap_is_the_least_limit_that_holds_today(bring, offer):
    at = bring("scoring")
    offer.change(conditions=(replace(CONDITION, cap=usd(449_999)),))

    assert refusal(lambda: recommend(at)) == ["motion-cap"]


def test_a_rule_that_forbids_the_recommendation_by_now_stops_the_count(bring, offer):
    at = bring("voting")
    for name in SITTING:
        vote(at, name)
    offer.change(conditions=(replace(CONDITION, cap=usd(449_999)),))

    assert refusal(lambda: close(at)) == ["rulebook.condition-cap"]


def test_a_recommendation_is_determined_with_what_the_committee_did(bring):
    at = bring("decided")

    kept = item_now(at).award.determinations.get(stage="recommendation")
    facts = read(kept).facts
    assert (kept.allowed, facts.amount) == (True, usd(450_000))
    assert {payee.source: payee.amount for payee in facts.payees} == {"S-1": usd(400_000), "S-2": usd(50_000)}
    assert (facts.committee.present, facts.committee.in_favour, facts.committee.against) == (3, 2, 1)
    assert facts.committee.members == SITTING


def test_after_sixty_days_without_good_cause_the_vote_is_not_counted(bring):
    at = bring("voting")
    for name in SITTING:
        vote(at, name)
    late = at.item | {"now": NOON + timedelta(days=61)}

    assert refusal(lambda: committee.close_vote(**late, actor=acting("cora"))) == ["rulebook.committee-clock"]


def test_motions_belong_into_the_meeting(bring):
    at = bring()
    all_declare(at)
    committee.open_scoring(**at.item, actor=acting("cora"))

    assert refusal(lambda: recommend(at)) == ["meeting-open"]


@pytest.mark.parametrize(
    "duty, who", [(Duty.NOMINATE, "amara"), (Duty.HANDLE, "bo"), (Duty.INVESTIGATE, "chike")]
)
def test_who_acted_on_the_award_otherwise_may_only_declare_the_conflict(bring, duty, who):
    at = bring()
    Step.objects.create(
        award=item_now(at).award, move="nominate", state="nominated", duty=duty, actor=who, at=NOON
    )
    member = acting(who)

    refused = refusal(lambda: committee.declare(**at.item, conflicted=False, reason="", actor=member))

    assert refused == ["awards.duties-apart"]
    committee.declare(**at.item, conflicted=True, reason="I worked on it.", actor=member)


def test_who_acts_otherwise_after_declaring_has_no_vote(bring):
    at = bring("voting")
    Step.objects.create(
        award=item_now(at).award, move="endorse", state="endorsed", duty=Duty.ENDORSE, actor="amara", at=NOON
    )

    assert refusal(lambda: vote(at, "amara")) == ["awards.duties-apart"]


@pytest.mark.parametrize("state, act", [
    ("scoring", recommend), ("voting", close), ("listed", lambda at: committee.defer(**at.item, reason="x", actor=acting("cora"))),
    ("deferred", lambda at: committee.relist(**at.item, reason="x", actor=acting("cora"))),
])  # fmt: skip
def test_a_clerk_who_acted_otherwise_does_not_keep_the_item(bring, state, act):
    at = bring(state)
    if state == "voting":
        for name in SITTING:
            vote(at, name)
    Step.objects.create(
        award=item_now(at).award,
        move="nominate",
        state="nominated",
        duty=Duty.NOMINATE,
        actor="cora",
        at=NOON,
    )

    assert refusal(lambda: act(at)) == ["awards.duties-apart"]


def test_every_act_leaves_a_record_without_scores_votes_or_reasons_of_members(bring):
    bring("decided")

    counted = Counter(verb.removeprefix("awards.") for verb, _ in records())

    assert counted == {
        "committee.convened": 1, "award.docket": 1, "committee.opened": 1, "committee.declared": 4,
        "committee.scoring_opened": 1, "committee.scores_submitted": 3, "committee.motion_put": 1,
        "committee.voted": 3, "committee.vote_closed": 1, "award.recommend": 1, "clock.started": 1,
            "clock.met": 1,
    }  # fmt: skip
    facts = str([row["facts"] for row in everything()["Record"]])
    assert "cousin" not in facts
    assert "thinks so" not in facts
    assert all(tip not in facts for tip in TIPS)


@pytest.mark.parametrize("model", [Seat, Conflict, Motion, Vote, Count])
def test_what_was_said_and_counted_is_never_changed(bring, model):
    bring("decided")
    row = model.objects.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).delete()
