"""The only way from a page or a verb to a sealed identity, or to a request for one."""

from django.db.models import QuerySet

from tipstaff.people.access import Actor, NotAllowed, NotVisible, within
from tipstaff.vault.models import Identity, Request

SEE = "vault.identity.see"
SEAL = "vault.identity.seal"
OPEN = "vault.identity.open"


def visible_identities(actor: Actor) -> QuerySet[Identity]:
    """The identities whose rows the actor may see: no name is in them. Raises NotAllowed."""
    if SEE not in actor.verbs:
        raise NotAllowed(SEE)
    return Identity.objects.seen_by(actor).filter(within(actor, SEE))


def must_seal(actor: Actor, compartment: str) -> None:
    """Raise NotVisible for a compartment the actor has no part in, NotAllowed without the verb there."""
    if compartment not in actor.compartments:
        raise NotVisible(compartment)
    actor.must(SEAL, compartment)


def identity_for(actor: Actor, ref: str, *, to: str, lock: bool = False) -> Identity:
    """The identity `ref`, for an actor who may do `to` with it; with `lock` held until the transaction ends.

    Another compartment's is NotVisible, so that a reference cannot be probed; one in sight without the verb is
    NotAllowed.
    """
    identities = Identity.objects.seen_by(actor)
    if lock:
        identities = identities.select_for_update(of=("self",))
    try:
        identity = identities.get(ref=ref)
    except Identity.DoesNotExist:
        raise NotVisible(ref) from None
    for verb in (SEE, to):
        if not actor.may(verb, identity.compartment):
            raise NotAllowed(verb)
    return identity


def request_for(actor: Actor, ref: str, *, to: str, lock: bool = False) -> Request:
    """The request `ref`, with its identity, which `lock` holds. Raises NotVisible or NotAllowed as above."""
    try:
        request = Request.objects.select_related("identity").get(ref=ref)
    except Request.DoesNotExist:
        raise NotVisible(ref) from None
    request.identity = identity_for(actor, request.identity.ref, to=to, lock=lock)
    return request
