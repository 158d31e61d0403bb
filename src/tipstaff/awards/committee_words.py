"""What the committee's states, votes and limits are called on pages, whole and translatable."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tipstaff.awards.states import AwardState, Choice, Form, ItemState, MeetingState
from tipstaff.cases import words as cases
from tipstaff.rulebook.policy import Verdict

type Words = dict[str, Promise]

MEETINGS: Words = {
    MeetingState.PLANNED: pgettext_lazy("a meeting", "Planned"),
    MeetingState.OPEN: pgettext_lazy("a meeting", "Open"),
    MeetingState.HELD: pgettext_lazy("a meeting", "Held"),
}
ITEMS: Words = {
    ItemState.LISTED: _("On the docket"),
    ItemState.SCORING: _("Being scored"),
    ItemState.VOTING: _("Put to the vote"),
    ItemState.LOST: _("Motion not carried"),
    ItemState.DECIDED: pgettext_lazy("an item", "Decided"),
    ItemState.DEFERRED: pgettext_lazy("an item", "Deferred"),
}
AWAITING: Words = {
    AwardState.ELIGIBLE: _("Found eligible"),
    AwardState.RECONSIDERED: _("To be considered again"),
    AwardState.DEFERRED: pgettext_lazy("an award", "Deferred"),
}
CHOICES: Words = {
    Choice.FOR: _("For the motion"),
    Choice.AGAINST: _("Against the motion"),
    Choice.ABSTAIN: _("I abstain"),
}
VOTES: Words = {
    Choice.FOR: pgettext_lazy("a vote", "For"),
    Choice.AGAINST: pgettext_lazy("a vote", "Against"),
    Choice.ABSTAIN: pgettext_lazy("a vote", "Abstained"),
}
TURNS: Words = {
    "declare": _("Say whether you have a conflict"),
    "score": _("Read the packet and score"),
    "vote": _("Vote"),
    "open_scoring": _("Open the scoring"),
    "put_motion": _("Put a motion"),
    "close_vote": _("Close the vote"),
    "read": _("Look at it"),
}
LIMITS: Words = {
    "ceiling": _("The law’s ceiling"),
    "condition": _("What the condition promises"),
    "offer": _("The offer’s cap"),
    "remaining": _("What other rewards have left of the offer’s cap"),
}
VERDICTS: Words = {
    Verdict.PASSED: pgettext_lazy("a rule", "Passed"),
    Verdict.REFUSED: pgettext_lazy("a rule", "Refused"),
    Verdict.NOT_ASKED: pgettext_lazy("a rule", "Not asked by this sheet"),
}
FORMS: Words = {
    Form.MONEY: _("Money"),
    Form.ITEM: _("A thing"),
    Form.CRYPTO: _("Cryptocurrency"),
    Form.CASH_BY_NUMBER: _("Cash, by number"),
}


def page() -> dict[str, Words]:
    """All words that the committee's templates use, by the names under which they use them."""
    return {
        "meeting_states": MEETINGS,
        "item_states": ITEMS,
        "awaiting_states": AWAITING,
        "vote_words": VOTES,
        "turns": TURNS,
        "limit_words": LIMITS,
        "verdicts": VERDICTS,
        "form_words": FORMS,
        "kinds": cases.KINDS,
        "subjects": cases.SUBJECTS,
        "roles": cases.ROLES,
        "scopes": cases.SCOPES,
        "designations": cases.DESIGNATIONS,
        "knowns": cases.KNOWN,
    }
