"""Reading what a treasurer typed, and what a reader looks for."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tipstaff.kernel.money import Money
from tipstaff.ledger.policy import LARGEST, LONGEST_REASON, LONGEST_SUBJECT
from tipstaff.ledger.queries import Sought
from tipstaff.ledger.words import ACCOUNTS, KINDS
from tipstaff.people.names import LONGEST_CODE

LONGEST_AMOUNT = 24
# Digits of ASCII alone, unlike str.isdigit.
_AMOUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)(?:\.([0-9]{2}))?")


class AmountField(forms.CharField):
    """An amount in whole units, `2,000,000` or `2000000.50`; gives minor units."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_AMOUNT, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:
        match = _AMOUNT.fullmatch(super().clean(value))
        minor = int(match[1].replace(",", "")) * 100 + int(match[2] or 0) if match else 0
        if not 0 < minor <= LARGEST:
            raise forms.ValidationError(_("Write an amount in figures, such as 2,000,000 or 500.50."))
        return minor


class _PaperForm(forms.Form):
    """What every movement of the fund is asked for: how much, by which paper, why."""

    amount = AmountField(label=_("Amount"))
    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("The paper that says so: a public law, an allotment, a letter and its day."),
        max_length=LONGEST_SUBJECT,
    )
    reason = forms.CharField(
        label=_("Remark"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AppropriateForm(_PaperForm):
    """Money taken up for a programme's fiscal year."""

    programme = forms.CharField(
        label=_("Programme"), help_text=_("Its code, such as darien-2024."), max_length=LONGEST_CODE
    )
    compartment = forms.ChoiceField(label=_("Compartment"))
    fiscal_year = forms.IntegerField(
        label=_("Fiscal year"), help_text=_("1 October to 30 September, named after the year it ends in.")
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Currency"), help_text=_("Three letters, such as USD."), initial="USD"
    )
    field_order = ("programme", "compartment", "fiscal_year", "amount", "currency", "reference", "reason")

    def __init__(self, compartments: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["compartment"].choices = [(code, code) for code in compartments]  # type: ignore[attr-defined]  # a ChoiceField has choices

    def asked(self) -> dict[str, Any]:
        """What the verb `appropriate` is told. Only for a valid form."""
        typed = dict(self.cleaned_data)
        currency = typed.pop("currency")
        return typed | {"amount": Money(typed["amount"], currency)}


class ReturnForm(_PaperForm):
    """Money given back; the currency is the book's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why?")
        self.fields["reason"].required = True


class SoughtForm(forms.Form):
    """A filter over a book's transfers. What is not understood filters nothing."""

    account = forms.ChoiceField(label=_("Account"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    subject = forms.CharField(label=_("For"), max_length=LONGEST_SUBJECT, required=False)
    before = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("account", ACCOUNTS), ("kind", KINDS)):
            choices = [("", _("All")), *((kind.value, said) for kind, said in words.items())]
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has choices

    def sought(self) -> Sought:
        """The filter that the address asks for."""
        self.is_valid()
        typed = self.cleaned_data
        return Sought(
            account=typed.get("account", ""),
            kind=typed.get("kind", ""),
            subject=typed.get("subject", "").strip(),
            before=typed.get("before"),
        )
