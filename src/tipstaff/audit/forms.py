"""The shape of what an auditor types: a filter, and a head noted earlier."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tipstaff.audit.models import REF_LENGTH, VERB_LENGTH
from tipstaff.audit.queries import Sought
from tipstaff.audit.verification import Noted


class SoughtForm(forms.Form):
    """The filter over the records, from the page's address."""

    actor = forms.CharField(label=_("By whom"), required=False, max_length=REF_LENGTH)
    verb = forms.CharField(label=_("Act"), required=False, max_length=VERB_LENGTH)
    subject = forms.CharField(label=_("To what"), required=False, max_length=REF_LENGTH)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def sought(self) -> Sought:
        """The filter; a field that makes no sense filters nothing."""
        self.is_valid()
        given = self.cleaned_data
        texts = {name: str(given.get(name) or "").strip() for name in ("actor", "verb", "subject")}
        return Sought(**texts, before=given.get("before"))


class NotedForm(forms.Form):
    """A head that was noted outside this office: how many records, and the root's 64 hexadecimal digits."""

    size = forms.IntegerField(label=_("Number of records"), required=False, min_value=1, max_value=2**63 - 1)
    root = forms.RegexField(
        r"^\s*[0-9A-Fa-f]{64}\s*$",
        label=_("Root"),
        required=False,
        error_messages={"invalid": _("A root has 64 digits, 0 to 9 and a to f.")},
    )

    def clean(self) -> dict[str, object]:
        """Both, or neither."""
        given = super().clean() or {}
        if not self.errors and bool(given.get("size")) != bool(given.get("root")):
            raise forms.ValidationError(_("Give the number of records and the root, or neither."))
        return given

    def noted(self) -> Noted | None:
        """What was noted, after a valid `is_valid()`; None when nothing was given."""
        size, root = self.cleaned_data.get("size"), str(self.cleaned_data.get("root") or "")
        return Noted(int(size), root.strip().lower()) if size else None
