"""Reading what a clerk or a member typed. Whether it may be done is asked by the verb; here is only what it means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tipstaff.awards.committee_words import CHOICES
from tipstaff.awards.policy.committee import LONGEST_REASON, LONGEST_TITLE
from tipstaff.awards.policy.scoring import LEVELS, LONGEST_SENTENCE, Mark, Marks
from tipstaff.awards.states import Choice
from tipstaff.footing.templatetags.marks import said
from tipstaff.kernel.decision import Refusal
from tipstaff.kernel.money import Money
from tipstaff.offers.forms import LONGEST_AMOUNT, AmountField
from tipstaff.rulebook.sheet import Factor

MISSING = "awards.committee.score-missing"


class ShareField(AmountField):
    """An amount as `AmountField` reads it, where nothing is an amount too."""

    def to_python(self, value: Any) -> Any:
        if str(value or "").strip() in {"0", "0.00"}:
            return 0
        return super().to_python(value)


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(max_length=LONGEST_REASON, required=False, strip=True)


class DocketForm(forms.Form):
    """Which award is put on the docket."""

    award = forms.CharField(max_length=40)


class ConveneForm(forms.Form):
    """A meeting to be called; `members` are those who have a vote in the compartment."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    held_on = forms.DateField(
        label=_("Day of the meeting (UTC)"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    members = forms.MultipleChoiceField(
        label=_("Members to be called"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, members: Sequence[tuple[str, str]], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["members"].choices = list(members)  # type: ignore[attr-defined]  # the stubs know the base class alone


class DeclareForm(forms.Form):
    """A conflict or none, and what it is."""

    answer = forms.ChoiceField(
        label=_("Your declaration"),
        choices=[
            ("none", _("I have no conflict: open the packet")),
            ("conflict", _("I have a conflict: close this item to me for good")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("If there is one: what is it?"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class VoteForm(forms.Form):
    """A vote on the motion that the page showed, with its reason."""

    motion = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label=_("Your vote"),
        choices=[(each.value, CHOICES[each]) for each in Choice],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Your reason"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MotionForm(forms.Form):
    """A motion: to recommend a total, split by source, or to decline. It begins with what was requested."""

    kind = forms.ChoiceField(
        label=_("The motion"),
        choices=[("recommend", _("To recommend a reward")), ("decline", _("To decline a reward"))],
        widget=forms.RadioSelect,
    )

    def __init__(
        self, requested: Mapping[str, Money], currency: str, data: Mapping[str, Any] | None = None
    ) -> None:
        total = Money(sum(amount.minor for amount in requested.values()), currency)
        first: dict[str, Any] = {"kind": "recommend", "total": total.whole}
        first |= {f"amount.{number}": amount.whole for number, amount in requested.items()}
        super().__init__(data, initial=first)
        self.currency = currency
        self.numbers = tuple(requested)
        label = _("Total, in %(currency)s") % {"currency": currency}
        self.fields["total"] = AmountField(label=label, required=False, widget=_figures())
        for number in self.numbers:
            share = _("For source %(number)s, in %(currency)s") % {"number": number, "currency": currency}
            self.fields[f"amount.{number}"] = ShareField(label=share, required=False, widget=_figures())
        self.fields["text"] = forms.CharField(
            label=_("The motion in words"),
            max_length=LONGEST_REASON,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def shares(self) -> list[BoundField]:
        """The fields of the sources' amounts, in the order of their numbers."""
        return [self[f"amount.{number}"] for number in self.numbers]

    @property
    def recommends(self) -> bool:
        """Whether the motion is to recommend. Only for a valid form."""
        return bool(self.cleaned_data["kind"] == "recommend")

    def total(self) -> Money | None:
        """The total, where one was typed. A motion to decline has none, whatever stands in the fields."""
        minor = self.cleaned_data["total"]
        return Money(minor, self.currency) if self.recommends and minor is not None else None

    def amounts(self) -> dict[str, Money]:
        """The amount for each source that has one."""
        typed = {number: self.cleaned_data[f"amount.{number}"] for number in self.numbers}
        return {
            number: Money(minor, self.currency)
            for number, minor in typed.items()
            if self.recommends and minor is not None
        }


@dataclass(frozen=True, slots=True)
class FactorFields:
    """One factor of one source: its heading, its five levels and its sentence."""

    title: str
    weight: int
    level: BoundField
    because: BoundField


@dataclass(frozen=True, slots=True)
class SourceFields:
    """All factors of one source."""

    number: str
    factors: tuple[FactorFields, ...]


class ScoreForm(forms.Form):
    """A member's scores: for each source and factor a level from 0 to 4, with what it means, and one sentence."""

    def __init__(
        self,
        factors: Sequence[Factor],
        numbers: Sequence[str],
        marks: Marks,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data)
        self.factors, self.numbers = tuple(factors), tuple(numbers)
        language = get_language() or "en"
        for number in numbers:
            for factor in factors:
                mark = marks.get(number, {}).get(factor.code, Mark(None, ""))
                self.fields[f"level.{number}.{factor.code}"] = forms.TypedChoiceField(
                    choices=[
                        (level, f"{level}: {said(dict(factor.levels[level]), language)}") for level in LEVELS
                    ],
                    coerce=int,
                    empty_value=None,
                    required=False,
                    initial=mark.level,
                    widget=forms.RadioSelect,
                )
                self.fields[f"because.{number}.{factor.code}"] = forms.CharField(
                    max_length=LONGEST_SENTENCE, required=False, initial=mark.because
                )

    def sources(self) -> Iterator[SourceFields]:
        """The fields as the page shows them."""
        language = get_language() or "en"
        for number in self.numbers:
            rows = (
                FactorFields(
                    said(dict(factor.title), language),
                    factor.weight,
                    self[f"level.{number}.{factor.code}"],
                    self[f"because.{number}.{factor.code}"],
                )
                for factor in self.factors
            )
            yield SourceFields(number, tuple(rows))

    def marks(self) -> Marks:
        """What was typed. Only for a valid form."""
        typed = self.cleaned_data
        return {
            number: {
                factor.code: Mark(
                    typed[f"level.{number}.{factor.code}"], typed[f"because.{number}.{factor.code}"]
                )
                for factor in self.factors
            }
            for number in self.numbers
        }

    def place(self, refusals: Sequence[Refusal]) -> list[Refusal]:
        """Put what is missing beside its field; what belongs to no field comes back."""
        for refusal in refusals:
            if refusal.rule == MISSING:
                name = f"because.{refusal.facts['number']}.{refusal.facts['factor']}"
                self.add_error(name, str(_("Give a level and one sentence.")))
        return [refusal for refusal in refusals if refusal.rule != MISSING]


def _figures() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "decimal", "maxlength": LONGEST_AMOUNT})
