"""The only way from a page or a verb to an envelope, a tip, or anything that hangs on one."""

from django.db.models import QuerySet

from tipstaff.people import queries as people
from tipstaff.people.access import Actor, NotAllowed, NotVisible, within
from tipstaff.tips import policy
from tipstaff.tips.models import Attachment, Envelope, Message, Tip

SEE = "tips.tip.see"
SEE_ENVELOPES = "tips.envelope.see"
OPEN_ENVELOPES = "tips.envelope.open"


def visible_tips(actor: Actor) -> QuerySet[Tip]:
    """The tips that the actor may read. Raises NotAllowed when there is no compartment where they may."""
    if SEE not in actor.verbs:
        raise NotAllowed(SEE)
    return Tip.objects.seen_by(actor).filter(within(actor, SEE))


def visible_envelopes(actor: Actor) -> QuerySet[Envelope]:
    """The envelopes whose rows the actor may see: no text is in them. Raises NotAllowed."""
    if SEE_ENVELOPES not in actor.verbs:
        raise NotAllowed(SEE_ENVELOPES)
    return Envelope.objects.seen_by(actor)


def must_open(actor: Actor) -> None:
    """Raise NotAllowed unless the actor may have envelopes opened at all, in whatever compartment."""
    if OPEN_ENVELOPES not in actor.verbs:
        raise NotAllowed(OPEN_ENVELOPES)


def tip_for(actor: Actor, ref: str, *, to: str, lock: bool = False) -> Tip:
    """The tip `ref`, for an actor who may do `to` with it.

    Another compartment's tip is NotVisible, so that its reference cannot be probed; a tip in sight without
    the verb is NotAllowed. With `lock` the row is held until the transaction ends.
    """
    tips = Tip.objects.seen_by(actor).select_related("envelope")
    if lock:
        tips = tips.select_for_update(of=("self",))
    try:
        tip = tips.get(ref=ref)
    except Tip.DoesNotExist:
        raise NotVisible(ref) from None
    for verb in (SEE, to):
        if not actor.may(verb, tip.compartment):
            raise NotAllowed(verb)
    return tip


def tip_told(ref: str) -> Tip:
    """The tip whose source another room has something to tell, locked. That room has asked who may.

    Raises NotVisible when there is none.
    """
    tips = Tip.objects.unscoped("the room that tells has asked who may").select_for_update()
    try:
        return tips.get(ref=ref)
    except Tip.DoesNotExist:
        raise NotVisible(ref) from None


def envelope_for(actor: Actor, ref: str, *, to: str) -> Envelope:
    """The envelope `ref`, for an actor who may do `to`. Raises NotVisible or NotAllowed."""
    try:
        envelope = Envelope.objects.seen_by(actor).get(ref=ref)
    except Envelope.DoesNotExist:
        raise NotVisible(ref) from None
    if not (actor.may(to, envelope.compartment) or actor.may(to)):
        raise NotAllowed(to)
    return envelope


def attachment_of(tip: Tip, number: int) -> Attachment:
    """The tip's `number`th file, counted from 1 in the order they came. Raises NotVisible."""
    if number < 1:
        raise NotVisible(f"{tip.ref} file {number}")
    found = list(Attachment.objects.filter(tip=tip).order_by("message", "place", "id")[number - 1 : number])
    if not found:
        raise NotVisible(f"{tip.ref} file {number}")
    return found[0]


def message_of(tip: Tip, number: int) -> Message:
    """Message `number` of the tip's talk, locked. Raises NotVisible."""
    try:
        return Message.objects.select_for_update().get(tip=tip, number=number)
    except Message.DoesNotExist:
        raise NotVisible(f"{tip.ref} message {number}") from None


def hold_facts(tip: Tip, actor: Actor) -> policy.HoldFacts:
    """Who acts and who has the tip, for the rules."""
    name = people.name_of(tip.claimed_by) if tip.claimed_by else ""
    return policy.HoldFacts(actor=actor.ref, holder=tip.claimed_by, holder_name=name)
