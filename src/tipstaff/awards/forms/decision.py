"""A decision as it is typed: an amount for each source, their total, and why."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from tipstaff.awards.forms.nomination import amount_field
from tipstaff.awards.policy.nomination import LONGEST_REASON
from tipstaff.awards.queries.award import AwardPage
from tipstaff.kernel.money import Money

KINDS = ("approve", "change", "deny")


class DecisionForm(forms.Form):
    """Amounts start from what was recommended. Which of the three buttons was pressed is `kind`."""

    reason = forms.CharField(
        label=_("Reason; it stands in the file for good"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    exceeding = forms.CharField(
        label=_("Why the law’s ceiling has to be passed, if it has; the Secretary’s own determination"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, award: AwardPage, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.award = award
        for share in award.shares:
            label = _("For source %(number)s, in %(currency)s") % {
                "number": share.number,
                "currency": award.currency,
            }
            self.fields[f"amount.{share.number}"] = amount_field(label, share.recommended)
        self.fields["total"] = amount_field(
            _("In all, in %(currency)s") % {"currency": award.currency}, award.recommended
        )

    @property
    def kind(self) -> str:
        """The button that was pressed; without one, that of the amounts as they were typed."""
        return next((kind for kind in KINDS if kind in self.data), "change")

    def amounts(self) -> Iterator[BoundField]:
        """The amounts and their total."""
        for share in self.award.shares:
            yield self[f"amount.{share.number}"]
        yield self["total"]

    def decided(self) -> dict[str, Money]:
        """The amounts by source number; who is left empty gets nothing. Only for a valid form."""
        typed = {share.number: self.cleaned_data[f"amount.{share.number}"] for share in self.award.shares}
        return {number: Money(minor, self.award.currency) for number, minor in typed.items() if minor}

    def total(self) -> Money:
        """The total as it was typed."""
        return Money(self.cleaned_data["total"] or 0, self.award.currency)
