"""What happens to a public offer: suspend, resume, withdraw, satisfy, expire. Each sends a new notice."""

from datetime import datetime

from django.db import transaction

from tipstaff.kernel.clock import day
from tipstaff.offers import access, keeping, policy
from tipstaff.offers.models import Offer
from tipstaff.offers.states import CLOSED, OFFER, AmendmentState, OfferState
from tipstaff.people.access import Actor


@transaction.atomic(durable=True)
def suspend_offer(*, ref: str, reason: str, actor: Actor, now: datetime) -> Offer:
    """Stop asking for information about the offer for a while, saying why.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    offer = access.offer_for(actor, ref, to="offers.offer.suspend", lock=True)
    return _moved(offer, "suspend", reason, actor, now)


@transaction.atomic(durable=True)
def resume_offer(*, ref: str, actor: Actor, now: datetime) -> Offer:
    """Ask for information again, with the text that was public before.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    offer = access.offer_for(actor, ref, to="offers.offer.suspend", lock=True)
    OFFER.after("resume", OfferState(offer.state))
    policy.may_be_open(offer.expires_on, day(now)).or_raise()
    return _moved(offer, "resume", "", actor, now)


@transaction.atomic(durable=True)
def withdraw_offer(*, ref: str, reason: str, actor: Actor, now: datetime) -> Offer:
    """Take the offer back for good, saying why. Its page stays, with a stamp.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    offer = access.offer_for(actor, ref, to="offers.offer.withdraw", lock=True)
    return _moved(offer, "withdraw", reason, actor, now)


@transaction.atomic(durable=True)
def satisfy_offer(*, ref: str, reason: str, actor: Actor, now: datetime) -> Offer:
    """Close the offer because what it asked for was achieved; `reason` says by what.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    offer = access.offer_for(actor, ref, to="offers.offer.satisfy", lock=True)
    return _moved(offer, "satisfy", reason, actor, now)


@transaction.atomic(durable=True)
def expire_offer(*, ref: str, actor: Actor, now: datetime) -> Offer:
    """Close an offer whose last day is over. A job does this; an officer withdraws instead.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    offer = access.offer_for(actor, ref, to="offers.offer.expire", lock=True)
    OFFER.after("expire", OfferState(offer.state))
    policy.may_expire(offer.expires_on, day(now)).or_raise()
    return _moved(offer, "expire", "", actor, now)


@transaction.atomic(durable=True)
def renew_notice(*, compartment: str, actor: Actor, now: datetime) -> int:
    """Send the notice again as it would be written now, after the office's keys or texts changed.

    Returns its number. Raises NotAllowed, or Refused when there are no keys; then nothing is written.
    """
    actor.must("offers.offer.publish", compartment)
    return keeping.announce(cause="renewed", actor=actor, now=now)


def _moved(offer: Offer, move: str, reason: str, actor: Actor, now: datetime) -> Offer:
    """Take a public move in the caller's transaction; closing an offer also drops an amendment in work."""
    offer.state = OFFER.after(move, OfferState(offer.state))
    if move in policy.REASONED:
        policy.needs_reason(reason).or_raise()

    offer.changed_on = day(now)
    fields = ["state", "changed_on"]
    if offer.state in CLOSED and offer.amendment != AmendmentState.NONE:
        offer.amendment = AmendmentState.NONE
        keeping.clear_work(offer)
        fields += ["amendment", "draft", "proposed_version"]
    offer.save(update_fields=fields)
    keeping.note_step(offer, move, actor=actor, now=now, version=offer.public_version, reason=reason)
    keeping.announce(cause=f"{offer.ref} {move}", actor=actor, now=now)
    return offer
