"""Reading what an officer typed: which text was read, and why a sheet is returned."""

from django import forms


class SeenForm(forms.Form):
    """The digest of the text that the officer has read."""

    digest = forms.RegexField(r"[0-9a-f]{64}")


class ReasonForm(forms.Form):
    """Why a sheet is returned; how long it may be is the rule's own question, so that its sentence is shown."""

    reason = forms.CharField(required=False, max_length=10_000)
