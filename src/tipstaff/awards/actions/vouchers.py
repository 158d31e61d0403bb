"""Vouchers: issued to every source that accepted, replaced, lapsed, and shares that go back.

A voucher's code is told to its source alone, sealed; here stays its SHA-256. Whatever replaces a voucher takes the one
before out of the mailbox in the same transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.awards import access, facts, keeping
from tipstaff.awards.facts import Asked
from tipstaff.awards.models import Award, Payout, Share
from tipstaff.awards.policy import payout as policy
from tipstaff.awards.policy.duties import may_act_as
from tipstaff.awards.policy.payout import NewVoucher, Return
from tipstaff.awards.queries.shares import payable_shares, payee_facts, window_facts
from tipstaff.awards.settling import settle
from tipstaff.awards.states import PAYOUT, AwardState, Duty, PayoutState
from tipstaff.kernel import reference
from tipstaff.kernel.clock import day
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor
from tipstaff.rulebook.policy import Stage
from tipstaff.sealed.claims import Voucher, new_code
from tipstaff.tips import actions as tips

ARRANGE = "awards.payment.arrange"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Where, and from which day to which, a voucher is paid."""

    place: str
    opens_on: date
    closes_on: date


@transaction.atomic(durable=True)
def issue_vouchers(*, ref: str, window: Window, actor: Actor, now: datetime) -> tuple[Payout, ...]:
    """Send a sealed voucher to every source that accepted and has something left to be paid.

    After a lapse, those that lapsed get a new one. Raises NotVisible, NotAllowed, MoveNotInTable or Refused, with
    every reason; on any of them nothing is written or sent.
    """
    award = access.award_for(actor, ref, to=ARRANGE, lock=True)
    keeping.advance(award, "issue_vouchers", Duty.PROTECT, actor)
    today = day(now)
    shares = payable_shares(award)
    policy.may_issue([payee_facts(share) for share in shares], _facts(award, window, today)).or_raise()
    amounts = {share.number: Money(share.approved_minor or 0, award.currency) for share in shares}
    ruling = facts.ruling_of(award, list(award.steps.order_by("id")))
    known = facts.facts_of(award, today=today, asked=Asked(amounts=amounts, ruling=ruling))
    facts.must_hold(award, Stage.PAYMENT, known, actor=actor, now=now)

    payouts = tuple(_issued(award, share, window, actor, now) for share in shares)
    keeping.note_step(
        award,
        "issue_vouchers",
        Duty.PROTECT,
        actor=actor,
        now=now,
        payouts=[payout.ref for payout in payouts],
    )
    return payouts


@transaction.atomic(durable=True)
def reissue_voucher(
    *, ref: str, cause: NewVoucher, reason: str, window: Window, actor: Actor, now: datetime
) -> Payout:
    """Send the source of the payout `ref` a new voucher for what is left; the old one is worthless from now on.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written or sent.
    """
    payout = access.held_payout(actor, ref, to=ARRANGE)
    award = payout.share.award
    may_act_as(Duty.PROTECT, actor.ref, keeping.done_on(award)).or_raise()
    if award.state != AwardState.VOUCHERED:
        raise MoveNotInTable("reissue", AwardState(award.state))
    payout.state = PAYOUT.after("reissue", PayoutState(payout.state))
    policy.may_reissue(
        cause, payee_facts(payout.share), _facts(award, window, day(now)), left=payout.left, reason=reason
    ).or_raise()
    _send(payout, window, actor, now)
    keeping.note_step(
        award,
        "reissue",
        Duty.PROTECT,
        actor=actor,
        now=now,
        reason=reason.strip(),
        payout=payout.ref,
        cause=str(cause),
    )
    return payout


