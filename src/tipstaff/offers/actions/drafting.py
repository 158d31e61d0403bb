"""The editor's verbs: begin an amendment, write, propose, drop."""

from datetime import datetime

from django.db import transaction

from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.kernel.money import Money
from tipstaff.offers import access, keeping, policy
from tipstaff.offers.models import Offer
from tipstaff.offers.queries import public_text
from tipstaff.offers.states import AMENDMENT, OFFER, AmendmentState, OfferState, open_moves
from tipstaff.offers.text import OfferText, from_json, to_json
from tipstaff.people.access import Actor


@transaction.atomic(durable=True)
def begin_amendment(*, ref: str, actor: Actor, now: datetime) -> Offer:
    """Open a draft beside the public text, beginning with a copy of it.

    Raises NotVisible, NotAllowed or MoveNotInTable. On any of them nothing is written.
    """
    offer = access.offer_for(actor, ref, to="offers.offer.amend", lock=True)
    OFFER.after("amend", OfferState(offer.state))  # a closed offer is never amended
    keeping.advance(offer, "begin")
    text = public_text(offer)
    assert text, "an offer that can be amended is public"
    offer.draft = to_json(text) | {"change": {}}
    offer.draft_revision += 1
    offer.save(update_fields=["amendment", "draft", "draft_revision"])
    keeping.note_step(offer, "begin", actor=actor, now=now)
    return offer


@transaction.atomic(durable=True)
def save_draft(*, ref: str, text: OfferText, revision: int, actor: Actor, now: datetime) -> Offer:
    """Keep `text` as the draft of `ref`; `revision` is the draft's revision that the editor started from.

    The reference, the programme and its law are the offer's own and are not taken from `text`. Raises
    NotVisible, NotAllowed, MoveNotInTable (what is proposed is no draft) or Refused. On any of them nothing
    is written.
    """
    offer = access.offer_for(actor, ref, to="offers.offer.draft", lock=True)
    if "propose" not in open_moves(OfferState(offer.state), AmendmentState(offer.amendment)):
        raise MoveNotInTable("save", OfferState(offer.state))
    policy.may_save(offer.draft_revision, revision).or_raise()
    fixed = {name: offer.draft[name] for name in ("ref", "programme", "authority", "citation")}
    offer.draft = to_json(text) | fixed
    offer.draft_revision += 1
    offer.save(update_fields=["draft", "draft_revision"])
    keeping.note_step(offer, "save", actor=actor, now=now, digest=from_json(offer.draft).digest())
    return offer


@transaction.atomic(durable=True)
def propose_offer(*, ref: str, actor: Actor, now: datetime) -> Offer:
    """Put the draft before a second officer: from here on it is a version, word for word.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    offer = access.offer_for(actor, ref, to="offers.offer.propose", lock=True)
    keeping.advance(offer, "propose")
    text = from_json(offer.draft)
    programme = offer.programme
    ceiling = Money(programme.ceiling_minor, programme.ceiling_currency)
    facts = policy.ProposalFacts(text=text, ceiling=ceiling, public=public_text(offer))
    policy.may_propose(facts).or_raise()

    version = keeping.keep_version(offer, text, actor, now)
    offer.proposed_version = version.number
    offer.proposed_by = actor.ref
    offer.approved_by = ""
    offer.save(
        update_fields=[
            "state",
            "amendment",
            "latest_version",
            "proposed_version",
            "proposed_by",
            "approved_by",
        ]
    )
    keeping.note_step(offer, "propose", actor=actor, now=now, version=version.number, digest=version.digest)
    return offer


@transaction.atomic(durable=True)
def drop_amendment(*, ref: str, actor: Actor, now: datetime) -> Offer:
    """Give up the amendment in work; the public text stays as it is, and so do versions once proposed.

    Raises NotVisible, NotAllowed or MoveNotInTable. On any of them nothing is written.
    """
    offer = access.offer_for(actor, ref, to="offers.offer.amend", lock=True)
    offer.amendment = AMENDMENT.after("drop", AmendmentState(offer.amendment))
    keeping.clear_work(offer)
    offer.save(update_fields=["amendment", "draft", "proposed_version"])
    keeping.note_step(offer, "drop", actor=actor, now=now)
    return offer
