"""Opening an identity: one officer takes off the outer seal, a second one the inner, within ten minutes.

Neither verb is one transaction: a passphrase takes a second to try, and on SQLite everybody else's writing would
wait. What is asked before that second is asked again, under the lock, after it.
"""

from datetime import datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.kernel import reference
from tipstaff.people.access import Actor
from tipstaff.sealed.age import SealError
from tipstaff.sealed.keyfile import WrongPassphrase
from tipstaff.sealed.recipients import HybridIdentity
from tipstaff.vault import access, holder, policy
from tipstaff.vault.consequences import agree_facts, agreed, asked, body_of
from tipstaff.vault.keys import Half
from tipstaff.vault.models import Identity
from tipstaff.vault.sealing import Details, open_inner, open_outer
from tipstaff.vault.states import Purpose


def ask_to_open(*, ref: str, reason: str, passphrase: str, actor: Actor, now: datetime) -> str:
    """Take off the outer seal with the first key, in memory, for ten minutes; returns the request's reference.

    Raises NotVisible, NotAllowed, or Refused: no reason, destroyed, key file away, wrong passphrase (recorded). Then
    nothing is opened.
    """
    identity = access.identity_for(actor, ref, to=access.OPEN)
    body = body_of(identity)
    policy.may_ask(policy.AskFacts(reason=reason, destroyed=body is None)).or_raise()
    key = _key(Half.FIRST, passphrase, identity, actor, now)
    try:
        inner = open_outer(body or b"", key)
    except SealError:
        policy.damaged(f"vault-{Half.FIRST}.key").or_raise()
        raise
    request = _ask(ref, reason, actor, now)
    holder.current().keep(request, inner)
    return request


def open_identity(*, request: str, passphrase: str, actor: Actor, now: datetime) -> Details:
    """Take off the inner seal with the second key. The record is committed before anything is shown.

    Raises NotVisible, NotAllowed, or Refused: the same officer, used, expired or forgotten, destroyed, key file
    away, wrong passphrase (recorded). Then nothing is opened, and a request in time stays good.
    """
    found = access.request_for(actor, request, to=access.OPEN)
    policy.may_agree(agree_facts(found, Purpose.OPEN, actor, now)).or_raise()
    half_open = holder.current().half_open(request) or b""
    identity = found.identity
    key = _key(Half.SECOND, passphrase, identity, actor, now)
    try:
        details = open_inner(half_open, key, ref=identity.ref, compartment=identity.compartment)
    except SealError:
        policy.damaged(f"vault-{Half.SECOND}.key").or_raise()
        raise
    _agree(request, actor, now)
    holder.current().drop(request)
    return details


def _key(half: Half, passphrase: str, identity: Identity, actor: Actor, now: datetime) -> HybridIdentity:
    file = f"vault-{half}.key"
    try:
        return holder.current().key(half, passphrase, by=actor.ref)
    except WrongPassphrase:
        _missed(half, identity, actor, now)
        policy.wrong_passphrase(file).or_raise()
        raise
    except SealError:
        policy.damaged(file).or_raise()
        raise


@transaction.atomic(durable=True)
def _missed(half: Half, identity: Identity, actor: Actor, now: datetime) -> None:
    record(
        "vault.identity.open_failed",
        subject=identity.ref, actor=actor, at=now, compartment=identity.compartment, key=str(half),
    )  # fmt: skip


@transaction.atomic(durable=True)
def _ask(ref: str, reason: str, actor: Actor, now: datetime) -> str:
    identity = access.identity_for(actor, ref, to=access.OPEN, lock=True)
    policy.may_ask(policy.AskFacts(reason=reason, destroyed=body_of(identity) is None)).or_raise()
    return asked(identity, reference.new("VRQ"), Purpose.OPEN, reason, actor, now)


@transaction.atomic(durable=True)
def _agree(ref: str, actor: Actor, now: datetime) -> None:
    request = access.request_for(actor, ref, to=access.OPEN, lock=True)
    policy.may_agree(agree_facts(request, Purpose.OPEN, actor, now)).or_raise()
    agreed(request, "vault.identity.opened", actor, now)
