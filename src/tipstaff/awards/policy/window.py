"""At the window: what is asked before a voucher is presented, money is counted, and a witness signs. Pure.

A paymaster reads these sentences: none names a tip, a case, an award or a source.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tipstaff.awards.states import PayoutState
from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.kernel.money import Money

RULES: Mapping[str, str] = {
    "awards.voucher-tries": "Whoever guesses codes is noticed.",
    "awards.voucher-typed": "One wrong letter is told from a wrong voucher.",
    "awards.voucher-unknown": "A replaced or invented voucher pays nothing.",
    "awards.voucher-presented": "A voucher is presented once.",
    "awards.voucher-days": "A voucher is paid from its first day to its last.",
    "awards.signature-fits": "What the source signed is checked again at the window, from the signed bytes.",
    "awards.answered-at-window": "A code can be found or copied; the key behind the receipt cannot.",
    "awards.hand-over-amount": "No more is handed over than the voucher is good for.",
    "awards.hand-over-begun": "Money is counted once, before both witnesses.",
    "awards.witnesses-two": "Department of Justice informant guidelines: at least two witnesses to each payment.",
}

TRIES_A_DAY = 5
WITNESSES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentFacts:
    """A voucher on the paymaster's table; `clear`: nothing was found against its payee."""

    state: PayoutState
    opens_on: date
    closes_on: date
    today: date
    clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandFacts:
    """Money about to be handed over. `accepted`: the signature of the acceptance fits; `answered`: the source signed
    the window's number, or need not; `begun`: a hand-over of this presentation waits for its witnesses."""

    amount: Money
    left: Money
    clear: bool
    accepted: bool
    answered: bool
    begun: bool


def may_try(tries: int) -> Decision:
    """Whether this paymaster types another code today."""
    if tries < TRIES_A_DAY:
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.voucher-tries",
                "You typed {tries} codes today that fit no voucher: let another paymaster look, or wait until "
                "tomorrow.",
                {"tries": tries},
            ),
        )
    )


def badly_typed() -> Refusal:
    """The code's own check letter disagrees: no voucher has it."""
    return Refusal(
        "awards.voucher-typed",
        "One letter of the code is wrong: compare each with what stands in the source’s mailbox.",
    )


def fits_nothing(tries: int) -> Refusal:
    """A code as vouchers have it, and no voucher of this desk."""
    return Refusal(
        "awards.voucher-unknown",
        "No voucher has this code. If a newer voucher lies in the mailbox, only that one counts. Pay nothing. "
        "Wrong codes today: {tries} of {most}.",
        {"tries": tries, "most": TRIES_A_DAY},
    )


def may_present(facts: PresentFacts) -> Decision:
    """Whether this voucher is paid now."""
    return Decision((*_presented(facts), *_payable(facts.clear)))


def _presented(facts: PresentFacts) -> Iterator[Refusal]:
    state = facts.state
    if state is PayoutState.PRESENTED:
        yield Refusal(
            "awards.voucher-presented",
            "This voucher lies at a window already: go on there, or cancel that presentation first.",
        )
    elif state is PayoutState.PAID:
        yield Refusal(
            "awards.voucher-presented",
            "This voucher was paid: pay nothing, and tell the protector that it was presented again.",
        )
    elif state is PayoutState.PART_PAID:
        yield Refusal(
            "awards.voucher-presented",
            "A part was paid on this voucher, and it is used up: the rest comes with a new voucher in the mailbox.",
        )
    elif state is PayoutState.RETURNED:
        yield Refusal(
            "awards.voucher-presented",
            "This voucher was withdrawn: pay nothing, and send the source to its mailbox.",
        )
    elif state is PayoutState.LAPSED or facts.today > facts.closes_on:
        yield Refusal(
            "awards.voucher-days",
            "The last day of this voucher was {last}: let the source write from its mailbox and ask for a new one.",
            {"last": facts.closes_on},
        )
    elif facts.today < facts.opens_on:
        yield Refusal(
            "awards.voucher-days",
            "The first day of this voucher is {first}: let the source come back then.",
            {"first": facts.opens_on},
        )


def _payable(is_clear: bool) -> Iterator[Refusal]:
    if not is_clear:
        yield Refusal(
            "awards.payee-checked",
            "Payment of this voucher was stopped after it was issued: pay nothing, keep it, and call the protector.",
        )


def may_hand_over(facts: HandFacts) -> Decision:
    """Whether this much money goes over the table now."""
    refusals = list(_payable(facts.clear))
    if facts.begun:
        refusals.append(
            Refusal(
                "awards.hand-over-begun",
                "The money was counted already: let both witnesses sign, or cancel and begin again with another "
                "amount.",
            )
        )
    if facts.amount.currency != facts.left.currency or not 0 < facts.amount.minor <= facts.left.minor:
        refusals.append(
            Refusal(
                "awards.hand-over-amount",
                "The voucher is good for {left}: hand over that, or a part of it.",
                {"left": facts.left},
            )
        )
    if not facts.accepted:
        refusals.append(
            Refusal(
                "awards.signature-fits",
                "The signature is not by the source’s key: pay nothing, keep the voucher, and call the protector.",
            )
        )
    if not facts.answered:
        refusals.append(
            Refusal(
                "awards.answered-at-window",
                "The source has not answered with the window’s number yet: read it out again, and look in a minute.",
            )
        )
    return Decision(tuple(refusals))


def may_witness(*, live: bool, signed: bool, others: int, is_clear: bool) -> Decision:
    """Whether this officer signs as a witness: `live` while the hand-over waits, `others` having signed before."""
    refusals = list(_payable(is_clear))
    if signed:
        refusals.append(
            Refusal(
                "awards.witnesses-two",
                "You have signed as a witness: another officer has to be the second one.",
            )
        )
    elif not live or others >= WITNESSES:
        refusals.append(
            Refusal(
                "awards.witnesses-two",
                "This hand-over waits for no witness any more: it is final, or was cancelled. Look at the list again.",
            )
        )
    return Decision(tuple(refusals))
