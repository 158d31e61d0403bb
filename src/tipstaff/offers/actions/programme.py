"""Bringing a programme file in: its offers become drafts, and nothing becomes public by loading."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.offers import keeping, policy
from tipstaff.offers.models import Offer, Programme
from tipstaff.offers.programme_file import Programme as ProgrammeFile
from tipstaff.offers.queries import public_text
from tipstaff.offers.states import OfferState
from tipstaff.offers.text import OfferText, from_json, to_json
from tipstaff.people.access import Actor


@dataclass(frozen=True, slots=True)
class Loaded:
    """References by what became of them."""

    drafted: tuple[str, ...]
    redrafted: tuple[str, ...]
    unchanged: tuple[str, ...]


@transaction.atomic(durable=True)
def load_programme(*, programme: ProgrammeFile, actor: Actor, now: datetime) -> Loaded:
    """Make drafts of the file's offers; earlier drafts are replaced, and what is the same is left alone.

    An offer that is already proposed or public is changed by an amendment, never by a file. Raises NotAllowed
    or Refused (with every offer that stands in the way); then nothing is written.
    """
    actor.must("offers.programme.load", programme.compartment)
    held = _hold_programme(programme, actor, now)
    loaded: dict[str, list[str]] = {"drafted": [], "redrafted": [], "unchanged": []}
    refusals: list[Refusal] = []
    for text in programme.offers:
        offers = Offer.objects.unscoped("a reference is given once in the whole house")
        offer = offers.select_for_update(of=("self",)).filter(ref=text.ref).first()
        fate, decision = _fate(offer, held, text)
        refusals.extend(decision.refusals)
        if decision.allowed and fate != "unchanged":
            _draft(offer, held, text, actor, now)
        loaded[fate].append(text.ref)
    Decision(tuple(refusals)).or_raise()
    record(
        "offers.programme.loaded",
        subject=held.code,
        actor=actor,
        at=now,
        compartment=held.compartment,
        offers=[text.ref for text in programme.offers],
    )
    return Loaded(**{fate: tuple(refs) for fate, refs in loaded.items()})


def _hold_programme(programme: ProgrammeFile, actor: Actor, now: datetime) -> Programme:
    held = Programme.objects.select_for_update().filter(code=programme.code).first()
    held = held or Programme(code=programme.code, compartment=programme.compartment)
    policy.may_keep_programme(held.compartment, programme.compartment).or_raise()
    held.name = programme.name
    held.authority = programme.authority
    held.rules = programme.rules
    held.ceiling_minor = programme.ceiling.minor
    held.ceiling_currency = programme.ceiling.currency
    held.languages = list(programme.languages)
    held.content = {
        "citation": programme.citation,
        "agencies": [asdict(agency) for agency in programme.agencies],
        "office": asdict(programme.office) if programme.office else None,
    }
    held.loaded_by = actor.ref
    held.loaded_at = now
    held.save()
    return held


def _fate(offer: Offer | None, held: Programme, text: OfferText) -> tuple[str, Decision]:
    """What loading `text` would do to the offer of its reference, and whether it may."""
    if offer is None:
        return "drafted", Decision()
    same_programme = offer.programme_id == held.pk
    now_standing = from_json(offer.draft) if offer.draft else public_text(offer)
    if same_programme and now_standing and now_standing.says_the_same(text):
        return "unchanged", Decision()
    replaceable = same_programme and offer.state == OfferState.DRAFT
    return "redrafted", policy.may_load(text.ref, taken=not replaceable)


def _draft(offer: Offer | None, held: Programme, text: OfferText, actor: Actor, now: datetime) -> None:
    offer = offer or Offer(ref=text.ref, programme=held, compartment=held.compartment)
    offer.draft = to_json(text)
    offer.draft_revision += 1
    offer.save()
    keeping.note_step(offer, "load", actor=actor, now=now, programme=held.code, digest=text.digest())
