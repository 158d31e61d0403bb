"""What states, reasons and moves are called on pages, whole and translatable."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tipstaff.tips.states import Disposition, Doubt, PublicState, SetAside, Urgency

type Words = dict[str, Promise]

STATES: Words = {
    PublicState.RECEIVED: _("Received"),
    PublicState.BEING_READ: _("Being read"),
    PublicState.PASSED_ON: _("Passed on"),
    PublicState.MORE_WANTED: _("More wanted"),
    PublicState.CLOSED: _("Closed"),
}
MOVES: Words = {
    "read": _("Being read: somebody is working on it"),
    "pass_on": _("Passed on: given to those who can act on it"),
    "want_more": _("More wanted: we have asked the source something"),
    "close": _("Closed: nothing more is to be done with it"),
    "reopen": _("Being read again: it was closed too early"),
}
URGENCIES: Words = {
    Urgency.NOT_SET: _("Not set"),
    Urgency.DANGER: _("Danger to life"),
    Urgency.TIME_BOUND: _("Time-bound"),
    Urgency.OTHER: _("Other"),
}
DISPOSITIONS: Words = {
    Disposition.ACTIONABLE: _("Actionable"),
    Disposition.INFORMATION: _("Information"),
    Disposition.DUPLICATE: _("Duplicate"),
    Disposition.MISDIRECTED: _("Misdirected"),
    Disposition.SPAM: _("Spam"),
    Disposition.MALICIOUS: _("Malicious"),
}
DOUBTS: Words = {
    Doubt.UNKNOWN_NOTICE: _(
        "It was sealed under a notice that this desk has not published. "
        "Read it, and do not rely on the offer it names."
    ),
    Doubt.UNKNOWN_OFFER: _("It names an offer that this desk does not know."),
    Doubt.UNSIGNED: _(
        "The signature on this message does not fit: somebody other than the source may have written it."
    ),
    Doubt.MISSING_FILE: _("This file never came: its sender named it, and the door did not have it."),
    Doubt.OTHER_FILE: _("This is not the file that its sender sealed: the hashes differ. It stays shut."),
}
SET_ASIDE: Words = {
    SetAside.ALTERED: _(
        "Its bytes do not give the hash that stands in the log: it was changed after it was received."
    ),
    SetAside.NOT_IN_LOG: _(
        "It does not stand in the log that the door signed: it did not come through the door."
    ),
    SetAside.LEAF_TAKEN: _(
        "Another envelope stands at its place in the log: the hatch may have been restored."
    ),
    SetAside.NOT_SEALED: _("It is not a sealed envelope."),
    SetAside.NOT_FOR_US: _(
        "None of the desk's keys opens it. If an older key exists, add it to the key file and try again."
    ),
    SetAside.DAMAGED: _("It was sealed for us, and a part of it was changed since."),
    SetAside.BAD_CONTENTS: _("It opens, but what is inside is not a tip or message as they are made."),
    SetAside.OTHER_MAILBOX: _("It was made for another mailbox than the one it lay in: somebody moved it."),
    SetAside.MAILBOX_TAKEN: _("It is a second tip for a mailbox that has one."),
    SetAside.NO_TIP: _(
        "It is a message to a tip that has not been opened here. Try again once that tip is open."
    ),
}
# What the record of a tip's history is called on its page; verbs that have no words here are shown as they
# are.
HISTORY: Words = {
    "tips.tip.read": _("Read it"),
    "tips.tip.claimed": _("Claimed it"),
    "tips.tip.released": _("Released it"),
    "tips.tip.handed_over": _("Handed it over"),
    "tips.tip.reassigned": _("Took it from its holder"),
    "tips.tip.state_set": _("Set the state that the source sees"),
    "tips.tip.urgency_set": _("Set the urgency"),
    "tips.tip.disposed": _("Said what it is"),
    "tips.tip.noted": _("Left a note"),
    "tips.tip.written": _("Wrote to the source"),
    "tips.tip.erased": _("Erased a message to the source"),
    "tips.tip.file_opened": _("Opened a file"),
}
# How somebody knows a thing, by the door's codes.
HOW: Words = {
    "saw": _("Saw it"),
    "there": _("Was there, or took part"),
    "told": _("Was told"),
    "read": _("Read or heard it"),
    "other": _("In another way, or would rather not say"),
}
# What the facts of a record are called there.
FACTS: Words = {
    "after": _("After"),
    "before": _("Before"),
    "file": _("File"),
    "message": _("Message"),
    "reason": _("Reason"),
    "sha256": _("SHA-256 of the sealed file"),
    "taken_from": _("Taken from"),
    "to": _("To"),
}
