"""What a member does: declare first, then score alone, then vote on the record."""

from datetime import datetime

from django.db import transaction

from tipstaff.awards import access, sitting
from tipstaff.awards.matter import sheet_of
from tipstaff.awards.models import Conflict, Item, Motion, ScoreSheet, Share, Vote
from tipstaff.awards.policy import committee, scoring
from tipstaff.awards.policy.scoring import Marks
from tipstaff.awards.states import Choice, Duty, ItemState
from tipstaff.people.access import Actor


@transaction.atomic(durable=True)
def declare(
    *, meeting: str, place: int, conflicted: bool, reason: str, actor: Actor, now: datetime
) -> Conflict:
    """Say, before the packet opens and once, whether one has a conflict. A conflict closes the item for good.

    Who acted on the award in another capacity cannot sit, and may only declare the conflict.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    item = access.item_for(actor, meeting, place, to="awards.conflict.declare", lock=True)
    already = access.declared(item, actor.ref) is not None
    committee.may_declare(
        ItemState(item.state), declared=already, conflicted=conflicted, reason=reason
    ).or_raise()
    if not conflicted:
        sitting.must_be_apart(item.award, Duty.DELIBERATE, actor)

    declaration = Conflict.objects.create(
        item=item,
        officer=actor.ref,
        conflicted=conflicted,
        reason=reason.strip() if conflicted else "",
        at=now,
    )
    sitting.note(item, "declared", actor=actor, now=now, conflict=conflicted)
    return declaration


@transaction.atomic(durable=True)
def save_scores(*, meeting: str, place: int, marks: Marks, actor: Actor, now: datetime) -> ScoreSheet:
    """Keep a draft of one's scores, whole or not. Nobody else reads it.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    item = access.item_for(actor, meeting, place, to="awards.score.give", lock=True)
    scores = _scores(item, actor, now)
    scoring.may_save(marks, _numbers(item), sheet_of(item.award)).or_raise()
    return _kept(scores, item, marks, "scores_saved", actor=actor, now=now)


@transaction.atomic(durable=True)
def submit_scores(*, meeting: str, place: int, marks: Marks, actor: Actor, now: datetime) -> ScoreSheet:
    """Hand in one's scores: a level and a sentence for each factor and source. They are locked from then on.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    item = access.item_for(actor, meeting, place, to="awards.score.give", lock=True)
    scores = _scores(item, actor, now)
    scoring.may_submit(marks, _numbers(item), sheet_of(item.award)).or_raise()
    scores.submitted_at = now
    return _kept(scores, item, marks, "scores_submitted", actor=actor, now=now)


@transaction.atomic(durable=True)
def cast_vote(
    *, meeting: str, place: int, motion: int, choice: Choice, reason: str, actor: Actor, now: datetime
) -> Vote:
    """Vote on the motion `motion`, the one that was read, with a reason: against the majority it is the dissent.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    item = access.item_for(actor, meeting, place, to="awards.vote.cast", lock=True)
    sitting.must_sit(item, actor)
    put = Motion.objects.filter(item=item).order_by("-number").first()
    committee.may_vote(
        ItemState(item.state if put and put.number == motion else ItemState.SCORING),
        scored=_has_scored(item, actor),
        voted=Vote.objects.filter(motion=put, officer=actor.ref).exists(),
        reason=reason,
    ).or_raise()
    assert put, "an item in the vote has a motion"
    sitting.must_be_apart(item.award, Duty.DELIBERATE, actor)

    vote = Vote.objects.create(motion=put, officer=actor.ref, choice=choice, reason=reason.strip(), at=now)
    sitting.note(item, "voted", actor=actor, now=now, motion=motion)
    return vote


def _has_scored(item: Item, actor: Actor) -> bool:
    """Whether the member submitted scores, or the rule sheet asks for none."""
    submitted = ScoreSheet.objects.filter(item=item, officer=actor.ref, submitted_at__isnull=False)
    return submitted.exists() or not sheet_of(item.award).factors


def _numbers(item: Item) -> frozenset[str]:
    return frozenset(Share.objects.filter(award=item.award).values_list("number", flat=True))


def _scores(item: Item, actor: Actor, now: datetime) -> ScoreSheet:
    """The member's sheet, new or as it was saved, when it can still be written. Raises Refused."""
    sitting.must_sit(item, actor)
    scores = ScoreSheet.objects.filter(item=item, officer=actor.ref).first()
    submitted = scores is not None and scores.submitted_at is not None
    committee.may_score(ItemState(item.state), submitted=submitted).or_raise()
    return scores or ScoreSheet(item=item, officer=actor.ref, saved_at=now)


def _kept(
    scores: ScoreSheet, item: Item, marks: Marks, what: str, *, actor: Actor, now: datetime
) -> ScoreSheet:
    scores.levels = scoring.to_json(marks)
    scores.saved_at = now
    scores.save()
    sitting.note(item, what, actor=actor, now=now)
    return scores
