"""One finding, one outcome, one contribution: what holds, what held before, and a second officer's word."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tipstaff.cases import actions, forms, queries, words
from tipstaff.people.http import OfficerRequest


@require_safe
def finding(request: OfficerRequest, ref: str) -> HttpResponse:
    """A finding with its sources, what it contributed to, and its older rows."""
    context = {"sheet": queries.finding_page(request.actor, ref)}
    return render(request, "cases/finding.html", words.page() | context)


@require_safe
def outcome(request: OfficerRequest, ref: str) -> HttpResponse:
    """An outcome with what contributed to it, and its older rows."""
    context = {"sheet": queries.outcome_page(request.actor, ref)}
    return render(request, "cases/outcome.html", words.page() | context)


@require_safe
def contribution(request: OfficerRequest, ref: str) -> HttpResponse:
    """A contribution and its older rows."""
    context = {"sheet": queries.contribution_page(request.actor, ref)}
    return render(request, "cases/contribution.html", words.page() | context)


@require_POST
def confirm(request: OfficerRequest, ref: str) -> HttpResponse:
    """Confirm the row that the page showed."""
    form = forms.SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else 0
    actions.confirm_outcome(ref=ref, seen=seen, actor=request.actor, now=timezone.now())
    messages.success(request, _("The outcome is confirmed. It can be nominated now."))
    return redirect("cases:outcome", ref=ref)
