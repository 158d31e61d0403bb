"""What is put to the vote, and what the count makes of it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tipstaff.awards import access, boards, facts, keeping, sitting
from tipstaff.awards.matter import cap_of, sheet_of
from tipstaff.awards.models import Award, Count, Item, Motion, Share, Vote
from tipstaff.awards.policy import committee
from tipstaff.awards.policy import motion as rules
from tipstaff.awards.states import Choice, Duty, MeetingState
from tipstaff.kernel.clock import day
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor
from tipstaff.rulebook.policy import Stage

RECORD = "awards.committee.record"


@transaction.atomic(durable=True)
def put_motion(
    *,
    meeting: str,
    place: int,
    recommend: bool,
    total: Money | None,
    amounts: Mapping[str, Money],
    text: str,
    actor: Actor,
    now: datetime,
) -> Motion:
    """Put a motion to the vote: to recommend `total`, split by source number, or to decline. Scores show from now on.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    item = access.item_for(actor, meeting, place, to=RECORD, lock=True)
    award = item.award
    sitting.move(item, "put_to_vote")
    sitting.must_be_apart(award, Duty.CONVENE, actor)
    committee.in_session(MeetingState(item.meeting.state)).or_raise()
    rules.may_put(
        rules.Proposal(
            recommend=recommend,
            total=total,
            amounts=amounts,
            numbers=frozenset(Share.objects.filter(award=award).values_list("number", flat=True)),
            currency=award.currency,
            cap=cap_of(award, day(now)),
            text=text,
        )
    ).or_raise()

    item.save(update_fields=["state"])
    motion = Motion.objects.create(
        item=item,
        number=Motion.objects.filter(item=item).count() + 1,
        recommend=recommend,
        amounts={number: amount.minor for number, amount in amounts.items()},
        text=text.strip(),
        put_by=actor.ref,
        at=now,
    )
    sitting.note(item, "motion_put", actor=actor, now=now, motion=motion.number, recommend=recommend)
    return motion


@transaction.atomic(durable=True)
def close_vote(*, meeting: str, place: int, actor: Actor, now: datetime) -> Count:
    """Count the vote. Carried, the award is recommended or declined; not carried (a tie is not), the item stays open.

    Where the rule sheet has the board decide, a carried motion decides: the award is approved and certified, or denied.
    Raises NotVisible, NotAllowed, MoveNotInTable or Refused: without a quorum, or where a rule of the sheet forbids the
    recommendation by now. On any of them nothing is written.
    """
    item = access.item_for(actor, meeting, place, to=RECORD, lock=True)
    decides = sheet_of(item.award).by_vote
    if decides:
        access.hold_offer(item.award.offer)
    award = sitting.award_of(item)
    motion = Motion.objects.filter(item=item).select_related("item__meeting").order_by("-number").first()
    cast = Vote.objects.filter(motion=motion).values_list("choice", flat=True)
    votes = rules.tally(Choice(choice) for choice in cast)
    sitting.move(item, "close_vote" if votes.carried else "lose_vote")
    assert motion, "an item in the vote has a motion"
    sitting.must_be_apart(award, Duty.CONVENE, actor)
    quorum = sheet_of(award).decisions.quorum
    rules.may_close(votes, quorum).or_raise()

    item.save(update_fields=["state"])
    count = Count.objects.create(
        motion=motion,
        in_favour=votes.in_favour,
        against=votes.against,
        abstained=votes.abstained,
        quorum=quorum,
        carried=votes.carried,
        closed_by=actor.ref,
        at=now,
    )
    sitting.note(item, "vote_closed", actor=actor, now=now, motion=motion.number, carried=votes.carried)
    if votes.carried:
        _advise(award, item, motion, actor=actor, now=now)
        if decides:
            boards.decide(award, motion, actor=actor, now=now)
    return count


def _advise(award: Award, item: Item, motion: Motion, *, actor: Actor, now: datetime) -> None:
    """Write the committee's advice on the award and its shares. A recommendation is what the rules let pass."""
    move = "recommend" if motion.recommend else "decline"
    keeping.advance(award, move, Duty.CONVENE, actor)
    for share in Share.objects.filter(award=award).select_for_update():
        share.recommended_minor = motion.amounts[share.number] if motion.recommend else None
        share.save(update_fields=["recommended_minor"])
    award.recommended_minor = sum(motion.amounts.values()) if motion.recommend else None
    award.save(update_fields=["recommended_minor"])
    named = {"meeting": item.meeting.ref, "item": item.place, "motion": motion.number}
    keeping.note_step(award, move, Duty.CONVENE, actor=actor, now=now, reason=motion.text, **named)
    if motion.recommend:
        advised = facts.facts_of(award, today=day(now))
        facts.must_hold(award, Stage.RECOMMENDATION, advised, actor=actor, now=now)
