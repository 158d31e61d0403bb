"""Who may take which move, and in which capacity: what pages offer and docs/separation-of-duties.md lists. Pure.

The moves of the committee and of the window stand on pages of their own; here are those of the award's page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tipstaff.awards.states import Duty


@dataclass(frozen=True, slots=True)
class Held:
    """What an officer must hold for a move, and the capacity in which they then act."""

    verb: str
    duty: Duty


MOVES: Final[Mapping[str, Held]] = {
    "nominate": Held("awards.nomination.draft", Duty.NOMINATE),
    "withdraw": Held("awards.nomination.draft", Duty.NOMINATE),
    "return": Held("awards.nomination.endorse", Duty.ENDORSE),
    "endorse": Held("awards.nomination.endorse", Duty.ENDORSE),
    "find_eligible": Held("awards.eligibility.check", Duty.CONVENE),
    "find_ineligible": Held("awards.eligibility.check", Duty.CONVENE),
    "seek_concurrence": Held("awards.committee.record", Duty.CONVENE),
    "concur": Held("awards.concurrence.give", Duty.CONCUR),
    "object": Held("awards.concurrence.give", Duty.CONCUR),
    "approve": Held("awards.award.decide", Duty.DECIDE),
    "change": Held("awards.award.decide", Duty.DECIDE),
    "deny": Held("awards.award.decide", Duty.DECIDE),
    "certify": Held("awards.award.certify", Duty.DECIDE),
    "give_notice": Held("awards.notice.give", Duty.CONVENE),
    "end_notice": Held("awards.notice.give", Duty.CONVENE),
    "plan_protection": Held("awards.protection.plan", Duty.PROTECT),
    "reconsider": Held("awards.award.reconsider", Duty.CONVENE),
    "close": Held("awards.award.close", Duty.CONVENE),
}
# Nobody is waited for here: these moves are taken when there is a cause, and not because they are next.
UNASKED: Final = frozenset({"withdraw", "reconsider", "seek_concurrence"})
