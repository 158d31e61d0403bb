"""The only way from a page or a verb to an award, an item of the docket, or a payout."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from tipstaff.awards.models import (
    Award,
    Clock,
    Conflict,
    Delegation,
    Item,
    Meeting,
    Payout,
    Seat,
    Share,
    SourceClaim,
)
from tipstaff.awards.states import DelegationState, MeetingState
from tipstaff.people.access import Actor, NotAllowed, NotVisible, within

SEE = "awards.award.see"
PACKET = "awards.packet.see"
CONVENE = "awards.committee.convene"
PAYMENTS = "awards.payment.see"
# What a member does, and only where they were called to sit.
MEMBERS_VERBS = frozenset({PACKET, "awards.conflict.declare", "awards.score.give", "awards.vote.cast"})


def visible_awards(actor: Actor) -> QuerySet[Award]:
    """The awards that the actor may read. Raises NotAllowed when there is no compartment where they may."""
    if SEE not in actor.verbs:
        raise NotAllowed(SEE)
    return Award.objects.seen_by(actor).filter(within(actor, SEE))


def award_for(actor: Actor, ref: str, *, to: str, lock: bool = False) -> Award:
    """The award `ref`, for an actor who may do `to` with it; with `lock`, its row is held.

    Another compartment's award is NotVisible, so that its reference cannot be probed; one in sight without the
    verb is NotAllowed.
    """
    awards = Award.objects.seen_by(actor)
    if lock:
        awards = awards.select_for_update(of=("self",))
    award = awards.filter(ref=ref).first()
    if award is None:
        raise NotVisible(ref)
    if not actor.may(to, award.compartment):
        raise NotAllowed(to)
    return award


def hold_tips(tips: Iterable[str]) -> None:
    """Lock every share that rests on one of these tips, in one order: claims to the same tip wait for each other."""
    list(Share.objects.filter(tip__in=list(tips)).order_by("pk").select_for_update().values_list("pk"))


def hold_offer(offer: str) -> None:
    """Lock every award under this offer, in one order: whoever takes from the offer's caps waits for the one before.

    Before the award itself is locked, so that two deciders never wait for each other.
    """
    same = Award.objects.unscoped("a cap is shared with awards that the actor does not see")
    list(same.filter(offer=offer).order_by("pk").select_for_update().values_list("pk"))


def meeting_for(actor: Actor, ref: str, *, to: str, lock: bool = False) -> Meeting:
    """The meeting `ref`, for an actor who may do `to` there. Raises NotVisible or NotAllowed.

    To a member, a meeting to which they were not called is NotVisible.
    """
    meetings = Meeting.objects.seen_by(actor)
    if lock:
        meetings = meetings.select_for_update(of=("self",))
    meeting = meetings.filter(ref=ref).first()
    if meeting is None:
        raise NotVisible(ref)
    if not actor.may(to, meeting.compartment):
        raise NotAllowed(to)
    if to in MEMBERS_VERBS and not Seat.objects.filter(meeting=meeting, officer=actor.ref).exists():
        raise NotVisible(ref)
    return meeting


def meeting_seen(actor: Actor, ref: str) -> tuple[Meeting, str]:
    """The meeting `ref`, and the verb by which the actor looks at it: as clerk, as a member who was called, or as a
    reader of awards once it was held. Raises NotVisible or NotAllowed.
    """
    meeting = Meeting.objects.seen_by(actor).filter(ref=ref).first()
    if meeting is None:
        raise NotVisible(ref)
    if actor.may(CONVENE, meeting.compartment):
        return meeting, CONVENE
    if actor.may(PACKET, meeting.compartment):
        return meeting_for(actor, ref, to=PACKET), PACKET
    if actor.may(SEE, meeting.compartment) and meeting.state == MeetingState.HELD:
        return meeting, SEE
    raise NotAllowed(SEE)


def item_for(actor: Actor, meeting: str, place: int, *, to: str, lock: bool = False) -> Item:
    """Item `place` of a meeting's docket, for an actor who may do `to` there. Raises NotVisible or NotAllowed."""
    held = meeting_for(actor, meeting, to=to)
    items = Item.objects.select_related("award", "meeting")
    if lock:
        items = items.select_for_update(of=("self",))
    item = items.filter(meeting=held, place=place).first()
    if item is None:
        raise NotVisible(f"{meeting}/{place}")
    return item


