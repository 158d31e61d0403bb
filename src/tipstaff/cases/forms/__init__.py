"""What officers type on the pages of cases. Forms see to shape; rules and constraints see to truth."""

from tipstaff.cases.forms.case import (
    CaseForm,
    ListForm,
    NoteForm,
    ReasonForm,
    RegisterForm,
    SeenForm,
    ShareForm,
    TaskForm,
)
from tipstaff.cases.forms.stating import (
    ContributionForm,
    FindingForm,
    OutcomeForm,
    SourceForm,
    source_forms,
    sources_from,
)

__all__ = [
    "CaseForm",
    "ContributionForm",
    "FindingForm",
    "ListForm",
    "NoteForm",
    "OutcomeForm",
    "ReasonForm",
    "RegisterForm",
    "SeenForm",
    "ShareForm",
    "SourceForm",
    "TaskForm",
    "source_forms",
    "sources_from",
]
