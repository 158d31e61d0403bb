"""What several verbs of this room write in the same way, always inside the verb's own transaction."""

from datetime import datetime

from django.db import OperationalError

from tipstaff.audit.actions import record
from tipstaff.custody.queries import NoPublicKeys, public_keys
from tipstaff.hatch import notice
from tipstaff.hatch.queries import latest_notice
from tipstaff.kernel.clock import day
from tipstaff.offers import policy
from tipstaff.offers.models import (
    Condition,
    NoticeCounter,
    Offer,
    OfferVersion,
    PinnedSheet,
    Publication,
    Step,
)
from tipstaff.offers.queries import notice_body
from tipstaff.offers.states import AMENDMENT, OFFER, PUBLIC, AmendmentState, OfferState
from tipstaff.offers.text import OfferText, to_json
from tipstaff.outbox.actions import put
from tipstaff.outbox.kinds import NOTICE_KEY
from tipstaff.people.access import Actor
from tipstaff.rulebook.queries import InForce, sheet_in_force

# The audit verb of each move.
RECORDED_AS = {
    "load": "offers.offer.drafted",
    "save": "offers.draft.saved",
    "begin": "offers.amendment.begun",
    "drop": "offers.amendment.dropped",
    "propose": "offers.offer.proposed",
    "return": "offers.offer.returned",
    "approve": "offers.offer.approved",
    "publish": "offers.offer.published",
    "amend": "offers.offer.amended",
    "suspend": "offers.offer.suspended",
    "resume": "offers.offer.resumed",
    "withdraw": "offers.offer.withdrawn",
    "satisfy": "offers.offer.satisfied",
    "expire": "offers.offer.expired",
}


def advance(offer: Offer, move: str) -> None:
    """Let the text in work take `move`: the offer itself before it is public, its amendment afterwards.

    Raises MoveNotInTable.
    """
    if offer.state in PUBLIC:
        offer.amendment = AMENDMENT.after(move, AmendmentState(offer.amendment))
    else:
        offer.state = OFFER.after(move, OfferState(offer.state))


def clear_work(offer: Offer) -> None:
    """Nothing is in work any more. Who proposed and approved the last text stays until the next one."""
    offer.draft = {}
    offer.proposed_version = None


def keep_version(offer: Offer, text: OfferText, actor: Actor, now: datetime) -> OfferVersion:
    """Write `text` down for good as the offer's next version."""
    offer.latest_version += 1
    content = to_json(text)
    del content["conditions"]
    version = OfferVersion.objects.create(
        offer=offer,
        number=offer.latest_version,
        content=content,
        digest=text.digest(),
        proposed_by=actor.ref,
        proposed_at=now,
    )
    Condition.objects.bulk_create(
        Condition(
            version=version,
            place=place,
            outcome=condition.outcome,
            target_kind=condition.target_kind,
            target=condition.target,
            conduct=condition.conduct,
            region=condition.region,
            elements=list(condition.elements),
            paragraphs=list(condition.paragraphs),
            cap_minor=condition.cap.minor,
            cap_currency=condition.cap.currency,
        )
        for place, condition in enumerate(text.conditions, 1)
    )
    return version


def sheet_to_carry(offer: Offer, now: datetime) -> InForce | None:
    """The rule sheet in force that the offer's programme names; None when it names none. Raises Refused."""
    rules = offer.programme.rules
    sheet = sheet_in_force(offer.compartment, rules, day(now)) if rules else None
    policy.may_carry(rules, in_force=sheet is not None).or_raise()
    return sheet


def pin(version: OfferVersion, sheet: InForce | None) -> None:
    """Let `version` carry `sheet` for good."""
    if sheet:
        PinnedSheet.objects.create(version=version, code=sheet.code, number=sheet.number, digest=sheet.digest)


def note_step(
    offer: Offer,
    move: str,
    *,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    reason: str = "",
    **facts: object,
) -> None:
    """Add `move` to the offer's history and to the audit record."""
    Step.objects.create(
        offer=offer,
        move=move,
        state=offer.state,
        amendment=offer.amendment,
        version=version,
        actor=actor.ref,
        at=now,
        reason=reason,
    )
    known = {"version": version, "reason": reason} | facts
    record(
        RECORDED_AS[move],
        subject=offer.ref,
        actor=actor,
        at=now,
        compartment=offer.compartment,
        **{name: fact for name, fact in known.items() if fact not in (None, "")},
    )


def announce(*, cause: str, actor: Actor, now: datetime) -> int:
    """Put a new notice of all that is public now into the outbox; returns its number.

    The counter's row is locked before anything public is read, so that of two publications the later number
    also holds the later state. Raises Refused when the office has no published keys.
    """
    try:
        keys = public_keys()
    except NoPublicKeys:
        policy.may_announce(keys_are_made=False).or_raise()
        raise
    NoticeCounter.objects.get_or_create(pk=1)
    counter = NoticeCounter.objects.select_for_update().get(pk=1)
    counter.last = max(counter.last, _last_in_hatch()) + 1
    counter.save(update_fields=["last"])
    text = notice.text(notice_body(counter.last, keys))
    Publication.objects.create(number=counter.last, cause=cause, text=text, actor=actor.ref, at=now)
    put(kind="notice", key=NOTICE_KEY, body=text, now=now)
    record("offers.notice.put", subject=f"notice-{counter.last}", actor=actor, at=now, cause=cause)
    return counter.last


def _last_in_hatch() -> int:
    """The number of the notice that lies in the hatch.

    A desk restored from a backup has forgotten its last numbers, and a number used twice would never be
    shown. An unreachable hatch stops nobody from publishing: the outbox is there for that.
    """
    try:
        last = latest_notice()
    except OperationalError:
        return 0
    return last.number if last else 0
