"""At the window: a voucher is presented, the source signs a number, money is counted, and two witnesses make it final.

A paymaster sees an amount, a window and a place. What follows for the award happens here all the same, in the
transaction of the second witness: so it is never paid and unwritten, nor written and unpaid.
"""

import hmac
import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.awards import access, keeping, proof
from tipstaff.awards.models import HandOver, Payout, Witness, WrongVoucher
from tipstaff.awards.policy import window as policy
from tipstaff.awards.policy.duties import may_act_as
from tipstaff.awards.policy.payout import clear
from tipstaff.awards.settling import checks_of, settle
from tipstaff.awards.states import PAYOUT, Duty, PayoutState
from tipstaff.kernel import reference
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refusal, Refused
from tipstaff.kernel.money import Money
from tipstaff.ledger import actions as ledger
from tipstaff.people.access import Actor, NotAllowed
from tipstaff.sealed.claims import WINDOW_DIGITS, window_challenge
from tipstaff.tips import actions as tips

PAY = "awards.payment.pay"
WITNESS = "awards.payment.witness"


@transaction.atomic(durable=True)
def present_voucher(*, code: str, actor: Actor, now: datetime) -> Payout | Refusal:
    """Lay a voucher on the table: its payout is given, with a number to be read out to the source.

    A code that fits no voucher is an answer and not an exception, because it is counted for this paymaster: that row
    stays. Raises NotAllowed or Refused for all else that stands in the way; then nothing is written.
    """
    if PAY not in actor.verbs:
        raise NotAllowed(PAY)
    tries = WrongVoucher.objects.filter(officer=actor.ref, day=day(now)).count()
    policy.may_try(tries).or_raise()
    try:
        code = reference.read(code)
    except reference.BadReference:
        raise Refused((policy.badly_typed(),)) from None
    digest = sha256(code.encode()).digest()
    payout = access.payout_by_voucher(actor, digest, to=PAY)
    if payout is None or not hmac.compare_digest(bytes(payout.voucher_sha256), digest):
        return _wrong(tries + 1, actor, now)
    may_act_as(Duty.PAY, actor.ref, keeping.done_on(payout.share.award)).or_raise()
    policy.may_present(
        policy.PresentFacts(
            state=PayoutState(payout.state),
            opens_on=payout.opens_on,
            closes_on=payout.closes_on,
            today=day(now),
            clear=clear(checks_of(payout.share)),
        )
    ).or_raise()
    payout.state = PAYOUT.after("present", PayoutState(payout.state))
    payout.window = _window_number(payout)
    payout.challenge = window_challenge(code, payout.window)
    payout.save(update_fields=["state", "window", "challenge"])
    _recorded("presented", payout, actor, now)
    return payout


@transaction.atomic(durable=True)
def cancel_presentation(*, ref: str, actor: Actor, now: datetime) -> Payout:
    """Give the voucher back unpaid. Its number and whatever was counted are void; it may be presented again.

    Raises NotVisible, NotAllowed or MoveNotInTable. On any of them nothing is written.
    """
    payout = access.held_payout(actor, ref, to=PAY)
    payout.state = PAYOUT.after("cancel", PayoutState(payout.state))
    payout.window, payout.challenge = "", b""
    payout.save(update_fields=["state", "window", "challenge"])
    _recorded("cancelled", payout, actor, now)
    return payout


@transaction.atomic(durable=True)
def begin_hand_over(*, ref: str, amount: Money, actor: Actor, now: datetime) -> HandOver:
    """Count the money before the witnesses: the whole, or a part of what the voucher is good for.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    payout = access.held_payout(actor, ref, to=PAY)
    PAYOUT.after("hand_over", PayoutState(payout.state))
    may_act_as(Duty.PAY, actor.ref, keeping.done_on(payout.share.award)).or_raise()
    policy.may_hand_over(
        policy.HandFacts(
            amount=amount,
            left=payout.left,
            clear=clear(checks_of(payout.share)),
            accepted=proof.accepted(payout),
            answered=not proof.needs_the_window(payout) or proof.answered_at_the_window(payout),
            begun=payout.hand_overs.filter(window=payout.window).exists(),
        )
    ).or_raise()
    begun = HandOver.objects.create(
        payout=payout, window=payout.window, minor=amount.minor, paymaster=actor.ref, at=now
    )
    _recorded("counted", payout, actor, now, minor=amount.minor, currency=amount.currency)
    return begun


@transaction.atomic(durable=True)
def witness_hand_over(*, ref: str, window: str, actor: Actor, now: datetime) -> Payout:
    """Sign as a witness of the hand-over that the page with this window's number showed. The second makes it final.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written, here or in the ledger.
    """
    payout = access.held_payout(actor, ref, to=WITNESS)
    award = payout.share.award
    may_act_as(Duty.WITNESS, actor.ref, keeping.done_on(award)).or_raise()
    begun = payout.hand_overs.filter(window=window).first() if window else None
    signed = list(begun.witnesses.values_list("officer", flat=True)) if begun else []
    policy.may_witness(
        live=begun is not None and payout.state == PayoutState.PRESENTED and payout.window == window,
        signed=actor.ref in signed,
        others=len(signed),
        is_clear=clear(checks_of(payout.share)),
    ).or_raise()
    assert begun is not None, "asked before: awards.witnesses-two"
    Witness.objects.create(hand_over=begun, officer=actor.ref, at=now)
    _recorded("witnessed", payout, actor, now, minor=begun.minor, currency=payout.currency)
    if len(signed) + 1 == policy.WITNESSES:
        _final(payout, begun, actor, now)
    return payout


def _final(payout: Payout, begun: HandOver, actor: Actor, now: datetime) -> None:
    """The money is the source's: the voucher is used up, the ledger says so, and the award follows."""
    award = payout.share.award
    payout.paid_minor += begun.minor
    whole = payout.paid_minor == payout.amount_minor
    payout.state = PAYOUT.after("hand_over" if whole else "hand_over_part", PayoutState(payout.state))
    payout.window, payout.challenge, payout.collected_on = "", b"", day(now)
    payout.save(update_fields=["state", "window", "challenge", "paid_minor", "collected_on"])
    assert award.fiscal_year is not None, "an award is approved before it is paid"
    ledger.pay(
        programme=award.programme,
        fiscal_year=award.fiscal_year,
        amount=Money(begun.minor, payout.currency),
        subject=award.ref,
        actor=actor,
        now=now,
    )
    tips.take_back(tip=payout.share.tip, claim=payout.claim, kind="voucher", actor=actor, now=now)
    _recorded("handed_over", payout, actor, now, minor=begun.minor, currency=payout.currency, whole=whole)
    settle(award, Duty.WITNESS, actor=actor, now=now)


def _wrong(tries: int, actor: Actor, now: datetime) -> Refusal:
    WrongVoucher.objects.create(officer=actor.ref, day=day(now), at=now)
    record("awards.voucher.unknown", subject=actor.ref, actor=actor, at=now, tries=tries)
    return policy.fits_nothing(tries)


def _window_number(payout: Payout) -> str:
    """A number to read out, that no earlier hand-over of this payout had."""
    used = set(payout.hand_overs.values_list("window", flat=True))
    while True:
        number = f"{secrets.randbelow(10**WINDOW_DIGITS):0{WINDOW_DIGITS}}"
        if number not in used:
            return number


def _recorded(verb: str, payout: Payout, actor: Actor, now: datetime, **said: object) -> None:
    record(
        f"awards.payout.{verb}",
        subject=payout.ref,
        actor=actor,
        at=now,
        compartment=payout.compartment,
        **said,
    )
