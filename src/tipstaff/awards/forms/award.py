"""The small forms of an award's page: a reason, a reference, a plan."""

from collections.abc import Mapping
from typing import Any

from django import forms

from tipstaff.awards.policy.concurrence import LONGEST_REFERENCE
from tipstaff.awards.policy.finishing import LONGEST_PLAN
from tipstaff.awards.policy.nomination import LONGEST_REASON

PREFIX = "vault."


class NothingForm(forms.Form):
    """A button and nothing else."""


class ReasonForm(forms.Form):
    """Why. What is missing, the rule says."""

    reason = forms.CharField(max_length=LONGEST_REASON, required=False)


class NominateForm(forms.Form):
    """What a nomination vouches for."""

    payers_asked = forms.BooleanField(required=False)


class ReferenceForm(forms.Form):
    """A letter's reference."""

    reference = forms.CharField(max_length=LONGEST_REFERENCE, required=False)


class ObjectionForm(ReferenceForm):
    """A letter's reference, and why."""

    reason = forms.CharField(max_length=LONGEST_REASON, required=False)


class PlanForm(forms.Form):
    """A plan of protection, or why none is needed; references of the vault by source number as `vault.1`."""

    needed = forms.BooleanField(required=False)
    plan = forms.CharField(max_length=LONGEST_PLAN, required=False)

    def clean(self) -> dict[str, Any]:
        """With the references that were typed, by source number, as `vaults`."""
        typed: Mapping[str, Any] = self.data
        named = {name: str(typed[name]).strip() for name in typed if name.startswith(PREFIX)}
        vaults = {name.removeprefix(PREFIX): ref for name, ref in named.items() if ref}
        return self.cleaned_data | {"vaults": vaults}
