"""The long forms: a finding with its sources, an outcome, a contribution."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tipstaff.cases import words
from tipstaff.cases.forms.case import choices, day_field, text_field
from tipstaff.cases.queries.rows import ContributionRow, FindingRow, OutcomeRow, SourceRow
from tipstaff.cases.texts import ContributionText, OutcomeText, SourceText
from tipstaff.footing.toml.currencies import CURRENCIES
from tipstaff.kernel.money import Money
from tipstaff.offers.forms import AmountField

SOURCES = 5  # places for sources on the form; a finding with more was stated in two


class _Correctable(forms.Form):
    """A form that states something anew, or corrects row `seen` and says why."""

    def __init__(self, seen: int = 0, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=(initial or {}) | {"seen": seen})
        if seen:
            self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
            self.fields["why"] = text_field(_("What was wrong, in a sentence"), required=False)


class FindingForm(_Correctable):
    """The statement of a finding."""

    statement = text_field(
        _("What you found"), rows=5, required=False, hint=_("In your own words; never a tip’s own text.")
    )

    @staticmethod
    def of(row: FindingRow) -> dict[str, Any]:
        """What the form begins with when `row` is corrected."""
        return {"statement": row.statement}


class SourceForm(forms.Form):
    """One source of a finding; a form that was left empty is no source."""

    kind = forms.ChoiceField(label=_("Kind"), choices=choices(words.SOURCES, "–"), required=False)
    reference = text_field(_("Its reference"), required=False)
    reliability = forms.ChoiceField(
        label=_("Reliability of the source"), choices=choices(words.RELIABILITIES, "–"), required=False
    )
    credibility = forms.ChoiceField(
        label=_("Credibility of what it says"), choices=choices(words.CREDIBILITIES, "–"), required=False
    )
    says = text_field(_("What it says, in your own words, and where"), rows=2, required=False)
    day = day_field(_("Day of the source"), required=False)

    def clean(self) -> dict[str, Any]:
        """A source that is named has its day; the rules say what else is missing."""
        told = super().clean() or {}
        if self.has_changed() and not told.get("day") and "day" not in self.errors:
            self.add_error("day", _("Give the day of this source."))
        return told

    def source(self) -> SourceText:
        """What was typed. Only of a form that is valid and was filled in."""
        return SourceText(**self.cleaned_data)


def source_forms(data: Any = None, rows: Sequence[SourceRow] = ()) -> list[SourceForm]:
    """Places for sources, the first of them filled with `rows`."""
    forms_ = []
    for place in range(max(SOURCES, len(rows) + 1)):
        initial = (
            {name: getattr(rows[place], name) for name in SourceForm.base_fields} if place < len(rows) else {}
        )
        form = SourceForm(data, prefix=f"source-{place}", initial=initial if data is None else None)
        form.empty_permitted = True
        form.use_required_attribute = False
        forms_.append(form)
    return forms_


def sources_from(filled: Sequence[SourceForm]) -> list[SourceText] | None:
    """The sources that were typed, or None when one of them has a fault to be shown."""
    valid = [form.is_valid() for form in filled]
    if not all(valid):
        return None
    return [form.source() for form in filled if form.has_changed()]


class OutcomeForm(_Correctable):
    """An outcome."""

    kind = forms.ChoiceField(label=_("Kind"), choices=choices(words.KINDS, "–"))
    day = day_field(_("Day it happened"))
    country = forms.CharField(
        label=_("Country"), max_length=2, help_text=_("Its two letters, such as CO, PA or US.")
    )
    scope = forms.ChoiceField(label=_("Scope"), choices=choices(words.SCOPES, "–"))
    subject_kind = forms.ChoiceField(label=_("Who or what it is about"), choices=choices(words.SUBJECTS, "–"))
    subject = text_field(
        _("Name"), required=False, hint=_("Never a migrant, a victim, a witness or a source.")
    )
    role = forms.ChoiceField(label=_("Part in the enterprise"), choices=choices(words.ROLES, "–"))
    suspicion = text_field(
        _("Of a person: why the suspicion is reasonable"), rows=3, required=False, hint="28 CFR 23.20"
    )
    review_on = day_field(_("Of a person: the day this is reviewed"), required=False)
    designation = forms.ChoiceField(
        label=_("Designated, on that day, as"),
        choices=choices(words.DESIGNATIONS, _("Nothing")),
        required=False,
    )
    paragraph = forms.ChoiceField(
        label=_("Paragraph of 22 U.S.C. 2708(b)"),
        choices=[("", "–"), *((f"b{n}", f"(b)({n})") for n in range(1, 15))],
        required=False,
    )
    crime_class = forms.CharField(
        label=_("Class of crime, where the rule sheet pays by class"),
        max_length=40,
        required=False,
        help_text=_("As the sheet lists it, such as property."),
    )
    charge = text_field(_("Charge"), required=False)
    court = text_field(_("Court and its reference"), required=False)
    amount = AmountField(label=_("Amount, if there is one"), required=False)
    currency = forms.CharField(label=_("Currency"), max_length=3, required=False, help_text="USD, COP, EUR")
    outside_us = forms.BooleanField(
        label=_("The conduct was primarily outside the United States"), required=False
    )
    key_leader = forms.BooleanField(label=_("The person held a key leadership position"), required=False)
    federal_jurisdiction = forms.BooleanField(
        label=_("There is federal criminal jurisdiction over the matter"), required=False
    )
    death_resulted = forms.BooleanField(label=_("Death resulted from the conduct"), required=False)

    def clean(self) -> dict[str, Any]:
        """An amount has a currency of hundredths, and the other way round."""
        told = super().clean() or {}
        told["country"] = str(told.get("country") or "").upper()
        currency = str(told.get("currency") or "").upper()
        told["currency"] = currency
        if told.get("amount") and currency not in CURRENCIES:
            self.add_error("currency", _("Give the currency’s three letters, such as USD."))
        return told

    def text(self) -> OutcomeText:
        """What was typed. Only of a valid form."""
        told = dict(self.cleaned_data)
        currency, minor = told.pop("currency"), told.pop("amount")
        told.pop("seen", None)
        told.pop("why", None)
        return OutcomeText(amount=Money(minor, currency) if minor else None, **told)

    @staticmethod
    def of(row: OutcomeRow) -> dict[str, Any]:
        """What the form begins with when `row` is corrected."""
        begun = {
            name: getattr(row, name) for name in OutcomeForm.base_fields if name not in ("amount", "currency")
        }
        if row.amount:
            begun |= {"amount": row.amount.whole, "currency": row.amount.currency}
        return begun


class ContributionForm(_Correctable):
    """A contribution: which tip, by which finding, gave what to which outcome."""

    tip = forms.CharField(
        label=_("Tip"), max_length=40, help_text=_("Its reference; the finding must cite it.")
    )
    finding = forms.CharField(label=_("Finding"), max_length=24)
    outcome = forms.CharField(label=_("Outcome"), max_length=24)
    how_used = text_field(
        _("How it was used"), rows=4, required=False, hint=_("In your own words; never a tip’s own text.")
    )
    used_on = day_field(_("Day it was first used"))
    known = forms.ChoiceField(label=_("Was it known already?"), choices=choices(words.KNOWN, "–"))
    known_since = day_field(_("If so: known since"), required=False)
    known_from = text_field(_("If so: known from"), required=False)
    corroboration = text_field(_("What corroborates it"), rows=3, required=False)
    evidence = text_field(_("Reference of the evidence"), required=False)

    def offered(
        self, findings: Sequence[Any], outcomes: Sequence[Any], tips: Sequence[str]
    ) -> "ContributionForm":
        """Offer what stands in the case for the three that are joined; what was typed stays possible."""
        for name, refs in (
            ("tip", [(ref, ref) for ref in tips]),
            ("finding", [(row.ref, f"F-{row.place} {row.statement[:60]}") for row in findings]),
            (
                "outcome",
                [(row.ref, f"O-{row.place} {words.KINDS[row.kind]}: {row.subject}") for row in outcomes],
            ),
        ):
            before = str((self.data if self.is_bound else self.initial).get(name) or "")
            known = [*refs, *([(before, before)] if before and before not in dict(refs) else [])]
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, choices=known)
        return self

    def text(self) -> ContributionText:
        """What was typed. Only of a valid form."""
        told = {name: self.cleaned_data[name] for name in ContributionForm.base_fields}
        return ContributionText(**told)

    @staticmethod
    def of(row: ContributionRow) -> dict[str, Any]:
        """What the form begins with when `row` is corrected."""
        return {name: getattr(row, name) for name in ContributionForm.base_fields}