@transaction.atomic(durable=True)
def return_share(*, ref: str, cause: Return, reason: str, actor: Actor, now: datetime) -> Payout:
    """Give up what was not paid of a share. The money stays set aside until the award is closed.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    payout = access.held_payout(actor, ref, to=ARRANGE)
    award = payout.share.award
    may_act_as(Duty.PROTECT, actor.ref, keeping.done_on(award)).or_raise()
    policy.may_return(PayoutState(payout.state), reason).or_raise()
    payout.state = PAYOUT.after("return", PayoutState(payout.state))
    payout.save(update_fields=["state"])
    _take_back(payout, actor, now)
    keeping.note_step(
        award,
        "return_share",
        Duty.PROTECT,
        actor=actor,
        now=now,
        reason=reason.strip(),
        payout=payout.ref,
        cause=str(cause),
    )
    settle(award, Duty.PROTECT, actor=actor, now=now)
    return payout


@transaction.atomic(durable=True)
def lapse_voucher(*, ref: str, actor: Actor, now: datetime) -> Payout:
    """End a voucher whose last day is over. What was set aside for it stays so until the award is closed.

    Raises NotVisible, NotAllowed, MoveNotInTable (it lies at a window, or is settled) or Refused.
    """
    payout = access.held_payout(actor, ref, to=ARRANGE)
    payout.state = PAYOUT.after("lapse", PayoutState(payout.state))
    policy.may_lapse(closes_on=payout.closes_on, today=day(now)).or_raise()
    payout.save(update_fields=["state"])
    _take_back(payout, actor, now)
    record("awards.payout.lapsed", subject=payout.ref, actor=actor, at=now, compartment=payout.compartment)
    settle(payout.share.award, Duty.CONVENE, actor=actor, now=now)
    return payout


def _facts(award: Award, window: Window, today: date) -> policy.WindowFacts:
    return window_facts(
        award, place=window.place, opens_on=window.opens_on, closes_on=window.closes_on, today=today
    )


def _issued(award: Award, share: Share, window: Window, actor: Actor, now: datetime) -> Payout:
    """The share's payout with a new voucher; the question, once answered, leaves the mailbox."""
    payout = Payout.objects.unscoped("the award is held").filter(share=share).first()
    if payout is not None:
        payout.state = PAYOUT.after("reissue", PayoutState(payout.state))
    else:
        claim = share.claims.order_by("-id").first()
        assert claim is not None, "asked before: awards.claim-accepted"
        payout = Payout(
            ref=reference.new("PAY"),
            compartment=award.compartment,
            share=share,
            number=0,
            amount_minor=share.approved_minor or 0,
            currency=award.currency,
            claim=claim.ref,
        )
        tips.take_back(tip=share.tip, claim=claim.ref, kind="reward", actor=actor, now=now)
    _send(payout, window, actor, now)
    return payout


def _send(payout: Payout, window: Window, actor: Actor, now: datetime) -> None:
    """Make a code, keep its hash, and seal it to the source in place of the one before."""
    code = new_code()
    _take_back(payout, actor, now)
    payout.number += 1
    payout.voucher_sha256 = sha256(code.encode()).digest()
    payout.place, payout.opens_on, payout.closes_on = window.place.strip(), window.opens_on, window.closes_on
    payout.window, payout.challenge = "", b""
    payout.issued_by, payout.issued_at = actor.ref, now
    payout.save()
    voucher = Voucher(payout.claim, code, payout.left, payout.place, payout.opens_on, payout.closes_on)
    tips.tell_voucher(tip=payout.share.tip, voucher=voucher, text="", actor=actor, now=now)
    record(
        "awards.payout.issued",
        subject=payout.ref,
        actor=actor,
        at=now,
        compartment=payout.compartment,
        number=payout.number,
        minor=payout.left.minor,
        currency=payout.currency,
        closes_on=payout.closes_on.isoformat(),
    )


def _take_back(payout: Payout, actor: Actor, now: datetime) -> None:
    tips.take_back(tip=payout.share.tip, claim=payout.claim, kind="voucher", actor=actor, now=now)
