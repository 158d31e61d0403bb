"""The second officer's verbs: return, approve, publish."""

from datetime import datetime

from django.db import transaction

from tipstaff.kernel.clock import day
from tipstaff.offers import access, keeping, policy
from tipstaff.offers.models import Offer
from tipstaff.offers.queries import text_of
from tipstaff.offers.states import OFFER, PUBLIC, OfferState
from tipstaff.people.access import Actor


@transaction.atomic(durable=True)
def return_offer(*, ref: str, reason: str, actor: Actor, now: datetime) -> Offer:
    """Send a proposed or approved text back to its editors, saying why.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    offer = access.offer_for(actor, ref, to="offers.offer.approve", lock=True)
    keeping.advance(offer, "return")
    policy.needs_reason(reason).or_raise()

    returned = offer.proposed_version
    offer.proposed_version = None
    offer.approved_by = ""
    offer.save(update_fields=["state", "amendment", "proposed_version", "approved_by"])
    keeping.note_step(offer, "return", actor=actor, now=now, version=returned, reason=reason)
    return offer


@transaction.atomic(durable=True)
def approve_offer(*, ref: str, version: int, actor: Actor, now: datetime) -> Offer:
    """Approve the proposed text, as somebody other than its proposer; `version` is the one that was read.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    offer = access.offer_for(actor, ref, to="offers.offer.approve", lock=True)
    keeping.advance(offer, "approve")
    facts = policy.ApprovalFacts(
        proposer=offer.proposed_by,
        approver=actor.ref,
        proposed_version=offer.proposed_version or 0,
        seen_version=version,
    )
    policy.may_approve(facts).or_raise()

    offer.approved_by = actor.ref
    offer.save(update_fields=["state", "amendment", "approved_by"])
    keeping.note_step(offer, "approve", actor=actor, now=now, version=version)
    return offer


@transaction.atomic(durable=True)
def publish_offer(*, ref: str, actor: Actor, now: datetime) -> Offer:
    """Make the approved text public, as the offer's first or in place of the one before; send a new notice.

    From here on the version carries the rule sheet that its programme names, as it is in force today.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    offer = access.offer_for(actor, ref, to="offers.offer.publish", lock=True)
    move = "amend" if offer.state in PUBLIC else "publish"
    keeping.advance(offer, "publish")
    if move == "amend":
        offer.state = OFFER.after("amend", OfferState(offer.state))
    version = offer.versions.get(number=offer.proposed_version or 0)
    expires = text_of(version).expires
    policy.may_be_open(expires, day(now)).or_raise()
    sheet = keeping.sheet_to_carry(offer, now)

    offer.public_version = version.number
    offer.expires_on = expires
    offer.changed_on = day(now)
    keeping.clear_work(offer)
    keeping.pin(version, sheet)
    offer.save(
        update_fields=[
            "state",
            "amendment",
            "public_version",
            "expires_on",
            "changed_on",
            "draft",
            "proposed_version",
        ]
    )
    carried = {"sheet": f"{sheet.code} {sheet.number}"} if sheet else {}
    keeping.note_step(
        offer, move, actor=actor, now=now, version=version.number, digest=version.digest, **carried
    )
    keeping.announce(cause=f"{offer.ref} {move}", actor=actor, now=now)
    return offer
