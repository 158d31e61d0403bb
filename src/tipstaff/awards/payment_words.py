"""What claims, answers, checks and vouchers are called on pages, whole and translatable."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tipstaff.awards.policy.payout import NewVoucher, Return
from tipstaff.awards.states import ClaimState, PayoutState, Verdict

type Words = dict[str, Promise]

CLAIMS: Words = {
    ClaimState.ASKED: pgettext_lazy("a source", "Asked"),
    ClaimState.ACCEPTED: pgettext_lazy("a source", "Accepts"),
    ClaimState.DECLINED: pgettext_lazy("a source", "Declines"),
    ClaimState.EXPIRED: pgettext_lazy("a source", "Did not answer in time"),
}
QUESTIONS: Words = {
    "individual": _("One person, for themselves"),
    "official": _("An official"),
    "on-duty": _("On duty"),
    "took-part": _("Planned or led it"),
    "convicted": _("Convicted for it"),
    "paid-elsewhere": _("Paid by somebody else"),
    "protection": _("In danger if paid"),
}
ANSWERS: Words = {
    "yes": pgettext_lazy("an answer", "yes"),
    "no": pgettext_lazy("an answer", "no"),
    "unknown": pgettext_lazy("an answer", "not sure"),
    "accept": pgettext_lazy("an answer", "accepts"),
    "decline": pgettext_lazy("an answer", "declines"),
    "review": pgettext_lazy("an answer", "asks for a review"),
    "collect": pgettext_lazy("an answer", "signs at the window"),
}
VERDICTS: Words = {
    Verdict.UNKNOWN_CLAIM: _("About a notice that we never sent to this source. Nothing was changed."),
    Verdict.NOT_GENUINE: _(
        "Not signed with the source’s key. Nothing was changed; treat the mailbox with care."
    ),
    Verdict.WRONG_CHALLENGE: _(
        "Signs something else than was asked. Nothing was changed; ask again if it matters."
    ),
    Verdict.ANSWERED_TWICE: _(
        "Had answered before; the first answer counts. Ask again where that is possible."
    ),
    Verdict.TOO_LATE: _("Came after the last day. Nothing was changed; ask again where that is possible."),
}
CHECKS: Words = {
    "sanctions": _("Sanctions lists"),
    "barred": _("Barred: convicted for it, or told a lie on purpose"),
}
PAYOUTS: Words = {
    PayoutState.ISSUED: pgettext_lazy("a voucher", "Waits to be presented"),
    PayoutState.PRESENTED: pgettext_lazy("a voucher", "At the window"),
    PayoutState.PAID: pgettext_lazy("a voucher", "Paid"),
    PayoutState.PART_PAID: pgettext_lazy("a voucher", "Paid in part"),
    PayoutState.LAPSED: pgettext_lazy("a voucher", "Not collected in time"),
    PayoutState.RETURNED: pgettext_lazy("a voucher", "Returned"),
}
NEW_VOUCHERS: Words = {
    NewVoucher.LOST: _("The voucher’s code is lost"),
    NewVoucher.WRONG: _("The voucher was wrong"),
    NewVoucher.NOT_COLLECTED: _("It was not collected in time"),
    NewVoucher.REST: _("A part was paid; this is the rest"),
    NewVoucher.RECEIPT_LOST: _("The source lost the receipt"),
}
RETURNS: Words = {
    Return.BARRED: _("The payee is barred"),
    Return.SANCTIONED: _("The payee is on a sanctions list"),
    Return.DECLINED: _("Declined at the window"),
    Return.RECEIPT_LOST: _("The source lost the receipt"),
    Return.NOT_COLLECTED: _("Never collected"),
}
STANDINGS: Words = {
    "waiting": pgettext_lazy("a hand-over", "Waits for witnesses"),
    "final": pgettext_lazy("a hand-over", "Final"),
    "void": pgettext_lazy("a hand-over", "Cancelled"),
}


def page() -> dict[str, Words]:
    """Every table of words, for a page's context."""
    return {
        "claim_states": CLAIMS,
        "questions": QUESTIONS,
        "answers": ANSWERS,
        "odd_verdicts": VERDICTS,
        "checks": CHECKS,
        "payout_states": PAYOUTS,
        "hand_over_standings": STANDINGS,
    }
