"""The room's tables, by noun. Nothing points out of the room: tips, cases, offers and officers are named by reference.

What was determined, declared, voted, decided and handed over is append-only; only an award's, an item's, a claim's and
a payout's own row moves on.
"""

from tipstaff.awards.models.award import Award, Share, Step
from tipstaff.awards.models.committee import Conflict, Count, Item, Meeting, Motion, ScoreSheet, Seat, Vote
from tipstaff.awards.models.decision import Concurrence, Delegation, Determination, Memorandum, Ruling
from tipstaff.awards.models.duties import Clock, ClockPause, Figure, Report
from tipstaff.awards.models.payout import (
    HandOver,
    Heard,
    PayeeCheck,
    Payout,
    SourceClaim,
    Witness,
    WrongVoucher,
)

__all__ = [
    "Award",
    "Clock",
    "ClockPause",
    "Concurrence",
    "Conflict",
    "Count",
    "Delegation",
    "Determination",
    "Figure",
    "HandOver",
    "Heard",
    "Item",
    "Meeting",
    "Memorandum",
    "Motion",
    "PayeeCheck",
    "Payout",
    "Report",
    "Ruling",
    "ScoreSheet",
    "Seat",
    "Share",
    "SourceClaim",
    "Step",
    "Vote",
    "Witness",
    "WrongVoucher",
]
