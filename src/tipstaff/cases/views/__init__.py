"""The room's pages: cases and what stands in them, and the register of outcomes.

NotVisible, NotAllowed, MoveNotInTable and Refused become 404, 403 and 409 pages in the desk's own middleware, where
no form has to keep what was typed.
"""

from tipstaff.cases.views.case import add_note, add_task, case, close, finish_task, part, reopen, share
from tipstaff.cases.views.lists import cases, open_case, outcomes
from tipstaff.cases.views.sheets import confirm, contribution, finding, outcome
from tipstaff.cases.views.stating import (
    attest,
    correct_contribution,
    correct_finding,
    correct_outcome,
    record,
    state,
)

__all__ = [
    "add_note",
    "add_task",
    "attest",
    "case",
    "cases",
    "close",
    "confirm",
    "contribution",
    "correct_contribution",
    "correct_finding",
    "correct_outcome",
    "finding",
    "finish_task",
    "open_case",
    "outcome",
    "outcomes",
    "part",
    "record",
    "reopen",
    "share",
    "state",
]
