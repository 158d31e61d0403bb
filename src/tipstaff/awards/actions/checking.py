"""What is found out about a payee, by number: checks against lists, and that the vault knows who it is."""

from datetime import datetime

from django.db import transaction

from tipstaff.awards import access, keeping
from tipstaff.awards.models import Award, PayeeCheck, Share
from tipstaff.awards.policy import claim as policy
from tipstaff.awards.policy.duties import may_act_as
from tipstaff.awards.states import AwardState, Duty
from tipstaff.people.access import Actor, NotVisible
from tipstaff.vault import queries as vault

ARRANGE = "awards.payment.arrange"
CHECK = "awards.eligibility.check"


@transaction.atomic(durable=True)
def record_check(
    *, ref: str, number: str, kind: str, clear: bool, source: str, note: str = "", actor: Actor, now: datetime
) -> PayeeCheck:
    """Write down what a list or a register (`source`, with its day) says of a payee. The newest of a `kind` counts.

    By the clerk or the protector. Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    award, duty = _held(ref, actor)
    share = _share(award, number)
    policy.may_check(AwardState(award.state), source=source).or_raise()
    check = PayeeCheck.objects.create(
        share=share, kind=kind, clear=clear, source=source.strip(), note=note.strip(), actor=actor.ref, at=now
    )
    keeping.note_step(award, "check", duty, actor=actor, now=now, source=number, kind=kind, clear=clear)
    return check


@transaction.atomic(durable=True)
def keep_identity(*, ref: str, number: str, vault_ref: str, actor: Actor, now: datetime) -> Share:
    """Note under which reference the vault keeps who a protected source is; never who.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=ARRANGE, lock=True)
    may_act_as(Duty.PROTECT, actor.ref, keeping.done_on(award)).or_raise()
    share = _share(award, number)
    vault_ref = vault_ref.strip()
    policy.may_keep_identity(ref=vault_ref, sealed=vault.identity_exists(vault_ref)).or_raise()
    share.vault = vault_ref
    share.save(update_fields=["vault"])
    keeping.note_step(award, "keep_identity", Duty.PROTECT, actor=actor, now=now, source=number)
    return share


def _held(ref: str, actor: Actor) -> tuple[Award, Duty]:
    """The award, held, and in which capacity this officer checks: who arranges payment protects, a clerk convenes."""
    seen = access.award_for(actor, ref, to=access.SEE)
    protects = actor.may(ARRANGE, seen.compartment)
    award = access.award_for(actor, ref, to=ARRANGE if protects else CHECK, lock=True)
    duty = Duty.PROTECT if protects else Duty.CONVENE
    may_act_as(duty, actor.ref, keeping.done_on(award)).or_raise()
    return award, duty


def _share(award: Award, number: str) -> Share:
    share = award.shares.filter(number=number).first()
    if share is None:
        raise NotVisible(f"{award.ref}/{number}")
    return share
