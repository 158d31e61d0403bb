"""What pages, commands and the notice read of offers: frozen rows, already filtered for the actor."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import FETCH_RAISE, F, Prefetch, QuerySet

from tipstaff.custody.queries import PublicKeys
from tipstaff.hatch.notice import LogKeys, Notice, Office
from tipstaff.kernel.clock import day
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.kernel.money import Money
from tipstaff.offers import notices
from tipstaff.offers.access import VERB_OF, offer_for, visible_offers
from tipstaff.offers.models import Condition, Offer, OfferVersion, Programme, Publication, Step
from tipstaff.offers.preview import Difference, Preview, differences, preview
from tipstaff.offers.states import (
    PUBLIC,
    PUBLIC_MOVES,
    RUNNING,
    AmendmentState,
    OfferState,
    open_moves,
)
from tipstaff.offers.terms import Terms, TermsChange, TermsCondition
from tipstaff.offers.text import OfferText, from_json
from tipstaff.people.access import Actor, NotVisible, within
from tipstaff.people.queries import names_of


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer in a list. `amendment` is `none` unless a next text is in work."""

    ref: str
    programme: str
    title: str
    cap: Money
    state: str
    amendment: str
    changed_on: date | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of an offer's history at the desk."""

    move: str
    state: str
    amendment: str
    version: int | None
    actor: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version: who proposed and approved it, when it became public, and the rule sheet it carries, if any."""

    number: int
    digest: str
    proposed_by: str
    proposed_at: datetime
    approved_by: str
    public_at: datetime | None
    sheet: str
    preview: Preview


@dataclass(frozen=True, slots=True)
class OfferPage:
    """Everything that an offer's page shows. `moves` are what the tables and the actor's verbs allow."""

    ref: str
    state: str
    amendment: str
    compartment: str
    programme: str
    public_version: int | None
    proposed_version: int | None
    public: Preview | None
    working: Preview | None
    differences: tuple[Difference, ...]
    moves: tuple[str, ...]
    may_edit: bool
    proposed_by_you: bool
    versions: tuple[VersionRow, ...]
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft to edit; `revision` must be given back when it is saved."""

    ref: str
    amends: bool
    revision: int
    text: OfferText


def offers_list(actor: Actor) -> Iterator[OfferRow]:
    """The offers that `actor` may see, by reference. Two queries, however many there are."""
    offers = (
        visible_offers(actor)
        .filter(within(actor, "offers.offer.see"))
        .select_related("programme")
        .prefetch_related(Prefetch("versions", _public_versions(), to_attr="public"))
        .order_by("ref")
    )
    for offer in offers.fetch_mode(FETCH_RAISE):
        content = offer.public[0].content if offer.public else offer.draft
        yield OfferRow(
            offer.ref,
            offer.programme.name,
            content["title"][content["languages"][0]],
            Money(**content["cap"]),
            offer.state,
            offer.amendment,
            offer.changed_on,
        )


def offer_page(actor: Actor, ref: str) -> OfferPage:
    """The offer `ref` with its history. Raises NotVisible or NotAllowed."""
    offer = offer_for(actor, ref, to="offers.offer.see")
    steps = _step_rows(offer)
    versions = tuple(_version_rows(offer, steps))
    previews = {version.number: version.preview for version in versions}
    public = previews[offer.public_version] if offer.public_version else None
    working = preview(from_json(offer.draft)) if offer.draft else None
    moves = open_moves(OfferState(offer.state), AmendmentState(offer.amendment))
    editable = "propose" in moves
    return OfferPage(
        ref=offer.ref,
        state=offer.state,
        amendment=offer.amendment,
        compartment=offer.compartment,
        programme=offer.programme.name,
        public_version=offer.public_version,
        proposed_version=offer.proposed_version,
        public=public,
        working=working,
        differences=differences(public.text, working.text) if public and working else (),
        moves=tuple(move for move in moves if actor.may(VERB_OF[move], offer.compartment)),
        may_edit=editable and actor.may("offers.offer.draft", offer.compartment),
        proposed_by_you=bool(offer.proposed_version) and offer.proposed_by == actor.ref,
        versions=versions,
        steps=steps,
    )


