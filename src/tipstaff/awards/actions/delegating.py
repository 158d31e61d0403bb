"""Lending the power to decide: given by the Secretary, confirmed by the attorney, ended by the Secretary."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.awards import access
from tipstaff.awards.models import Delegation
from tipstaff.awards.policy import delegation as policy
from tipstaff.awards.states import DELEGATION, DelegationState
from tipstaff.kernel import reference
from tipstaff.kernel.clock import day
from tipstaff.kernel.money import Money
from tipstaff.people import queries as people
from tipstaff.people.access import Actor
from tipstaff.rulebook import queries as rulebook
from tipstaff.rulebook.states import SheetState

GIVE = "awards.delegation.give"
CONFIRM = "awards.delegation.confirm"


@transaction.atomic(durable=True)
def give_delegation(
    *,
    compartment: str,
    delegate: str,
    most: Money,
    starts_on: date,
    ends_on: date,
    actor: Actor,
    now: datetime,
) -> Delegation:
    """Lend a delegate the power to decide and certify up to `most`, from a day to a day; it waits for a third officer.

    Raises NotAllowed or Refused; then nothing is written.
    """
    actor.must(GIVE, compartment)
    today = day(now)
    held = people.officers_holding("awards.award.decide", compartment, today)
    principals = dict(people.officers_holding(GIVE, compartment, today))
    stated = policy.LendingFacts(
        principal=actor.ref,
        delegate=delegate,
        most=most,
        starts_on=starts_on,
        ends_on=ends_on,
        today=today,
        limits=tuple(_limits(actor, compartment)),
        delegates=frozenset(ref for ref, _ in held if ref not in principals),
    )
    policy.may_give(stated).or_raise()

    delegation = Delegation.objects.create(
        ref=reference.new("DLG"),
        compartment=compartment,
        principal=actor.ref,
        delegate=delegate,
        most_minor=most.minor,
        currency=most.currency,
        starts_on=starts_on,
        ends_on=ends_on,
        given_at=now,
    )
    _recorded("given", delegation, actor, now)
    return delegation


@transaction.atomic(durable=True)
def confirm_delegation(*, ref: str, actor: Actor, now: datetime) -> Delegation:
    """Confirm a delegation, as somebody who neither lends nor borrows.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    delegation = access.delegation_for(actor, ref, to=CONFIRM, lock=True)
    delegation.state = DELEGATION.after("confirm", DelegationState(delegation.state))
    policy.may_confirm(
        principal=delegation.principal, delegate=delegation.delegate, officer=actor.ref
    ).or_raise()
    delegation.confirmed_by, delegation.confirmed_at = actor.ref, now
    delegation.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _recorded("confirmed", delegation, actor, now)
    return delegation


@transaction.atomic(durable=True)
def end_delegation(*, ref: str, actor: Actor, now: datetime) -> Delegation:
    """Take a delegation back. What was decided under it stays decided.

    Raises NotVisible, NotAllowed or MoveNotInTable. On any of them nothing is written.
    """
    delegation = access.delegation_for(actor, ref, to=GIVE, lock=True)
    delegation.state = DELEGATION.after("end", DelegationState(delegation.state))
    delegation.ended_by, delegation.ended_on = actor.ref, day(now)
    delegation.save(update_fields=["state", "ended_by", "ended_on"])
    _recorded("ended", delegation, actor, now)
    return delegation


def _limits(actor: Actor, compartment: str) -> Iterator[Money]:
    """What the rule sheets in force there let be decided personally alone, each from its own amount on."""
    for row in rulebook.sheets_list(actor):
        if (row.compartment, row.state) == (compartment, SheetState.IN_FORCE):
            sheet = rulebook.sheet_numbered(compartment, row.code, row.number)
            if sheet and sheet.decisions.personally_above:
                yield sheet.decisions.personally_above


def _recorded(done: str, delegation: Delegation, actor: Actor, now: datetime) -> None:
    record(
        f"awards.delegation.{done}",
        subject=delegation.ref,
        actor=actor,
        at=now,
        compartment=delegation.compartment,
        delegate=delegation.delegate,
        minor=delegation.most_minor,
        currency=delegation.currency,
    )
