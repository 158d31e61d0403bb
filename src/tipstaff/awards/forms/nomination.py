"""A nomination's worksheet: the offer and its condition, the form, the reason, and an amount for each source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from tipstaff.awards.policy.nomination import LONGEST_CASE
from tipstaff.awards.queries.forms import Given, NominationSheet
from tipstaff.awards.texts import NominationText, ShareText
from tipstaff.awards.words import FORMS
from tipstaff.kernel.money import Money
from tipstaff.offers.forms import LONGEST_AMOUNT, AmountField

HEAD = ("offer", "offer_version", "condition", "agency", "form", "reason")


@dataclass(frozen=True, slots=True)
class ShareFields:
    """One source on the worksheet: what it gave, and what is asked for it."""

    given: Given
    fields: tuple[BoundField, ...]


class NominationForm(forms.Form):
    """A nomination as it is typed. Amounts are in whole units of the offer's currency."""

    no_such_offer = _("No such version of this offer was ever public, or it is not yours to see.")
    offer = forms.CharField(label=_("Offer"), max_length=40)
    offer_version = forms.IntegerField(label=_("Version that was public when they told"), min_value=1)
    condition = forms.IntegerField(label=_("Condition of that version"), min_value=1)
    agency = forms.ChoiceField(label=_("Agency that nominates"))
    form = forms.ChoiceField(label=_("Paid in"), choices=list(FORMS.items()))
    reason = forms.CharField(
        label=_("Why this outcome deserves a reward"),
        max_length=LONGEST_CASE,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )

    def __init__(self, sheet: NominationSheet, data: Mapping[str, Any] | None = None) -> None:
        text = sheet.text
        initial = {
            name: getattr(text, name)
            for name in ("offer", "offer_version", "condition", "agency", "form", "reason")
        }
        super().__init__(data, initial=initial)
        self.sheet = sheet
        chosen: Any = self.fields["agency"]
        chosen.choices = sheet.agencies
        stated = {share.tip: share for share in text.shares}
        for given in sheet.given:
            self._add_share(given, stated.get(given.tip))

    def shares(self) -> Iterator[ShareFields]:
        """Each source with its fields."""
        for given in self.sheet.given:
            names = (f"{part}.{given.number}" for part in ("requested", "offset", "payer"))
            yield ShareFields(given, tuple(self[name] for name in names))

    def head(self) -> Iterator[BoundField]:
        """The fields that are about the whole nomination."""
        for name in HEAD:
            yield self[name]

    def text(self) -> NominationText:
        """What was typed. Only for a valid form; who is asked nothing for is not named."""
        typed, currency = self.cleaned_data, self.sheet.currency
        shares = [
            ShareText(
                tip=given.tip,
                requested=Money(typed[f"requested.{given.number}"], currency),
                offset=_money(typed[f"offset.{given.number}"], currency),
                offset_payer=typed[f"payer.{given.number}"],
            )
            for given in self.sheet.given
            if typed[f"requested.{given.number}"]
        ]
        return NominationText(
            offer=typed["offer"],
            offer_version=typed["offer_version"],
            condition=typed["condition"],
            agency=typed["agency"],
            form=typed["form"],
            reason=typed["reason"],
            shares=tuple(shares),
        )

    def _add_share(self, given: Given, share: ShareText | None) -> None:
        number, currency = given.number, self.sheet.currency
        self.fields[f"requested.{number}"] = amount_field(
            _("Asked for source %(number)s, in %(currency)s; empty: not nominated")
            % {"number": number, "currency": currency},
            share.requested if share else None,
        )
        self.fields[f"offset.{number}"] = amount_field(
            _("Paid to source %(number)s by another agency") % {"number": number},
            share.offset if share else None,
        )
        self.fields[f"payer.{number}"] = forms.CharField(
            label=_("Who paid source %(number)s") % {"number": number},
            max_length=200,
            required=False,
            initial=share.offset_payer if share else "",
        )


def amount_field(label: Any, amount: Money | None, *, required: bool = False) -> AmountField:
    """An amount in whole units."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": LONGEST_AMOUNT})
    return AmountField(
        label=label, initial=amount.whole if amount else None, widget=widget, required=required
    )


def _money(minor: int | None, currency: str) -> Money | None:
    return Money(minor, currency) if minor else None
