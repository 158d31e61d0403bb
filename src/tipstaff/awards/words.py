"""What states, moves, capacities and forms are called on pages, whole and translatable."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tipstaff.awards.states import AwardState as S
from tipstaff.awards.states import Choice, DelegationState, Duty, Form

type Words = dict[str, Promise]

STATES: Words = {
    S.DRAFTED: pgettext_lazy("an award", "Drafted"),
    S.NOMINATED: pgettext_lazy("an award", "Nominated"),
    S.WITHDRAWN: pgettext_lazy("an award", "Withdrawn"),
    S.ENDORSED: pgettext_lazy("an award", "Endorsed"),
    S.ELIGIBLE: pgettext_lazy("an award", "Found eligible"),
    S.INELIGIBLE: pgettext_lazy("an award", "Found ineligible"),
    S.IN_COMMITTEE: pgettext_lazy("an award", "Before the committee"),
    S.DEFERRED: pgettext_lazy("an award", "Deferred"),
    S.RECOMMENDED: pgettext_lazy("an award", "Recommended"),
    S.DECLINED: pgettext_lazy("an award", "Committee advises against it"),
    S.CONCURRENCE_SOUGHT: pgettext_lazy("an award", "Waiting for the Attorney General"),
    S.CONCURRED: pgettext_lazy("an award", "Attorney General concurs"),
    S.OBJECTED: pgettext_lazy("an award", "Attorney General objects"),
    S.APPROVED: pgettext_lazy("an award", "Approved"),
    S.DENIED: pgettext_lazy("an award", "Denied"),
    S.CERTIFIED: pgettext_lazy("an award", "Certified for payment"),
    S.IN_NOTICE: pgettext_lazy("an award", "Days of notice are running"),
    S.NOTICE_OVER: pgettext_lazy("an award", "Days of notice are over"),
    S.PROTECTED: pgettext_lazy("an award", "Protection settled"),
    S.VOUCHERED: pgettext_lazy("an award", "Vouchers sent"),
    S.LAPSED: pgettext_lazy("an award", "Not collected in time"),
    S.PAID: pgettext_lazy("an award", "Paid"),
    S.RECEIPT_HELD: pgettext_lazy("an award", "Receipt held"),
    S.REPORTED: pgettext_lazy("an award", "Reported"),
    S.RECONSIDERED: pgettext_lazy("an award", "To be looked at again"),
    S.CLOSED: pgettext_lazy("an award", "Closed"),
}
MOVES: Words = {
    "draft": _("Nomination drafted"),
    "restate": _("Nomination changed"),
    "nominate": _("Nominated"),
    "withdraw": _("Nomination withdrawn"),
    "return": _("Returned to the nominator"),
    "endorse": _("Endorsed by the head of mission"),
    "find_eligible": _("Found eligible"),
    "find_ineligible": _("Found ineligible"),
    "docket": _("Put on the committee’s docket"),
    "defer": _("Deferred by the committee"),
    "resume": _("Taken up again by the committee"),
    "recommend": _("Recommended by the committee"),
    "decline": _("The committee advised against it"),
    "seek_concurrence": _("Sent to the Attorney General"),
    "concur": _("The Attorney General concurred"),
    "object": _("The Attorney General objected"),
    "approve": _("Approved as recommended"),
    "change": _("Approved with other amounts"),
    "deny": _("Denied"),
    "certify": _("Certified for payment"),
    "give_notice": _("Notice given to both committees"),
    "end_notice": _("Days of notice ended"),
    "plan_protection": _("Protection settled"),
    "ask": _("Sources asked"),
    "ask_again": _("Source asked again"),
    "offer_review": _("Sources told of the refusal"),
    "check": _("Payee checked"),
    "keep_identity": _("Reference of the vault noted"),
    "issue_vouchers": _("Vouchers sent"),
    "reissue": _("New voucher sent"),
    "return_share": _("Share returned"),
    "lapse": _("Not collected in time"),
    "pay": _("Paid"),
    "hold_receipt": _("Receipt held"),
    "report": _("Reported"),
    "reconsider": _("Taken up for another look"),
    "close": _("Closed"),
}
DUTIES: Words = {
    Duty.HANDLE: _("handling the tip"),
    Duty.INVESTIGATE: _("investigating"),
    Duty.NOMINATE: _("nominating"),
    Duty.ENDORSE: _("endorsing"),
    Duty.CONVENE: _("keeping the committee’s papers"),
    Duty.DELIBERATE: _("sitting on the committee"),
    Duty.CONCUR: _("concurring for the Attorney General"),
    Duty.DECIDE: _("deciding"),
    Duty.PROTECT: _("protecting"),
    Duty.PAY: _("paying"),
    Duty.WITNESS: _("witnessing"),
}
FORMS: Words = {
    Form.MONEY: _("Money"),
    Form.ITEM: _("An item"),
    Form.CRYPTO: _("Cryptocurrency"),
    Form.CASH_BY_NUMBER: _("Cash, by number"),
}
STAGES: Words = {
    "nomination": _("At the nomination"),
    "eligibility": _("At the check of eligibility"),
    "recommendation": _("At the recommendation"),
    "decision": _("At the decision"),
    "certification": _("At the certification"),
    "payment": _("At the payment"),
    "report": _("At the report"),
}
VERDICTS: Words = {
    "passed": _("Passed"),
    "refused": _("Stands against it"),
    "not-asked": _("Not asked by this sheet"),
}
STANDINGS: Words = {
    "done": _("done"),
    "now": _("now"),
    "ahead": _("ahead"),
}
DELEGATIONS: Words = {
    DelegationState.GIVEN: pgettext_lazy("a delegation", "Waits for a third officer"),
    DelegationState.CONFIRMED: pgettext_lazy("a delegation", "Confirmed"),
    DelegationState.ENDED: pgettext_lazy("a delegation", "Ended"),
}
CHOICES: Words = {
    Choice.FOR: pgettext_lazy("a vote", "For"),
    Choice.AGAINST: pgettext_lazy("a vote", "Against"),
    Choice.ABSTAIN: pgettext_lazy("a vote", "Abstained"),
}
LIMITS: Words = {
    "ceiling": _("The law’s ceiling"),
    "condition": _("The condition’s cap"),
    "offer": _("The offer’s cap"),
    "remaining": _("Left of the offer’s cap"),
}
RULINGS: Words = {
    "approve": _("Approved as recommended"),
    "change": _("Approved with other amounts"),
    "deny": _("Denied"),
}

# The room's other pages: the name of the address, what it is called, and the verbs that lead there.
PLACES = (
    ("committee", _("Committee"), frozenset({"awards.committee.convene", "awards.packet.see"})),
    ("due", _("What is due"), frozenset({"awards.report.file", "awards.clock.pause"})),
    ("statistics", _("Statistics"), frozenset({"cases.statistics.see"})),
    ("delegations", _("Delegations"), frozenset({"awards.delegation.see"})),
)


def page() -> dict[str, Words]:
    """Every table of words, for a page's context."""
    return {
        "states": STATES,
        "moves": MOVES,
        "duties": DUTIES,
        "forms": FORMS,
        "stages": STAGES,
        "verdicts": VERDICTS,
        "standings": STANDINGS,
        "delegation_states": DELEGATIONS,
        "rulings": RULINGS,
        "choices": CHOICES,
        "limit_names": LIMITS,
    }
