"""What the verbs of this room write in the same way, always inside the verb's own transaction."""

from datetime import datetime

from tipstaff.audit.actions import record
from tipstaff.awards import timing
from tipstaff.awards.duties import done_on
from tipstaff.awards.models import Award, Step
from tipstaff.awards.policy.duties import may_act_as
from tipstaff.awards.states import AWARD, AwardState, Duty
from tipstaff.people.access import Actor
from tipstaff.rulebook.sheet import Sheet

__all__ = ["advance", "because_of_the_sheet", "done_on", "note_step", "pass_by_rule"]


def advance(award: Award, move: str, duty: Duty, actor: Actor) -> None:
    """Let the award take `move`, by an officer who has acted on it in no other capacity.

    The caller holds the row's lock and saves. Raises MoveNotInTable or Refused (`awards.duties-apart`).
    """
    award.state = AWARD.after(move, AwardState(award.state))
    may_act_as(duty, actor.ref, done_on(award)).or_raise()


def pass_by_rule(award: Award, move: str, duty: Duty, sheet: Sheet, *, actor: Actor, now: datetime) -> None:
    """Take a move that the award's sheet leaves to nobody, right after the verb that stands before it.

    It is in the history like any other, with the sheet as its reason: a step is never skipped unseen.
    """
    advance(award, move, duty, actor)
    note_step(award, move, duty, actor=actor, now=now, reason=because_of_the_sheet(sheet))


def because_of_the_sheet(sheet: Sheet) -> str:
    """The reason of a step that nobody decided on: the rule sheet, by code and number."""
    return f"Rule sheet {sheet.code} {sheet.number}"


def note_step(
    award: Award, move: str, duty: Duty, *, actor: Actor, now: datetime, reason: str = "", **facts: object
) -> None:
    """Add `move` to the award's history and to the audit record, and start and answer the clocks that hang on it.

    `facts` never hold what a source wrote.
    """
    award.changed_at = now
    award.save(update_fields=["state", "changed_at"])
    Step.objects.create(
        award=award, move=move, state=award.state, duty=duty, actor=actor.ref, at=now, reason=reason
    )
    known = {"reason": reason} | facts
    record(
        f"awards.award.{move}",
        subject=award.ref,
        actor=actor,
        at=now,
        compartment=award.compartment,
        state=award.state,
        **{name: fact for name, fact in known.items() if fact not in (None, "")},
    )
    timing.moved(award, move, actor, now)
