"""The life of a case: open, share, close, reopen."""

from datetime import datetime

from django.db import transaction

from tipstaff.cases import access, policy
from tipstaff.cases.keeping import recorded
from tipstaff.cases.models import Case, CaseCompartment
from tipstaff.cases.states import CASE, CaseState
from tipstaff.kernel import reference
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor
from tipstaff.sealed.envelope import typed


@transaction.atomic(durable=True)
def open_case(*, title: str, organisation: str, compartment: str, actor: Actor, now: datetime) -> Case:
    """Open a case in a compartment. Raises NotAllowed or Refused; then nothing is written."""
    actor.must("cases.case.open", compartment)
    title, organisation = typed(title).strip(), typed(organisation).strip()
    policy.may_open(title, organisation).or_raise()

    case = Case.objects.create(
        ref=reference.new("CAS"),
        title=title,
        organisation=organisation,
        home=compartment,
        state_on=day(now),
        opened_by=actor.ref,
        opened_on=day(now),
    )
    CaseCompartment.objects.create(case=case, compartment=compartment, shared_by=actor.ref, at=now)
    recorded("case.opened", case, case.ref, actor, now)
    return case


@transaction.atomic(durable=True)
def share_case(*, ref: str, compartment: str, actor: Actor, now: datetime) -> Case:
    """Let another compartment see the case; only by somebody who may open cases in both.

    Raises NotVisible, NotAllowed, or Refused (closed, or shared already). On any of them nothing is written.
    """
    case = access.case_for(actor, ref, to="cases.case.open", lock=True)
    actor.must("cases.case.open", compartment)
    policy.may_add(CaseState(case.state)).or_raise()
    policy.may_share(access.compartments_of(case), compartment).or_raise()

    CaseCompartment.objects.create(case=case, compartment=compartment, shared_by=actor.ref, at=now)
    recorded("case.shared", case, case.ref, actor, now, to=compartment)
    return case


@transaction.atomic(durable=True)
def close_case(*, ref: str, reason: str, actor: Actor, now: datetime) -> Case:
    """Close a case, saying why: it takes nothing new until it is reopened.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    return _moved(ref, "close", "case.closed", reason, actor, now)


@transaction.atomic(durable=True)
def reopen_case(*, ref: str, reason: str, actor: Actor, now: datetime) -> Case:
    """Take a closed case up again, saying why. Who may close may reopen.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    return _moved(ref, "reopen", "case.reopened", reason, actor, now)


def _moved(ref: str, move: str, verb: str, reason: str, actor: Actor, now: datetime) -> Case:
    case = access.case_for(actor, ref, to="cases.case.close", lock=True)
    case.state = CASE.after(move, CaseState(case.state))
    reason = typed(reason).strip()
    policy.may_say(reason, policy.SHORT * 5).or_raise()

    case.state_on = day(now)
    case.save(update_fields=["state", "state_on"])
    recorded(verb, case, case.ref, actor, now, reason=reason)
    return case
