"""What the verbs of the vault share: the facts for the rules, and the rows and records that follow."""

from datetime import datetime

from tipstaff.audit.actions import record
from tipstaff.people.access import Actor, NotVisible
from tipstaff.vault import holder
from tipstaff.vault.models import Identity, Opening, Request, Sealed
from tipstaff.vault.policy import AgreeFacts
from tipstaff.vault.states import Purpose


def body_of(identity: Identity) -> bytes | None:
    """The sealed bytes, or None once the identity is destroyed."""
    body = Sealed.objects.filter(identity=identity).values_list("body", flat=True).first()
    return None if body is None else bytes(body)


def agree_facts(request: Request, purpose: Purpose, actor: Actor, now: datetime) -> AgreeFacts:
    """The facts of agreeing to `request`. Raises NotVisible when it was asked for another purpose."""
    if request.purpose != purpose:
        raise NotVisible(request.ref)
    return AgreeFacts(
        purpose=purpose,
        asked_by=request.asked_by,
        asked_at=request.asked_at,
        actor=actor.ref,
        now=now,
        agreed=Opening.objects.filter(request=request).exists(),
        destroyed=not Sealed.objects.filter(identity=request.identity).exists(),
        held=holder.current().half_open(request.ref) is not None,
    )


def asked(identity: Identity, ref: str, purpose: Purpose, reason: str, actor: Actor, now: datetime) -> str:
    """Keep a request, inside the verb's transaction. The reason stays in the vault: the record has none."""
    Request.objects.create(
        ref=ref, identity=identity, purpose=purpose, reason=reason.strip(), asked_by=actor.ref, asked_at=now
    )
    record(
        f"vault.identity.{purpose}_asked",
        subject=identity.ref, actor=actor, at=now, compartment=identity.compartment, request=ref,
    )  # fmt: skip
    return ref


def agreed(request: Request, verb: str, actor: Actor, now: datetime) -> None:
    """Keep that a second officer agreed, inside the verb's transaction."""
    Opening.objects.create(request=request, asked_by=request.asked_by, agreed_by=actor.ref, agreed_at=now)
    record(
        verb,
        subject=request.identity.ref, actor=actor, at=now, compartment=request.identity.compartment,
        request=request.ref, asked_by=request.asked_by,
    )  # fmt: skip
