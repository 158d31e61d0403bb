"""Sealing an identity: what was typed is in memory until it is sealed, and nowhere else."""

from datetime import datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.kernel import reference
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor
from tipstaff.vault import access, holder, policy
from tipstaff.vault.models import Identity, Sealed
from tipstaff.vault.sealing import Details, seal_details


@transaction.atomic(durable=True)
def seal_identity(*, compartment: str, details: Details, actor: Actor, now: datetime) -> str:
    """Seal who a source is to the two keys of the vault; returns the identity's reference.

    Raises NotVisible, NotAllowed, or Refused: no name, too long, no vault. Then nothing is written.
    """
    access.must_seal(actor, compartment)
    policy.may_seal(details).or_raise()
    ref = reference.new("VLT")
    body = seal_details(details, ref=ref, compartment=compartment, to=holder.current().recipients())
    identity = Identity.objects.create(
        ref=ref, compartment=compartment, sealed_on=day(now), sealed_by=actor.ref
    )
    Sealed.objects.create(identity=identity, body=body)
    record("vault.identity.sealed", subject=ref, actor=actor, at=now, compartment=compartment)
    return ref