def version_page(actor: Actor, ref: str, number: int) -> VersionRow:
    """Version `number` of the offer `ref`. Raises NotVisible or NotAllowed."""
    offer = offer_for(actor, ref, to="offers.offer.see")
    for version in _version_rows(offer, _step_rows(offer)):
        if version.number == number:
            return version
    raise NotVisible(f"{ref}/{number}")


def draft_page(actor: Actor, ref: str) -> DraftPage:
    """The draft of `ref`, to edit. Raises NotVisible, NotAllowed, or MoveNotInTable when it is no draft."""
    offer = offer_for(actor, ref, to="offers.offer.draft")
    state = OfferState(offer.state)
    if "propose" not in open_moves(state, AmendmentState(offer.amendment)):
        raise MoveNotInTable("edit", state)
    return DraftPage(offer.ref, offer.state in PUBLIC, offer.draft_revision, from_json(offer.draft))


def text_of(version: OfferVersion) -> OfferText:
    """The whole text of a version: its content and its conditions' rows."""
    conditions = [
        _condition_json(condition) for condition in sorted(version.conditions.all(), key=lambda c: c.place)
    ]
    return from_json({**version.content, "conditions": conditions})


def public_text(offer: Offer) -> OfferText | None:
    """The text of `offer` that the public reads, or None."""
    version = offer.versions.filter(number=offer.public_version or 0).prefetch_related("conditions").first()
    return text_of(version) if version else None


def running_offers_past(today: date) -> list[str]:
    """References of running offers whose last day lies before `today`."""
    offers = Offer.objects.unscoped("a last day passes for everybody")
    return list(offers.filter(state__in=sorted(RUNNING), expires_on__lt=today).values_list("ref", flat=True))


def compartments_of(refs: Iterable[str]) -> dict[str, str]:
    """The compartment of each offer in `refs` that exists, by reference: where its tips belong."""
    offers = Offer.objects.unscoped("a tip finds its compartment before anybody looks at it")
    return dict(offers.filter(ref__in=set(refs)).values_list("ref", "compartment"))


def offers_in_notice(number: int) -> str | None:
    """The text of notice `number` as it was handed to the outbox, or None."""
    return Publication.objects.filter(number=number).values_list("text", flat=True).first()


def terms(ref: str, version: int) -> Terms:
    """What version `version` of the offer `ref` promised. Raises NotVisible for one that was never public."""
    offers = Offer.objects.unscoped("what was public is known to everybody").select_related("programme")
    offer = offers.filter(ref=ref).first()
    changes = _changes(offer) if offer else ()
    first = next((change.on for change in changes if change.version == version), None)
    if offer is None or first is None:
        raise NotVisible(f"{ref}/{version}")
    row = offer.versions.select_related("sheet").prefetch_related("conditions").get(number=version)
    text, sheet = text_of(row), getattr(row, "sheet", None)
    return Terms(
        ref=offer.ref,
        version=version,
        programme=offer.programme.code,
        compartment=offer.compartment,
        authority=text.authority,
        cap=text.cap,
        conditions=tuple(
            TermsCondition(
                place,
                condition.outcome,
                tuple(condition.paragraphs),
                condition.cap,
                condition.target,
                condition.conduct,
            )
            for place, condition in enumerate(text.conditions, 1)
        ),
        published_on=changes[0].on,
        version_on=first,
        changes=changes,
        sheet=sheet.code if sheet else None,
        sheet_number=sheet.number if sheet else None,
    )


def terms_on(ref: str, day: date) -> Terms | None:
    """The terms that were public at the end of `day`; None where nothing was published by then."""
    offer = Offer.objects.unscoped("what was public is known to everybody").filter(ref=ref).first()
    before = [change for change in _changes(offer) if change.on <= day] if offer else []
    return terms(ref, before[-1].version) if before else None


