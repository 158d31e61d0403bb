"""The life of a case as a table, and the closed lists that findings, outcomes and contributions are made of."""

from enum import StrEnum

from tipstaff.kernel.machine import Machine, Move


class CaseState(StrEnum):
    """Where a case stands. One that was reopened is worked on like an open one, and says that it was closed."""

    OPEN = "open"
    CLOSED = "closed"
    REOPENED = "reopened"


S = CaseState
CASE = Machine(
    states=S,
    initial=S.OPEN,
    moves=(
        Move("close", frozenset({S.OPEN, S.REOPENED}), S.CLOSED),
        Move("reopen", frozenset({S.CLOSED}), S.REOPENED),
    ),
)


class SourceKind(StrEnum):
    """What a finding rests on."""

    TIP = "tip"
    DOCUMENT = "document"
    AGENCY = "agency"


class Reliability(StrEnum):
    """The Admiralty code's letter: how far a source is to be relied upon, whatever it says this time."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """The Admiralty code's figure: how credible this piece of information is, whoever gave it."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"


class OutcomeKind(StrEnum):
    """What happened, in the end, to somebody or something."""

    ARREST = "arrest"
    CHARGE = "charge"
    CONVICTION = "conviction"
    TRANSFER = "transfer"
    DISRUPTION = "disruption-of-financial-mechanisms"
    SEIZURE = "seizure"
    RECOVERY = "recovery"
    IDENTIFICATION = "identification-of-leader"
    LOCATION = "location-of-leader"
    PREVENTION = "prevention-or-dismantling"


class SubjectKind(StrEnum):
    """Whom or what an outcome is about."""

    PERSON = "person"
    ORGANISATION = "organisation"


class SubjectRole(StrEnum):
    """What part the subject had in the enterprise. Nobody else is ever a subject."""

    LEADER = "leader"
    ORGANISER = "organiser"
    FINANCIER = "financier"
    RECRUITER = "recruiter"
    PARTICIPANT = "participant"
    AIDER = "aider"
    GROUP = "group"
    COMPANY = "company"


# 28 CFR 23.20 and plain decency: these people are in a case, and are never the subject of an outcome.
PROTECTED_ROLES = frozenset({"migrant", "victim", "witness", "source"})


class Scope(StrEnum):
    """Where an outcome was brought about."""

    DOMESTIC = "domestic"
    INTERNATIONAL = "international"


class Designation(StrEnum):
    """What the subject, or the group it belongs to, was designated as on the outcome's day."""

    TOC_GROUP = "toc-group"
    FTO = "fto"
    SDGT = "sdgt"


class Known(StrEnum):
    """Whether what a tip told was known already."""

    NO = "no"
    PARTLY = "partly"
    YES = "yes"
