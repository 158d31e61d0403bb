"""The tables of cases. What was stated, recorded, attested or confirmed is append-only; a correction is a new row.

Nothing points out of the room: officers, tips and compartments are named by reference.
"""

from tipstaff.cases.models.case import Case, CaseCompartment, CaseSource, Note, Task
from tipstaff.cases.models.contribution import Contribution
from tipstaff.cases.models.finding import Finding, FindingSource
from tipstaff.cases.models.outcome import Confirmation, Outcome

__all__ = [
    "Case",
    "CaseCompartment",
    "CaseSource",
    "Confirmation",
    "Contribution",
    "Finding",
    "FindingSource",
    "Note",
    "Outcome",
    "Task",
]
