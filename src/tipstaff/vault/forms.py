"""What officers type in the vault's pages. The rules say how long each may be; a form only keeps the shape."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tipstaff.vault.policy import LONGEST, REASON_CHARACTERS

LONGEST_PASSPHRASE = 1024  # characters; more is refused before scrypt runs


def _text(name: str, label: Any, hint: Any, rows: int) -> forms.CharField:
    # Twice as long as the rule allows: the rule answers with its sentence, the form only stops a flood.
    attributes = {"dir": "auto", "autocomplete": "off"}
    area = forms.Textarea(attrs=attributes | {"rows": str(rows)})
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=2 * LONGEST[name], strip=False,
        widget=area if rows > 1 else forms.TextInput(attrs=attributes),
    )  # fmt: skip


def _passphrase(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_PASSPHRASE, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def _reason(hint: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Why"), help_text=hint, required=False, max_length=4 * REASON_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": "3", "dir": "auto"}),
    )  # fmt: skip


class SealForm(forms.Form):
    """Who a source is, and the compartment it belongs to."""

    compartment = forms.ChoiceField(label=_("Compartment"))
    name = _text("name", _("Full name"), _("As on the document with which they will identify themselves."), 1)
    contact = _text(
        "contact", _("Safe contact"), _("How, when and by whom they may be contacted, and how not."), 3
    )
    family = _text(
        "family", _("Family members in scope"), _("Who else must be protected: one person a line."), 3
    )
    protection = _text(
        "protection", _("Need for protection"), _("What threatens them, and what was promised."), 4
    )
    payee = _text(
        "payee",
        _("How they are to be paid"),
        _("The form of payment, and where it may reach them."),
        2,
    )
    notes = _text("notes", _("Notes"), _("Anything else that the two who open this must know."), 4)

    def __init__(self, compartments: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["compartment"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, code) for code in compartments]


class AskToOpenForm(forms.Form):
    """A reason, and the passphrase of the first key."""

    reason = _reason(_("This stays readable in the vault: never name the source here."))
    passphrase = _passphrase(_("Passphrase of the first key"))


class AskToDestroyForm(forms.Form):
    """A reason."""

    reason = _reason(_("This stays readable after the identity is gone: never name the source here."))


class OpenForm(forms.Form):
    """The passphrase of the second key."""

    passphrase = _passphrase(_("Passphrase of the second key"))
