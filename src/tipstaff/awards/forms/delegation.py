"""A delegation as it is typed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tipstaff.awards.forms.nomination import amount_field
from tipstaff.awards.queries.forms import DelegationList
from tipstaff.kernel.money import Money


class DelegationForm(forms.Form):
    """To whom, up to what, from which day to which day."""

    compartment = forms.ChoiceField(label=_("Compartment"))
    delegate = forms.ChoiceField(label=_("Delegate"))
    currency = forms.CharField(label=_("Currency"), max_length=3, initial="USD")
    starts_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    field_order = ("compartment", "delegate", "most", "currency", "starts_on", "ends_on")

    def __init__(self, offered: DelegationList, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        compartment: Any = self.fields["compartment"]
        compartment.choices = [(each, each) for each in offered.lends_in]
        delegate: Any = self.fields["delegate"]
        delegate.choices = offered.delegates
        self.fields["most"] = amount_field(_("Up to"), None, required=True)
        self.order_fields(self.field_order)

    def stated(self) -> dict[str, Any]:
        """What the verb takes. Only for a valid form."""
        typed = dict(self.cleaned_data)
        most = Money(typed.pop("most"), typed.pop("currency").upper())
        return typed | {"most": most}
