"""Reading what an officer typed: a draft's texts and amounts, and which version was read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from tipstaff.kernel.money import Money
from tipstaff.offers.preview import language_name
from tipstaff.offers.text import OfferText

LONGEST_AMOUNT = 24
_AMOUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)(?:\.([0-9]{2}))?")
_TEXTS = (
    ("title", _("Title"), 140, 1),
    ("summary", _("Summary"), 600, 3),
    ("wording", _("Published wording"), 4000, 4),
)


class AmountField(forms.CharField):
    """An amount in whole units, `2,000,000` or `2000000.50`; gives minor units."""

    def to_python(self, value: Any) -> Any:
        typed = (super().to_python(value) or "").strip()
        if not typed:
            return None
        match = _AMOUNT.fullmatch(typed) if len(typed) <= LONGEST_AMOUNT else None
        minor = int(match[1].replace(",", "")) * 100 + int(match[2] or 0) if match else 0
        if not 0 < minor < 10**15:
            raise forms.ValidationError(_("Write an amount in figures, such as 2,000,000 or 500.50."))
        return minor


class SeenForm(forms.Form):
    """Which version the officer has read."""

    version = forms.IntegerField(min_value=1)


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that stand together on the page, under one heading."""

    heading: str
    fields: tuple[BoundField, ...]


class DraftForm(forms.Form):
    """The words, caps and last day of a draft. Conditions and channels stay as many as they are."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, text: OfferText, *, amends: bool, revision: int, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={"revision": revision})
        self.text = text
        self.amends = amends
        self.fields["cap"] = _amount_field(
            _("Up to, in %(currency)s") % {"currency": text.cap.currency}, text.cap
        )
        self.fields["expires"] = forms.DateField(
            label=_("Last day (UTC), if there is one"),
            required=False,
            initial=text.expires,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
        for language in text.languages:
            self._add_texts(language)
        for number, condition in enumerate(text.conditions, 1):
            label = _("Up to, in %(currency)s, for this condition alone") % {
                "currency": condition.cap.currency
            }
            self.fields[f"condition.{number}.cap"] = _amount_field(label, condition.cap)
            self.fields[f"condition.{number}.region"] = forms.CharField(
                label=_("Region"), max_length=80, initial=condition.region
            )
            for language in text.languages:
                for name, heading, texts in (
                    ("target", _("Target (%(language)s)"), condition.target),
                    ("conduct", _("Conduct (%(language)s)"), condition.conduct),
                ):
                    field = _text_field(
                        heading % {"language": language_name(language)}, texts.get(language, ""), 600, 2
                    )
                    self.fields[f"condition.{number}.{name}.{language}"] = field

    def groups(self) -> Iterator[FieldGroup]:
        """The fields as the page shows them: the offer, each language, each condition."""
        yield FieldGroup(str(_("Offer")), (self["cap"], self["expires"]))
        for language in self.text.languages:
            fields = tuple(
                self[name]
                for name in self.fields
                if name.startswith("text.") and name.endswith(f".{language}")
            )
            yield FieldGroup(str(_("Texts in %(language)s") % {"language": language_name(language)}), fields)
        for number in range(1, len(self.text.conditions) + 1):
            fields = tuple(self[name] for name in self.fields if name.startswith(f"condition.{number}."))
            yield FieldGroup(str(_("Condition %(number)s") % {"number": number}), fields)

    def edited(self) -> OfferText:
        """The text with what was typed in place of what was there. Only for a valid form."""
        typed = self.cleaned_data
        text = self.text
        conditions = tuple(
            replace(
                condition,
                cap=Money(typed[f"condition.{number}.cap"], condition.cap.currency),
                region=typed[f"condition.{number}.region"],
                target=self._texts(f"condition.{number}.target"),
                conduct=self._texts(f"condition.{number}.conduct"),
            )
            for number, condition in enumerate(text.conditions, 1)
        )
        expires: date | None = typed["expires"]
        return replace(
            text,
            title=self._texts("text.title"),
            summary=self._texts("text.summary"),
            wording=self._texts("text.wording"),
            change=self._texts("text.change") if self.amends else {},
            cap=Money(typed["cap"], text.cap.currency),
            expires=expires,
            conditions=conditions,
        )

    def _add_texts(self, language: str) -> None:
        for name, label, longest, rows in _TEXTS:
            texts = getattr(self.text, name)
            self.fields[f"text.{name}.{language}"] = _text_field(
                label, texts.get(language, ""), longest, rows
            )
        if self.amends:
            label = _("What changes, in one sentence; the public history shows it")
            self.fields[f"text.change.{language}"] = _text_field(
                label, self.text.change.get(language, ""), 300, 2
            )

    def _texts(self, name: str) -> dict[str, str]:
        return {language: self.cleaned_data[f"{name}.{language}"] for language in self.text.languages}


def _amount_field(label: Any, amount: Money) -> AmountField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": LONGEST_AMOUNT})
    return AmountField(label=label, initial=amount.whole, widget=widget)


def _text_field(label: Any, initial: str, longest: int, rows: int) -> forms.CharField:
    # A draft may be kept half written; what is missing is refused when it is proposed.
    widget = forms.TextInput() if rows == 1 else forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, initial=initial, max_length=longest, required=False, widget=widget)
