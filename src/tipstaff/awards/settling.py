"""What follows for an award when the last of its shares was paid, lapsed or went back."""

from datetime import datetime

from tipstaff.awards import keeping
from tipstaff.awards.models import Award, PayeeCheck, Payout, Share
from tipstaff.awards.states import AWARD, AwardState, Duty, PayoutState
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor

WAITING = frozenset({PayoutState.ISSUED, PayoutState.PRESENTED})
SETTLED = frozenset({PayoutState.PAID, PayoutState.RETURNED})


def settle(award: Award, duty: Duty, *, actor: Actor, now: datetime) -> None:
    """Let the award become paid or lapsed when nothing is left to collect; inside the caller's transaction.

    Once any money was handed over it does not lapse: a payment has to be reported. What lapsed beside it is issued
    again or returned first.
    """
    payouts = list(Payout.objects.unscoped("the award is held").filter(share__award=award))
    paid = sum(payout.paid_minor for payout in payouts)
    states = {PayoutState(payout.state) for payout in payouts}
    if paid and states <= SETTLED:
        award.state = AWARD.after("pay", AwardState(award.state))
        award.paid_on = day(now)
        award.save(update_fields=["paid_on"])
        keeping.note_step(award, "pay", duty, actor=actor, now=now, minor=paid, currency=award.currency)
    elif not paid and not states & WAITING and award.state == AwardState.VOUCHERED:
        award.state = AWARD.after("lapse", AwardState(award.state))
        keeping.note_step(award, "lapse", duty, actor=actor, now=now)


def checks_of(share: Share) -> dict[str, bool]:
    """What the last check of each kind found about a payee."""
    checks = PayeeCheck.objects.filter(share=share).order_by("id")
    return dict(checks.values_list("kind", "clear"))
