"""What a paymaster and a witness see: amounts, windows and places. Made of `Payout`, `HandOver` and `Witness` alone.

No tip, case, award or source number is read into a row here; of the source there is a yes or a no.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import FETCH_RAISE, QuerySet

from tipstaff.awards import access, proof
from tipstaff.awards.models import HandOver, Payout, Witness
from tipstaff.awards.states import PayoutState
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor, NotAllowed, NotVisible, within
from tipstaff.people.queries import names_of

WITNESS = "awards.payment.witness"
LONGEST_LIST = 200


@dataclass(frozen=True, slots=True)
class WindowRow:
    """One line of the list: what its voucher is still good for, where and when."""

    ref: str
    state: str
    left: Money
    place: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class Windows:
    """The payouts that the paymaster may pay: open today, still to come, and over or done, the newest first."""

    today: tuple[WindowRow, ...]
    coming: tuple[WindowRow, ...]
    past: tuple[WindowRow, ...]


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """Money that was counted. Witnesses by full name; `standing`: waiting, final or void."""

    number: int
    amount: Money
    window: str
    standing: str
    paymaster: str
    at: datetime
    witnesses: tuple[tuple[str, datetime], ...]


@dataclass(frozen=True, slots=True)
class PayoutPage:
    """A payout's page. `window` is what is read out; `accepted` and `answered` are asked of the signatures each time.

    `needs_answer`: whether the source signs at the window at all.
    """

    row: WindowRow
    amount: Money
    paid: Money
    window: str
    accepted: bool
    needs_answer: bool
    answered: bool
    waiting: HandOverRow | None
    hand_overs: tuple[HandOverRow, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is printed of a final hand-over."""

    ref: str
    place: str
    row: HandOverRow


@dataclass(frozen=True, slots=True)
class WitnessRow:
    """A hand-over that waits for a witness: an amount, a place, and the number that stands at the window."""

    ref: str
    amount: Money
    place: str
    window: str
    signed: int
    mine: bool


def windows(actor: Actor, today: date) -> Windows:
    """Every payout that the actor may pay. Raises NotAllowed. The number of queries does not grow with them."""
    if access.PAYMENTS not in actor.verbs:
        raise NotAllowed(access.PAYMENTS)
    found = Payout.objects.seen_by(actor).filter(within(actor, access.PAYMENTS)).order_by("closes_on", "id")
    waiting = found.filter(state__in=(PayoutState.ISSUED, PayoutState.PRESENTED))
    done = found.exclude(pk__in=waiting.values("pk")).order_by("-closes_on", "-id")[:LONGEST_LIST]
    rows = [_row(payout) for payout in waiting.fetch_mode(FETCH_RAISE)]
    over = [row for row in rows if row.closes_on < today and row.state == PayoutState.ISSUED]
    open_now = [row for row in rows if row not in over]
    return Windows(
        today=tuple(row for row in open_now if row.opens_on <= today or row.state == PayoutState.PRESENTED),
        coming=tuple(row for row in open_now if row.opens_on > today and row.state == PayoutState.ISSUED),
        past=(*over, *(_row(payout) for payout in done.fetch_mode(FETCH_RAISE))),
    )


def payout_page(actor: Actor, ref: str) -> PayoutPage:
    """One payout with its steps. Raises NotVisible or NotAllowed."""
    payout = access.payout_for(actor, ref, to=access.PAYMENTS)
    rows = _hand_overs(payout)
    needed = proof.needs_the_window(payout)
    return PayoutPage(
        row=_row(payout),
        amount=Money(payout.amount_minor, payout.currency),
        paid=Money(payout.paid_minor, payout.currency),
        window=payout.window,
        accepted=proof.accepted(payout),
        needs_answer=needed,
        answered=needed and proof.answered_at_the_window(payout),
        waiting=next((row for row in rows if row.standing == "waiting"), None),
        hand_overs=rows,
    )


def receipt(actor: Actor, ref: str, number: int) -> Receipt:
    """The receipt of the `number`th hand-over of a payout, once it is final. Raises NotVisible or NotAllowed."""
    payout = access.payout_for(actor, ref, to=access.PAYMENTS)
    for row in _hand_overs(payout):
        if row.number == number and row.standing == "final":
            return Receipt(payout.ref, payout.place, row)
    raise NotVisible(f"{ref}/{number}")


def to_witness(actor: Actor) -> tuple[WitnessRow, ...]:
    """The hand-overs that wait for a witness where the actor may be one. Raises NotAllowed."""
    if WITNESS not in actor.verbs:
        raise NotAllowed(WITNESS)
    return tuple(_waiting(Payout.objects.seen_by(actor).filter(within(actor, WITNESS)), actor))


def witness_page(actor: Actor, ref: str) -> WitnessRow:
    """The hand-over of a payout that waits for a witness. Raises NotVisible (also when none waits) or NotAllowed."""
    payout = access.payout_for(actor, ref, to=WITNESS)
    same = Payout.objects.unscoped("this payout was just allowed").filter(pk=payout.pk)
    for row in _waiting(same, actor):
        return row
    raise NotVisible(ref)


def _waiting(payouts: QuerySet[Payout], actor: Actor) -> Iterable[WitnessRow]:
    shown = {payout.pk: payout for payout in payouts.filter(state=PayoutState.PRESENTED).order_by("id")}
    begun = HandOver.objects.filter(payout__in=shown).prefetch_related("witnesses").order_by("id")
    for hand_over in begun:
        payout = shown[hand_over.payout_id]
        if hand_over.window == payout.window:
            signed = [witness.officer for witness in hand_over.witnesses.all()]
            amount = Money(hand_over.minor, payout.currency)
            yield WitnessRow(
                payout.ref, amount, payout.place, payout.window, len(signed), actor.ref in signed
            )


def _row(payout: Payout) -> WindowRow:
    return WindowRow(payout.ref, payout.state, payout.left, payout.place, payout.opens_on, payout.closes_on)


def _hand_overs(payout: Payout) -> tuple[HandOverRow, ...]:
    begun = list(payout.hand_overs.prefetch_related("witnesses").order_by("id"))
    officers = {row.paymaster for row in begun} | {
        each.officer for row in begun for each in row.witnesses.all()
    }
    names = names_of(sorted(officers))
    return tuple(_hand_over(number, row, payout, names) for number, row in enumerate(begun, 1))


def _hand_over(number: int, row: HandOver, payout: Payout, names: Mapping[str, str]) -> HandOverRow:
    signed: list[Witness] = sorted(row.witnesses.all(), key=lambda each: each.pk)
    live = payout.state == PayoutState.PRESENTED and row.window == payout.window
    standing = "final" if len(signed) > 1 else "waiting" if live else "void"
    return HandOverRow(
        number=number,
        amount=Money(row.minor, payout.currency),
        window=row.window,
        standing=standing,
        paymaster=names.get(row.paymaster, row.paymaster),
        at=row.at,
        witnesses=tuple((names.get(each.officer, each.officer), each.at) for each in signed),
    )
