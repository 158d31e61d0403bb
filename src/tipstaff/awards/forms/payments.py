"""What is typed around a payment: a voucher's code, an amount, a window, a check. The rules say what is missing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tipstaff.awards import payment_words as words
from tipstaff.awards.actions.vouchers import Window
from tipstaff.awards.policy.payout import KINDS, NewVoucher, Return
from tipstaff.ledger.forms import AmountField

LONG = 8_000  # beyond this nothing is even read; the rules say what is too long


def _choices(named: words.Words) -> list[tuple[str, Any]]:
    return [(str(key), text) for key, text in named.items()]


def _text(label: Any, *, rows: int = 1, hint: Any = "") -> forms.CharField:
    attrs: dict[str, Any] = {"dir": "auto"}
    widget = forms.Textarea(attrs=attrs | {"rows": rows}) if rows > 1 else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, required=False, max_length=LONG, widget=widget, help_text=hint)


def _day(label: Any, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], help_text=hint)


class CodeForm(forms.Form):
    """What the source reads out of its mailbox."""

    code = forms.CharField(
        label=_("Code of the voucher"),
        help_text=_("As it stands in the source’s mailbox, VCH-…; small letters and spaces are forgiven."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class AmountForm(forms.Form):
    """How much is counted onto the table."""

    amount = AmountField(
        label=_("Amount handed over"), help_text=_("The whole, or a part: the rest needs a new voucher.")
    )


class WitnessForm(forms.Form):
    """The number of the hand-over that the page showed."""

    window = forms.CharField(max_length=6)


class AskForm(forms.Form):
    """The last day for an answer, and a sentence beside the notice."""

    answer_by = _day(_("Last day for an answer"))
    text = _text(
        _("Beside the notice, in the source’s language"), rows=3, hint=_("Names nobody, and may stay empty.")
    )


class ReviewForm(forms.Form):
    """A sentence beside the notice of a refusal."""

    text = _text(
        _("Beside the notice, in the source’s language"), rows=3, hint=_("Names nobody, and may stay empty.")
    )


class CheckForm(forms.Form):
    """What a list says of a payee."""

    kind = forms.ChoiceField(label=_("What was asked"), choices=_choices(words.CHECKS))
    clear = forms.TypedChoiceField(
        label=_("What was found"),
        choices=[
            ("", _("Choose")),
            ("yes", _("Nothing: clear")),
            ("no", _("Something stands against paying")),
        ],
        coerce=lambda value: value == "yes",
    )
    source = _text(_("List or register, with its day"))
    note = _text(_("Remark"), hint=_("Names nobody."))


class IdentityForm(forms.Form):
    """A reference of the vault."""

    vault_ref = _text(_("Reference in the vault"))


class WindowForm(forms.Form):
    """Where and when a voucher is paid."""

    place = _text(_("Place, as the source reads it"))
    opens_on = _day(_("First day"))
    closes_on = _day(_("Last day"))

    def window(self) -> Window:
        """The window as verbs take it. Only for a valid form."""
        typed = self.cleaned_data
        return Window(place=typed["place"], opens_on=typed["opens_on"], closes_on=typed["closes_on"])


class ReissueForm(WindowForm):
    """Why there is a new voucher, and where it is paid."""

    cause = forms.TypedChoiceField(
        label=_("What happened"), choices=_choices(words.NEW_VOUCHERS), coerce=NewVoucher
    )
    reason = _text(_("Why"), rows=2)
    field_order = ("cause", "reason", "place", "opens_on", "closes_on")


class ReturnForm(forms.Form):
    """Why a share goes back."""

    cause = forms.TypedChoiceField(label=_("What happened"), choices=_choices(words.RETURNS), coerce=Return)
    reason = _text(_("Why"), rows=2)


assert set(KINDS) == set(words.CHECKS), "each kind of check has its name"
