"""The shape of what an administrator types."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tipstaff.kernel.clock import day
from tipstaff.people import queries, words
from tipstaff.people.names import LONGEST_CODE, LONGEST_NAME
from tipstaff.people.roles import ROLES


def _today() -> date:
    return day(timezone.now())


_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OfficerForm(forms.Form):
    """A new officer."""

    username = forms.CharField(
        label=_("User name"),
        help_text=_("Small letters and digits. It stands in every record and is never changed."),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    full_name = forms.CharField(label=_("Full name"), max_length=LONGEST_NAME)
    agency = forms.ChoiceField(label=_("Agency"), choices=queries.agencies)


class GrantForm(forms.Form):
    """A role in a compartment, from one day to another."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role, words.ROLES[role]) for role in sorted(ROLES)])
    compartment = forms.ChoiceField(
        label=_("Compartment"),
        help_text=_("Administrators and custodians serve the whole office; all others one compartment."),
        choices=lambda: [(row.code, row.name) for row in queries.compartments()],
    )
    starts_on = forms.DateField(label=_("First day"), initial=_today, widget=_DAY)
    ends_on = forms.DateField(
        label=_("Last day"), help_text=_("Empty: until somebody ends it."), required=False, widget=_DAY
    )


class EndForm(forms.Form):
    """Why a grant ends."""

    reason = forms.CharField(label=_("Why it ends"), max_length=500)
