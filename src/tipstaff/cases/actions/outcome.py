"""Recording an outcome, correcting it, and confirming it as a second officer."""

from datetime import datetime

from django.db import transaction

from tipstaff.cases import access, policy
from tipstaff.cases.keeping import following, outcome_columns, recorded, tidy
from tipstaff.cases.models import Confirmation, Outcome
from tipstaff.cases.states import CaseState
from tipstaff.cases.texts import OutcomeText
from tipstaff.kernel import reference
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor


@transaction.atomic(durable=True)
def record_outcome(*, case: str, text: OutcomeText, actor: Actor, now: datetime) -> Outcome:
    """Record what happened. It counts for nothing until a second officer has confirmed it.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    held = access.case_for(actor, case, to="cases.outcome.record", lock=True)
    policy.may_add(CaseState(held.state)).or_raise()
    text = tidy(text)
    policy.may_record(text, day(now)).or_raise()

    held.outcomes += 1
    held.save(update_fields=["outcomes"])
    outcome = Outcome.objects.create(
        ref=reference.new("OUT"),
        place=held.outcomes,
        case=held,
        recorded_by=actor.ref,
        recorded_at=now,
        **outcome_columns(text),
    )
    recorded("outcome.recorded", held, outcome.ref, actor, now, kind=outcome.kind)
    return outcome


@transaction.atomic(durable=True)
def correct_outcome(
    *, ref: str, seen: int, why: str, text: OutcomeText, actor: Actor, now: datetime
) -> Outcome:
    """Answer an outcome's row `seen` with a new one, saying what was wrong. It must be confirmed again.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    old = access.outcome_for(actor, ref, to="cases.outcome.record", lock=True)
    policy.may_add(CaseState(old.case.state)).or_raise()
    policy.may_correct(policy.CorrectionFacts(seen=seen, current=old.number, why=why)).or_raise()
    text = tidy(text)
    policy.may_record(text, day(now)).or_raise()

    outcome = Outcome.objects.create(
        **following(old, why), recorded_by=actor.ref, recorded_at=now, **outcome_columns(text)
    )
    recorded("outcome.corrected", old.case, ref, actor, now, row=outcome.number, reason=outcome.why)
    return outcome


@transaction.atomic(durable=True)
def confirm_outcome(*, ref: str, seen: int, actor: Actor, now: datetime) -> Confirmation:
    """Confirm the row `seen` of an outcome, as somebody other than who recorded that row.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    outcome = access.outcome_for(actor, ref, to="cases.outcome.confirm", lock=True)
    policy.may_add(CaseState(outcome.case.state)).or_raise()
    policy.may_confirm(
        recorder=outcome.recorded_by,
        officer=actor.ref,
        seen=seen,
        current=outcome.number,
        confirmed=Confirmation.objects.filter(outcome=outcome).exists(),
    ).or_raise()

    confirmation = Confirmation.objects.create(
        outcome=outcome, recorded_by=outcome.recorded_by, confirmed_by=actor.ref, confirmed_at=now
    )
    recorded("outcome.confirmed", outcome.case, ref, actor, now, row=outcome.number)
    return confirmation
