"""What states, kinds and grades are called on pages, whole and translatable."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tipstaff.cases.states import (
    CaseState,
    Credibility,
    Designation,
    Known,
    OutcomeKind,
    Reliability,
    Scope,
    SourceKind,
    SubjectKind,
    SubjectRole,
)

type Words = dict[str, Promise]

STATES: Words = {
    CaseState.OPEN: pgettext_lazy("a case", "Open"),
    CaseState.CLOSED: pgettext_lazy("a case", "Closed"),
    CaseState.REOPENED: pgettext_lazy("a case", "Reopened"),
}
SOURCES: Words = {
    SourceKind.TIP: _("Tip"),
    SourceKind.DOCUMENT: _("Document"),
    SourceKind.AGENCY: _("Another agency"),
}
RELIABILITIES: Words = {
    Reliability.A: _("A: completely reliable"),
    Reliability.B: _("B: usually reliable"),
    Reliability.C: _("C: fairly reliable"),
    Reliability.D: _("D: not usually reliable"),
    Reliability.E: _("E: unreliable"),
    Reliability.F: _("F: cannot be judged"),
}
CREDIBILITIES: Words = {
    Credibility.ONE: _("1: confirmed by other sources"),
    Credibility.TWO: _("2: probably true"),
    Credibility.THREE: _("3: possibly true"),
    Credibility.FOUR: _("4: doubtful"),
    Credibility.FIVE: _("5: improbable"),
    Credibility.SIX: _("6: cannot be judged"),
}
KINDS: Words = {
    OutcomeKind.ARREST: _("Arrest"),
    OutcomeKind.CHARGE: _("Charge"),
    OutcomeKind.CONVICTION: _("Conviction"),
    OutcomeKind.TRANSFER: _("Transfer to a court"),
    OutcomeKind.DISRUPTION: _("Disruption of financial mechanisms"),
    OutcomeKind.SEIZURE: _("Seizure"),
    OutcomeKind.RECOVERY: _("Recovery of what was taken"),
    OutcomeKind.IDENTIFICATION: _("Identification of a leader"),
    OutcomeKind.LOCATION: _("Location of a leader"),
    OutcomeKind.PREVENTION: _("Prevention, or dismantling of an organisation"),
}
SUBJECTS: Words = {SubjectKind.PERSON: _("Person"), SubjectKind.ORGANISATION: _("Organisation")}
ROLES: Words = {
    SubjectRole.LEADER: _("Leader"),
    SubjectRole.ORGANISER: _("Organiser"),
    SubjectRole.FINANCIER: _("Financier"),
    SubjectRole.RECRUITER: _("Recruiter"),
    SubjectRole.PARTICIPANT: _("Participant"),
    SubjectRole.AIDER: _("Aider"),
    SubjectRole.GROUP: _("Group"),
    SubjectRole.COMPANY: _("Company"),
}
SCOPES: Words = {Scope.DOMESTIC: _("Domestic"), Scope.INTERNATIONAL: _("International")}
DESIGNATIONS: Words = {
    Designation.TOC_GROUP: _("Transnational organised crime group"),
    Designation.FTO: _("Foreign terrorist organisation (FTO)"),
    Designation.SDGT: _("Specially designated global terrorist (SDGT)"),
}
KNOWN: Words = {
    Known.NO: _("No, it was new"),
    Known.PARTLY: _("Partly"),
    Known.YES: _("Yes, all of it"),
}
COLUMNS: Words = {
    "tip": _("Sources"),
    "finding": _("Findings"),
    "outcome": _("Outcomes"),
    "award": _("Awards"),
}
PARTS: Words = {
    "findings": _("Findings"),
    "outcomes": _("Outcomes"),
    "contributions": _("Contributions"),
}
HISTORY: Words = {
    "cases.case.opened": _("Opened the case"),
    "cases.case.shared": _("Shared it"),
    "cases.case.closed": _("Closed it"),
    "cases.case.reopened": _("Reopened it"),
    "cases.case.noted": _("Left a note"),
    "cases.task.given": _("Gave a task"),
    "cases.task.finished": _("Finished a task"),
}
FACTS: Words = {
    "case": _("Case"),
    "due": _("Due"),
    "reason": _("Reason"),
    "task": _("Task"),
    "to": _("To"),
}


def page() -> dict[str, Words]:
    """All words that the room's templates use, by the names under which they use them."""
    return {
        "states": STATES,
        "source_kinds": SOURCES,
        "reliabilities": RELIABILITIES,
        "credibilities": CREDIBILITIES,
        "kinds": KINDS,
        "subjects": SUBJECTS,
        "roles": ROLES,
        "scopes": SCOPES,
        "designations": DESIGNATIONS,
        "knowns": KNOWN,
        "parts": PARTS,
        "histories": HISTORY,
        "facts": FACTS,
    }
