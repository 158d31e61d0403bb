"""Who sees an offer, and who may do what with it."""

from collections.abc import Mapping

from tipstaff.footing.scoped import ScopedQuerySet
from tipstaff.offers.models import Offer
from tipstaff.people.access import Actor, NotAllowed, NotVisible

SEE = "offers.offer.see"
# The verb that each move of the tables needs. Who may stop an offer may also let it go on.
VERB_OF: Mapping[str, str] = {
    "begin": "offers.offer.amend",
    "drop": "offers.offer.amend",
    "propose": "offers.offer.propose",
    "return": "offers.offer.approve",
    "approve": "offers.offer.approve",
    "publish": "offers.offer.publish",
    "suspend": "offers.offer.suspend",
    "resume": "offers.offer.suspend",
    "withdraw": "offers.offer.withdraw",
    "satisfy": "offers.offer.satisfy",
    "expire": "offers.offer.expire",
}


def visible_offers(actor: Actor) -> ScopedQuerySet[Offer]:
    """Every offer in a compartment where `actor` has anything to do."""
    return Offer.objects.seen_by(actor)


def offer_for(actor: Actor, ref: str, *, to: str, lock: bool = False) -> Offer:
    """The offer `ref`, for an actor who may do `to` with it; with `lock`, its row is locked.

    Another compartment's offer is NotVisible, so that its reference cannot be probed; an offer in sight
    without the verb is NotAllowed.
    """
    offers = visible_offers(actor)
    if lock:
        offers = offers.select_for_update(of=("self",))
    try:
        offer = offers.get(ref=ref)
    except Offer.DoesNotExist:
        raise NotVisible(ref) from None
    if not actor.may(to, offer.compartment):
        raise NotAllowed(to)
    return offer
