"""The verbs of this room: propose a sheet, approve it (two do), return it."""

from datetime import datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.footing.integrity import explains
from tipstaff.kernel import reference
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import Actor
from tipstaff.rulebook import access
from tipstaff.rulebook.models import RuleSheet, SheetStep, SheetText
from tipstaff.rulebook.policy import sheets as policy
from tipstaff.rulebook.queries import last_in_force, text_of
from tipstaff.rulebook.sheet import Sheet, to_json
from tipstaff.rulebook.states import OPEN, SHEET, SheetState, approving

_RECORDED_AS = {
    "propose": "rulebook.sheet.proposed",
    "second": "rulebook.sheet.seconded",
    "approve": "rulebook.sheet.approved",
    "return": "rulebook.sheet.returned",
}


@transaction.atomic(durable=True)
def propose_sheet(*, sheet: Sheet, compartment: str, actor: Actor, now: datetime) -> RuleSheet:
    """Put `sheet` before two officers of `compartment`, word for word and for good.

    Raises NotAllowed or Refused. On either nothing is written.
    """
    actor.must("rulebook.sheet.propose", compartment)
    every = RuleSheet.objects.unscoped("the code's other sheets decide on this one's number")
    standing = every.filter(compartment=compartment, code=sheet.code, state__in=sorted(OPEN))
    facts = policy.ProposalFacts(
        sheet=sheet, last=last_in_force(compartment, sheet.code), open_already=standing.exists()
    )
    policy.may_propose(facts).or_raise()

    text = SheetText.objects.create(
        content=to_json(sheet), digest=sheet.digest(), proposed_by=actor.ref, proposed_at=now
    )
    # Of two proposals at once the database lets one through; the other is told so.
    with explains({"sheet_is_proposed_once": lambda: _taken(facts)}):
        proposed = RuleSheet.objects.create(
            ref=reference.new("RUL"),
            compartment=compartment,
            code=sheet.code,
            number=sheet.number,
            text=text,
            state=SHEET.initial,
            proposed_by=actor.ref,
        )
    _note_step(proposed, "propose", actor=actor, now=now, digest=text.digest)
    return proposed


@transaction.atomic(durable=True)
def approve_sheet(*, ref: str, digest: str, actor: Actor, now: datetime) -> RuleSheet:
    """Approve a sheet as the first or the second of two officers; `digest` is of the text that was read.

    With the second approval it is in force from the day that it names, and never from an earlier one than today.
    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    sheet = access.sheet_for(actor, ref, to="rulebook.sheet.approve", lock=True)
    move = approving(SheetState(sheet.state))
    state = SHEET.after(move, SheetState(sheet.state))
    facts = policy.ApprovalFacts(
        proposer=sheet.proposed_by,
        seconder=sheet.seconded_by,
        approver=actor.ref,
        digest=sheet.text.digest,
        seen=digest,
    )
    policy.may_approve(facts).or_raise()

    sheet.state = state
    if move == "second":
        sheet.seconded_by = actor.ref
        sheet.save(update_fields=["state", "seconded_by"])
    else:
        sheet.approved_by = actor.ref
        sheet.in_force_on = max(day(now), text_of(sheet).in_force_from)
        sheet.save(update_fields=["state", "approved_by", "in_force_on"])
    _note_step(sheet, move, actor=actor, now=now, digest=digest)
    return sheet


@transaction.atomic(durable=True)
def return_sheet(*, ref: str, reason: str, actor: Actor, now: datetime) -> RuleSheet:
    """Send a sheet that is not in force yet back, saying why; a mended one is proposed anew.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    sheet = access.sheet_for(actor, ref, to="rulebook.sheet.approve", lock=True)
    sheet.state = SHEET.after("return", SheetState(sheet.state))
    policy.needs_reason(reason).or_raise()

    sheet.save(update_fields=["state"])
    _note_step(sheet, "return", actor=actor, now=now, reason=reason)
    return sheet


def _note_step(
    sheet: RuleSheet, move: str, *, actor: Actor, now: datetime, reason: str = "", **facts: object
) -> None:
    """Add `move` to the sheet's history and to the audit record."""
    SheetStep.objects.create(
        sheet=sheet, move=move, state=sheet.state, actor=actor.ref, at=now, reason=reason
    )
    known = {"code": sheet.code, "number": sheet.number, "reason": reason} | facts
    record(
        _RECORDED_AS[move],
        subject=sheet.ref,
        actor=actor,
        at=now,
        compartment=sheet.compartment,
        **{name: fact for name, fact in known.items() if fact not in (None, "")},
    )


def _taken(facts: policy.ProposalFacts) -> Exception:
    also = policy.ProposalFacts(sheet=facts.sheet, last=facts.last, open_already=True)
    return Refused(policy.may_propose(also).refusals)