def declared(item: Item, officer: str) -> Conflict | None:
    """What a member declared on an item, or None: the packet opens only to who declared no conflict."""
    return Conflict.objects.filter(item=item, officer=officer).first()


def payout_for(actor: Actor, ref: str, *, to: str, lock: bool = False) -> Payout:
    """The payout `ref`, for an actor who may do `to` with it. Raises NotVisible or NotAllowed."""
    payouts = Payout.objects.seen_by(actor)
    if lock:
        payouts = payouts.select_for_update(of=("self",))
    payout = payouts.filter(ref=ref).first()
    if payout is None:
        raise NotVisible(ref)
    if not actor.may(to, payout.compartment):
        raise NotAllowed(to)
    return payout


def delegation_for(actor: Actor, ref: str, *, to: str, lock: bool = False) -> Delegation:
    """The delegation `ref`, for an actor who may do `to` with it. Raises NotVisible or NotAllowed."""
    delegations = Delegation.objects.seen_by(actor)
    if lock:
        delegations = delegations.select_for_update(of=("self",))
    delegation = delegations.filter(ref=ref).first()
    if delegation is None:
        raise NotVisible(ref)
    if not actor.may(to, delegation.compartment):
        raise NotAllowed(to)
    return delegation


def in_person(actor: Actor, compartment: str) -> bool:
    """Whether the actor holds the deciding office itself there: who may lend its power has it."""
    return actor.may("awards.delegation.give", compartment)


def delegation_to(actor: Actor, compartment: str, day: date) -> Delegation | None:
    """The confirmed delegation that lends this officer most on `day`, held until the transaction ends."""
    lent = Delegation.objects.unscoped("an officer's own delegation, asked for by the verb that rests on it")
    found = lent.filter(
        delegate=actor.ref,
        compartment=compartment,
        state=DelegationState.CONFIRMED,
        starts_on__lte=day,
        ends_on__gte=day,
    )
    return found.order_by("-most_minor", "pk").select_for_update().first()


def held_payout(actor: Actor, ref: str, *, to: str) -> Payout:
    """`payout_for`, with its award's row held first and then its own: in one order, so that nobody waits for ever."""
    award = payout_for(actor, ref, to=to).share.award_id
    list(
        Award.objects.unscoped("who pays has no award").filter(pk=award).select_for_update().values_list("pk")
    )
    payout = payout_for(actor, ref, to=to, lock=True)
    payout.share.award = Award.objects.unscoped("who pays has no award").get(pk=award)
    return payout


def payout_by_voucher(actor: Actor, digest: bytes, *, to: str) -> Payout | None:
    """The payout whose voucher's code has this SHA-256, held, among those that the actor may pay."""
    found = Payout.objects.seen_by(actor).filter(within(actor, to), voucher_sha256=digest)
    return found.select_for_update(of=("self",)).first()


def held_claim(ref: str, tip: str) -> SourceClaim | None:
    """The claim `ref`, for an answer from the mailbox of `tip`; its award held first, then its own row."""
    found = SourceClaim.objects.filter(ref=ref, share__tip=tip)
    awards = Award.objects.unscoped("its own source answers").filter(shares__claims__ref=ref)
    list(awards.select_for_update(of=("self",)).values_list("pk"))
    return found.select_related("share__award").select_for_update(of=("self",)).first()


def clock_for(actor: Actor, number: int, *, to: str, lock: bool = False) -> Clock:
    """The clock `number`, for an actor who may do `to` with it. Raises NotVisible or NotAllowed."""
    clocks = Clock.objects.seen_by(actor).select_related("award")
    if lock:
        clocks = clocks.select_for_update(of=("self",))
    clock = clocks.filter(pk=number).first()
    if clock is None:
        raise NotVisible(str(number))
    if not actor.may(to, clock.compartment):
        raise NotAllowed(to)
    return clock
