"""What the committee's verbs read and write in the same way, always inside the verb's own transaction."""

from datetime import datetime

from tipstaff.audit.actions import record
from tipstaff.awards import access, duties
from tipstaff.awards.models import Award, Item
from tipstaff.awards.policy import committee
from tipstaff.awards.policy.duties import may_act_as
from tipstaff.awards.states import ITEM, Duty, ItemState
from tipstaff.people.access import Actor


def award_of(item: Item) -> Award:
    """The item's award, its row held. Whoever may reach the item may reach it."""
    return Award.objects.unscoped("the award of an item in sight").select_for_update().get(pk=item.award_id)


def move(item: Item, name: str) -> None:
    """Let the item take the move `name`; the caller holds its row. Raises MoveNotInTable."""
    item.state = ITEM.after(name, ItemState(item.state))


def must_sit(item: Item, actor: Actor) -> None:
    """Raise Refused unless the actor declared no conflict on the item."""
    declaration = access.declared(item, actor.ref)
    committee.may_read(None if declaration is None else declaration.conflicted).or_raise()


def must_be_apart(award: Award, duty: Duty, actor: Actor) -> None:
    """Raise Refused when the actor has acted on the award in another capacity."""
    may_act_as(duty, actor.ref, duties.done_on(award)).or_raise()


def note(item: Item, what: str, *, actor: Actor, now: datetime, **facts: object) -> None:
    """Record that something was done with the item. `facts` never hold a score or a vote."""
    record(
        f"awards.committee.{what}",
        subject=item.award.ref,
        actor=actor,
        at=now,
        compartment=item.meeting.compartment,
        meeting=item.meeting.ref,
        item=item.place,
        **facts,
    )