def _changes(offer: Offer) -> tuple[TermsChange, ...]:
    steps = offer.steps.filter(move__in=PUBLIC_MOVES).order_by("id")
    return tuple(TermsChange(day(step.at), step.state, step.version or 0) for step in steps)


def notice_body(number: int, keys: PublicKeys) -> Notice:
    """All that is public now, as notice `number`. The number of queries does not grow with the offers."""
    public = Offer.objects.unscoped("the notice is public and whole").filter(state__in=sorted(PUBLIC))
    versions = {
        version.offer_id: text_of(version) for version in _public_versions().prefetch_related("conditions")
    }
    steps = _public_steps()
    offers = [
        notices.public_offer(
            versions[offer.pk],
            version=offer.public_version or 0,
            state=offer.state,
            updated=offer.changed_on or date.min,
            steps=steps[offer.pk],
        )
        for offer in public.order_by("ref")
    ]
    office = _office(keys)
    return Notice(
        number=number,
        office=office,
        recipients=keys.recipients,
        log=LogKeys(keys.origin, keys.door_vkey, keys.desk_vkey, keys.head_hour),
        languages=notices.all_languages(
            [*(text.languages for text in versions.values()), tuple(office.name)]
        ),
        offers=tuple(offers),
    )


def _office(keys: PublicKeys) -> Office:
    """The office as `tipstaff init` wrote it down, or as the programme loaded last says of itself."""
    for content in Programme.objects.order_by("-loaded_at", "-id").values_list("content", flat=True):
        if content["office"]:
            return Office(demo=keys.demo, **content["office"])
    return Office(keys.name, keys.demo, keys.leave_to, keys.answer_within)


def _public_versions() -> QuerySet[OfferVersion]:
    return OfferVersion.objects.filter(number=F("offer__public_version"))


def _public_steps() -> Mapping[int, list[notices.PublicStep]]:
    """Public moves by offer, in order. Publishing an amendment is recorded as `amend`."""
    changes = {
        (version.offer_id, version.number): version.content["change"]
        for version in OfferVersion.objects.all()
    }
    steps = defaultdict(list)
    for step in Step.objects.filter(move__in=PUBLIC_MOVES).order_by("id"):
        change = changes.get((step.offer_id, step.version or 0), {})
        steps[step.offer_id].append(notices.PublicStep(step.move, day(step.at), change))
    return steps


def _step_rows(offer: Offer) -> tuple[StepRow, ...]:
    steps = list(offer.steps.order_by("id"))
    names = names_of([step.actor for step in steps])
    return tuple(
        StepRow(
            move=step.move,
            state=step.state,
            amendment=step.amendment,
            version=step.version,
            actor=names[step.actor],
            at=step.at,
            reason=step.reason,
        )
        for step in steps
    )


def _version_rows(offer: Offer, steps: Iterable[StepRow]) -> Iterator[VersionRow]:
    approvers = {step.version: step.actor for step in steps if step.move == "approve"}
    proposers = {step.version: step.actor for step in steps if step.move == "propose"}
    published = {step.version: step.at for step in steps if step.move in ("publish", "amend")}
    versions = offer.versions.select_related("sheet").prefetch_related("conditions")
    for version in versions.order_by("-number"):
        yield VersionRow(
            number=version.number,
            digest=version.digest,
            proposed_by=proposers.get(version.number, version.proposed_by),
            proposed_at=version.proposed_at,
            approved_by=approvers.get(version.number, ""),
            public_at=published.get(version.number),
            sheet=str(getattr(version, "sheet", "")),
            preview=preview(text_of(version)),
        )


def _condition_json(condition: Condition) -> dict[str, Any]:
    return {
        "outcome": condition.outcome,
        "target_kind": condition.target_kind,
        "target": condition.target,
        "conduct": condition.conduct,
        "region": condition.region,
        "elements": condition.elements,
        "paragraphs": condition.paragraphs,
        "cap": {"minor": condition.cap_minor, "currency": condition.cap_currency},
    }
