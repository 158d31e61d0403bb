"""The verbs of this room, one transaction each: fetch and lock, move, ask policy, save, record."""

from tipstaff.cases.actions.case import close_case, open_case, reopen_case, share_case
from tipstaff.cases.actions.contribution import attest_contribution, correct_contribution
from tipstaff.cases.actions.finding import correct_finding, state_finding
from tipstaff.cases.actions.outcome import confirm_outcome, correct_outcome, record_outcome
from tipstaff.cases.actions.work import add_note, add_task, finish_task

__all__ = [
    "add_note",
    "add_task",
    "attest_contribution",
    "close_case",
    "confirm_outcome",
    "correct_contribution",
    "correct_finding",
    "correct_outcome",
    "finish_task",
    "open_case",
    "record_outcome",
    "reopen_case",
    "share_case",
    "state_finding",
]
