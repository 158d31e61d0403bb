"""Destroying an identity: its sealed bytes are deleted and overwritten. Needs no key, and two officers."""

from datetime import datetime

from django.db import transaction

from tipstaff.footing import journal
from tipstaff.kernel import reference
from tipstaff.people.access import Actor
from tipstaff.vault import access, holder, policy
from tipstaff.vault.consequences import agree_facts, agreed, asked, body_of
from tipstaff.vault.models import Sealed
from tipstaff.vault.states import Purpose


@transaction.atomic(durable=True)
def ask_to_destroy(*, ref: str, reason: str, actor: Actor, now: datetime) -> str:
    """Ask a second officer to destroy the identity; returns the request's reference, good for seven days.

    Raises NotVisible, NotAllowed or Refused; then nothing is written.
    """
    identity = access.identity_for(actor, ref, to=access.OPEN, lock=True)
    policy.may_ask(policy.AskFacts(reason=reason, destroyed=body_of(identity) is None)).or_raise()
    return asked(identity, reference.new("VRQ"), Purpose.DESTROY, reason, actor, now)


@transaction.atomic(durable=True)
def destroy_identity(*, request: str, actor: Actor, now: datetime) -> None:
    """Destroy the identity: the row stays and says that it was, the sealed bytes are gone for ever.

    Raises NotVisible, NotAllowed, or Refused (the same officer, used, expired, destroyed); then nothing is gone.
    """
    found = access.request_for(actor, request, to=access.OPEN, lock=True)
    policy.may_agree(agree_facts(found, Purpose.DESTROY, actor, now)).or_raise()
    Sealed.objects.filter(identity=found.identity).delete()
    agreed(found, "vault.identity.destroyed", actor, now)
    for ref in found.identity.requests.values_list("ref", flat=True):
        holder.current().drop(ref)
    # At once where nobody reads just then; else the worker does it within the hour.
    transaction.on_commit(lambda: journal.empty("default"), robust=True)
