"""A meeting from its calling to its minutes."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.awards import access
from tipstaff.awards.models import Item, Meeting, Seat
from tipstaff.awards.policy import committee
from tipstaff.awards.states import MEETING, UNFINISHED, MeetingState
from tipstaff.kernel import reference
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor
from tipstaff.people.queries import officers_holding


@transaction.atomic(durable=True)
def convene_meeting(
    *, compartment: str, title: str, held_on: date, members: Sequence[str], actor: Actor, now: datetime
) -> Meeting:
    """Call `members` of a compartment's committee to a meeting on a day.

    Raises NotAllowed or Refused. On either nothing is written.
    """
    actor.must(access.CONVENE, compartment)
    called = sorted(set(members))
    may_sit = {officer for officer, _ in officers_holding("awards.vote.cast", compartment, held_on)}
    committee.may_convene(
        committee.Convening(title, held_on, day(now), called, frozenset(may_sit))
    ).or_raise()

    meeting = Meeting.objects.create(
        ref=reference.new("MTG"),
        compartment=compartment,
        title=title.strip(),
        held_on=held_on,
        convened_by=actor.ref,
        convened_at=now,
    )
    Seat.objects.bulk_create([Seat(meeting=meeting, officer=officer) for officer in called])
    record(
        "awards.committee.convened",
        subject=meeting.ref,
        actor=actor,
        at=now,
        compartment=compartment,
        held_on=held_on,
        members=called,
    )
    return meeting


@transaction.atomic(durable=True)
def open_meeting(*, ref: str, actor: Actor, now: datetime) -> Meeting:
    """Open the meeting: from now on motions are put and votes are cast.

    Raises NotVisible, NotAllowed or MoveNotInTable. On any of them nothing is written.
    """
    meeting = access.meeting_for(actor, ref, to=access.CONVENE, lock=True)
    meeting.state = MEETING.after("open", MeetingState(meeting.state))
    return _saved(meeting, "opened", actor, now)


@transaction.atomic(durable=True)
def close_meeting(*, ref: str, actor: Actor, now: datetime) -> Meeting:
    """Close the meeting, when each item of its docket is decided or deferred. Its minutes are final then.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    meeting = access.meeting_for(actor, ref, to=access.CONVENE, lock=True)
    meeting.state = MEETING.after("close", MeetingState(meeting.state))
    unfinished = Item.objects.filter(meeting=meeting, state__in=UNFINISHED).order_by("place")
    committee.may_close_meeting(list(unfinished.values_list("place", flat=True))).or_raise()
    return _saved(meeting, "closed", actor, now)


def _saved(meeting: Meeting, what: str, actor: Actor, now: datetime) -> Meeting:
    meeting.save(update_fields=["state"])
    record(
        f"awards.committee.{what}",
        subject=meeting.ref,
        actor=actor,
        at=now,
        compartment=meeting.compartment,
    )
    return meeting
