"""What clocks, reports, measures and verdicts are called on the pages of papers, whole and translatable."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tipstaff.awards.memorandum.document import Ballot, Result
from tipstaff.awards.states import ClockKind

type Words = dict[str, Promise]

CLOCKS: Words = {
    ClockKind.COMMITTEE: _("The committee answers"),
    ClockKind.PAYMENT_REPORT: _("Report of a payment"),
    ClockKind.ANNUAL_REPORT: _("Report of the fiscal year"),
    ClockKind.CRYPTO_NOTICE: _("Days of notice for cryptocurrency"),
    ClockKind.AUTHORIZATION_REPORT: _("Report of an approval"),
    ClockKind.COLLECTION: _("The source collects"),
    ClockKind.ANSWER: _("The source answers"),
}
RESULTS: Words = {
    Result.MET: _("Met"),
    Result.NOT_MET: _("Not met"),
    Result.NOT_APPLICABLE: _("Does not apply"),
}
BALLOTS: Words = {
    Ballot.IN_FAVOUR: _("In favour"),
    Ballot.AGAINST: _("Against"),
    Ballot.ABSTAINED: _("Abstained"),
}
PAPERS: Words = {"us-letter": _("Letter"), "a4": _("A4")}
LANGUAGES: Words = {"en": _("English"), "es": _("Spanish")}
MEASURES: Words = {
    "arrests": _("Arrests"),
    "us-convictions": _("Convictions in the United States"),
    "us-sentenced": _("Sentenced in the United States"),
    "indictments": _("Indictments"),
    "extraditions": _("Extraditions"),
}
PARTS: Words = {
    "offer": pgettext_lazy("a memorandum", "the offer"),
    "outcome": pgettext_lazy("a memorandum", "the outcome"),
    "contributions": pgettext_lazy("a memorandum", "the contributions"),
    "factors": pgettext_lazy("a memorandum", "the factors and scores"),
    "findings": pgettext_lazy("a memorandum", "the eligibility findings"),
    "options": pgettext_lazy("a memorandum", "the options"),
    "recommendation": pgettext_lazy("a memorandum", "the recommendation"),
    "vote": pgettext_lazy("a memorandum", "the vote"),
    "recusals": pgettext_lazy("a memorandum", "the recusals"),
    "concurrence": pgettext_lazy("a memorandum", "the concurrence"),
    "decision": pgettext_lazy("a memorandum", "the decision"),
    "protection": pgettext_lazy("a memorandum", "the protection"),
    "payment": pgettext_lazy("a memorandum", "the payment"),
    "public_summary": pgettext_lazy("a memorandum", "the summary for the public"),
}

BREAKDOWNS: Words = {
    "kind": _("By kind"),
    "country": _("By country"),
    "year": _("By year"),
    "programme": _("By programme"),
}


def page() -> dict[str, Words]:
    """For every template of papers."""
    return {
        "clock_kinds": CLOCKS,
        "results": RESULTS,
        "ballots": BALLOTS,
        "papers": PAPERS,
        "measures": MEASURES,
    }
