"""What an envelope and a tip can be, and how they get there. The diagrams in docs/states are written from
these."""

from enum import StrEnum

from tipstaff.kernel.machine import Machine, Move


class EnvelopeState(StrEnum):
    """An envelope at the desk. Even one that does not open stays, with the reason."""

    WAITING = "waiting"
    OPENED = "opened"
    NOT_OPENABLE = "not-openable"


E = EnvelopeState
ENVELOPE = Machine(
    states=E,
    initial=E.WAITING,
    moves=(
        Move("open", frozenset({E.WAITING, E.NOT_OPENABLE}), E.OPENED),
        Move("set_aside", frozenset({E.WAITING, E.NOT_OPENABLE}), E.NOT_OPENABLE),
    ),
)


class PublicState(StrEnum):
    """What the source is told. Five words, with a day and no time."""

    RECEIVED = "received"
    BEING_READ = "being-read"
    PASSED_ON = "passed-on"
    MORE_WANTED = "more-wanted"
    CLOSED = "closed"


S = PublicState
PUBLIC = Machine(
    states=S,
    initial=S.RECEIVED,
    moves=(
        Move("read", frozenset({S.RECEIVED, S.PASSED_ON, S.MORE_WANTED}), S.BEING_READ),
        Move("pass_on", frozenset({S.BEING_READ, S.MORE_WANTED}), S.PASSED_ON),
        Move("want_more", frozenset({S.BEING_READ, S.PASSED_ON}), S.MORE_WANTED),
        Move("close", frozenset({S.RECEIVED, S.BEING_READ, S.PASSED_ON, S.MORE_WANTED}), S.CLOSED),
        Move("reopen", frozenset({S.CLOSED}), S.BEING_READ),
    ),
)


class Urgency(StrEnum):
    """How soon a tip must be looked at; an officer says so, never a machine."""

    NOT_SET = ""
    DANGER = "danger"
    TIME_BOUND = "time-bound"
    OTHER = "other"


class Disposition(StrEnum):
    """What a tip turned out to be."""

    ACTIONABLE = "actionable"
    INFORMATION = "information"
    DUPLICATE = "duplicate"
    MISDIRECTED = "misdirected"
    SPAM = "spam"
    MALICIOUS = "malicious"


class Direction(StrEnum):
    """Who wrote a message."""

    FROM_SOURCE = "from-source"
    TO_SOURCE = "to-source"


class MessageKind(StrEnum):
    """What a message of the talk is: words, or a part of the road to a reward."""

    MESSAGE = "message"
    REWARD = "reward"
    VOUCHER = "voucher"
    CLAIM = "claim"


class SetAside(StrEnum):
    """Why an envelope did not open. Each has a sentence in `words.py`."""

    ALTERED = "altered"
    NOT_IN_LOG = "not-in-log"
    LEAF_TAKEN = "leaf-taken"
    NOT_SEALED = "not-sealed"
    NOT_FOR_US = "not-for-us"
    DAMAGED = "damaged"
    BAD_CONTENTS = "bad-contents"
    OTHER_MAILBOX = "other-mailbox"
    MAILBOX_TAKEN = "mailbox-taken"
    NO_TIP = "no-tip"


class Doubt(StrEnum):
    """What does not fit in an envelope that did open: shown beside the text, so that a person can judge."""

    UNKNOWN_NOTICE = "unknown-notice"
    UNKNOWN_OFFER = "unknown-offer"
    UNSIGNED = "unsigned"
    UNASKED = "unasked"
    MISSING_FILE = "missing-file"
    OTHER_FILE = "other-file"
