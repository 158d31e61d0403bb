"""What is on a meeting's docket, when it is scored, and what is put off."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from tipstaff.awards import access, keeping, sitting
from tipstaff.awards.models import Item, Motion, ScoreSheet
from tipstaff.awards.policy import committee
from tipstaff.awards.queries.packet import packet_of
from tipstaff.awards.states import AwardState, Duty, MeetingState
from tipstaff.people.access import Actor


@transaction.atomic(durable=True)
def docket(*, meeting: str, award: str, actor: Actor, now: datetime) -> Item:
    """Put an award on a meeting's docket: one found eligible, one to be reconsidered, or one deferred elsewhere.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    held = access.meeting_for(actor, meeting, to=access.CONVENE, lock=True)
    listed = access.award_for(actor, award, to=access.CONVENE, lock=True)
    committee.may_list(
        MeetingState(held.state),
        listed=Item.objects.filter(meeting=held, award=listed).exists(),
        same_compartment=held.compartment == listed.compartment,
    ).or_raise()
    move = "resume" if listed.state == AwardState.DEFERRED else "docket"
    keeping.advance(listed, move, Duty.CONVENE, actor)

    last = Item.objects.filter(meeting=held).aggregate(last=Max("place"))["last"] or 0
    item = Item.objects.create(meeting=held, award=listed, place=last + 1)
    keeping.note_step(listed, move, Duty.CONVENE, actor=actor, now=now, meeting=held.ref, item=item.place)
    return item


@transaction.atomic(durable=True)
def open_scoring(*, meeting: str, place: int, actor: Actor, now: datetime) -> Item:
    """Let the members score an item; the packet's hash is kept, so that a later change of the papers shows.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    item = access.item_for(actor, meeting, place, to=access.CONVENE, lock=True)
    sitting.move(item, "open_scoring")
    item.packet_sha256 = packet_of(item.award).digest
    item.save(update_fields=["state", "packet_sha256"])
    sitting.note(item, "scoring_opened", actor=actor, now=now, packet=item.packet_sha256)
    return item


@transaction.atomic(durable=True)
def defer(*, meeting: str, place: int, reason: str, actor: Actor, now: datetime) -> Item:
    """Put an item off, for a good cause that the minutes keep: a paper is missing, a hearing is wanted.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    item = access.item_for(actor, meeting, place, to=access.CONVENE, lock=True)
    award = sitting.award_of(item)
    sitting.move(item, "defer")
    keeping.advance(award, "defer", Duty.CONVENE, actor)
    committee.needs_reason(reason).or_raise()

    item.save(update_fields=["state"])
    named = {"meeting": meeting, "item": place}
    keeping.note_step(award, "defer", Duty.CONVENE, actor=actor, now=now, reason=reason.strip(), **named)
    return item


@transaction.atomic(durable=True)
def relist(*, meeting: str, place: int, reason: str, actor: Actor, now: datetime) -> Item:
    """Bring a deferred item back on the same docket. Scores that were submitted are drafts again: papers may be new.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    held = access.meeting_for(actor, meeting, to=access.CONVENE, lock=True)
    item = access.item_for(actor, meeting, place, to=access.CONVENE, lock=True)
    award = sitting.award_of(item)
    committee.not_held(MeetingState(held.state)).or_raise()
    sitting.move(item, "relist")
    keeping.advance(award, "resume", Duty.CONVENE, actor)
    committee.may_relist(put=Motion.objects.filter(item=item).exists()).or_raise()
    committee.needs_reason(reason).or_raise()

    item.packet_sha256 = ""
    item.save(update_fields=["state", "packet_sha256"])
    ScoreSheet.objects.filter(item=item).update(submitted_at=None)
    named = {"meeting": meeting, "item": place}
    keeping.note_step(award, "resume", Duty.CONVENE, actor=actor, now=now, reason=reason.strip(), **named)
    return item
