"""What is typed on the pages of papers: a cause, a reference, what publicity cost, a summary for the public."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tipstaff.awards.policy.clocks import LONGEST_REASON

LONGEST_REFERENCE = 200
_WHOLE = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){0,4}|[0-9]{1,13})(?:\.([0-9]{2}))?")


class CostField(forms.CharField):
    """What something cost in whole units, `12,500` or `0`; gives minor units, or None where nothing is written."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=24, required=False, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        match = _WHOLE.fullmatch(typed)
        if match is None:
            raise forms.ValidationError(_("Write an amount in figures, such as 12,500 or 500.50."))
        return int(match[1].replace(",", "")) * 100 + int(match[2] or 0)


def _reference(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Reference"), help_text=help_text, max_length=LONGEST_REFERENCE, required=False
    )


def _words(label: Any, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST_REASON, required=False, widget=area
    )


class PauseForm(forms.Form):
    """Good cause, and the day when the days go on, where it is known."""

    reason = _words(_("Good cause"), _("It is minuted, and shown wherever the day is shown."))
    until = forms.DateField(
        label=_("The days go on from (leave it empty where nobody knows yet)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class FileForm(forms.Form):
    """A report's reference; what publicity cost, where the report says it."""

    reference = _reference(_("Where the report itself is kept: the letter’s number and its day."))
    publicity = CostField(label=_("What publicity cost in the year, in US dollars"))


class ReceiptForm(forms.Form):
    """Where a receipt is kept."""

    reference = _reference(_("Where the signed receipt is kept."))


class ReportForm(forms.Form):
    """The report of a payment."""

    reference = _reference(_("Where the report itself is kept: the letter’s number and its day."))
    significance = _words(
        _("What the information was worth"), _("The law asks for it: what came about that would not have.")
    )


class IssueForm(forms.Form):
    """What only an officer can write of a memorandum."""

    public_summary = _words(
        _("Summary for the public"),
        _("Two or three sentences that anybody may read. They stand in the public version alone."),
    )
