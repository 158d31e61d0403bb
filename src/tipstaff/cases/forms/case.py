"""The short forms of a case, and how lists are narrowed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tipstaff.cases import policy, words
from tipstaff.cases.queries import Sought

LONG = 4 * policy.LONGEST  # beyond this nothing is even read; the rules say what is too long


def choices(named: words.Words, first: Any = None) -> list[tuple[str, Any]]:
    """The choices of a closed list; `first` stands for none of them."""
    return [*([("", first)] if first is not None else []), *((str(key), text) for key, text in named.items())]


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A day, with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, input_formats=["%Y-%m-%d"])


def text_field(label: Any, *, rows: int = 1, required: bool = True, hint: Any = "") -> forms.CharField:
    """A text in the officer's own words."""
    attrs: dict[str, Any] = {"dir": "auto"}
    widget = forms.Textarea(attrs=attrs | {"rows": rows}) if rows > 1 else forms.TextInput(attrs=attrs)
    return forms.CharField(
        label=label, required=required, max_length=LONG, strip=False, widget=widget, help_text=hint
    )


class CaseForm(forms.Form):
    """A new case."""

    title = text_field(_("Title"))
    organisation = text_field(_("Organisation it is about, if there is one"), required=False)
    compartment = forms.ChoiceField(label=_("Compartment"))

    def __init__(self, compartments: Iterable[str], data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["compartment"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, code) for code in sorted(compartments)]


class ReasonForm(forms.Form):
    """Why a case is closed or reopened."""

    reason = forms.CharField(required=False, max_length=LONG, strip=False)


class NoteForm(forms.Form):
    """A note."""

    text = forms.CharField(required=False, max_length=LONG, strip=False)


class ShareForm(forms.Form):
    """A compartment."""

    compartment = forms.CharField(max_length=40)


class TaskForm(forms.Form):
    """A task: what, by whom, until when."""

    title = forms.CharField(required=False, max_length=LONG, strip=False)
    assignee = forms.CharField(max_length=150)
    due_on = day_field("")


class SeenForm(forms.Form):
    """Which row the officer has read."""

    seen = forms.IntegerField(min_value=1)


class ListForm(forms.Form):
    """How the list of cases is narrowed."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=choices(words.STATES, _("Any")))
    words = forms.CharField(label=_("Title or organisation"), required=False, max_length=100)


class RegisterForm(forms.Form):
    """How the register of outcomes is narrowed; all of it stands in the address."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=choices(words.KINDS, _("Any")))
    country = forms.CharField(label=_("Country"), required=False, min_length=2, max_length=2)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=9998)
    compartment = forms.ChoiceField(label=_("Compartment"), required=False)
    standing = forms.ChoiceField(
        label=_("Second officer"),
        required=False,
        choices=[("", _("Any")), ("confirmed", _("Confirmed")), ("waiting", _("Waiting to be confirmed"))],
    )

    def __init__(self, compartments: Iterable[str], data: Any) -> None:
        super().__init__(data)
        field = self.fields["compartment"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Any")), *((code, code) for code in sorted(compartments))]

    def sought(self) -> Sought:
        """The filter; whatever is not understood does not narrow."""
        self.is_valid()
        told = self.cleaned_data
        return Sought(
            kind=told.get("kind") or "",
            country=(told.get("country") or "").upper(),
            year=told.get("year"),
            compartment=told.get("compartment") or "",
            standing=told.get("standing") or "",
            before=_before(str(self.data.get("before", ""))),
        )


def _before(text: str) -> tuple[date, int] | None:
    """Where the last page ended, as `2026-11-20.17`."""
    on, _dot, last = text.partition(".")
    if not (last.isascii() and last.isdigit() and len(last) < 19):
        return None
    try:
        return date.fromisoformat(on), int(last)
    except ValueError:
        return None
