"""Where the rule sheet says that a board decides: its carried motion is the decision, in the transaction of the count.

No verb approves or denies for a board, so there is none that one officer could press: between the vote and the decision
an award does not rest. The clerk who counts writes it down, and is in that transaction a clerk and no decider.
"""

from datetime import datetime

from tipstaff.awards import facts, keeping, rulings
from tipstaff.awards.models import Award, Motion
from tipstaff.awards.policy import decision as policy
from tipstaff.awards.rulings import Power
from tipstaff.awards.states import Duty
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor
from tipstaff.rulebook.facts import Ruling
from tipstaff.rulebook.sheet import BOARD


def decide(award: Award, motion: Motion, *, actor: Actor, now: datetime) -> None:
    """Decide as the board voted, and certify with the same vote. The caller holds every award of the offer.

    Raises Refused where a rule stands against what was voted for: then the vote is not counted either.
    """
    board = Ruling(decider=motion.item.meeting.ref, role=BOARD, personally=True, on=day(now))
    power = Power(ruling=board, duty=Duty.CONVENE, motion=motion)
    if not motion.recommend:
        keeping.advance(award, "deny", Duty.CONVENE, actor)
        rulings.deny(award, power, reason=motion.text, actor=actor, now=now)
        return
    keeping.advance(award, "approve", Duty.CONVENE, actor)
    amounts = rulings.recommended(award)
    policy.may_approve(amounts).or_raise()
    rulings.approve(award, "approve", amounts, power, reason=motion.text, actor=actor, now=now)
    keeping.advance(award, "certify", Duty.CONVENE, actor)
    by_the_sheet = keeping.because_of_the_sheet(facts.sheet_of(award))
    rulings.certify(award, BOARD, Duty.CONVENE, actor=actor, now=now, reason=by_the_sheet)
