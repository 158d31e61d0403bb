"""The delegations: who lends the power to decide to whom, and who confirms it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tipstaff.awards import words
from tipstaff.awards.actions import delegating
from tipstaff.awards.forms.delegation import DelegationForm
from tipstaff.awards.queries.forms import GIVE, DelegationList, delegations
from tipstaff.footing.templatetags.marks import reasons
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import NotAllowed
from tipstaff.people.http import OfficerRequest


@require_http_methods(["GET", "HEAD", "POST"])
def lent(request: OfficerRequest) -> HttpResponse:
    """Every delegation, and the form for another one. What was typed stays on the page when it is refused."""
    found = delegations(request.actor, day(timezone.now()))
    if request.method != "POST":
        return _page(request, found, DelegationForm(found))
    if not found.lends_in:
        raise NotAllowed(GIVE)
    form = DelegationForm(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        delegating.give_delegation(**form.stated(), actor=request.actor, now=timezone.now())
    except Refused as refused:
        return _page(request, found, form, reasons(refused), 409)
    return redirect("awards:delegations")


@require_POST
def confirm(request: OfficerRequest, ref: str) -> HttpResponse:
    """Confirm one."""
    delegating.confirm_delegation(ref=ref, actor=request.actor, now=timezone.now())
    return redirect("awards:delegations")


@require_POST
def end(request: OfficerRequest, ref: str) -> HttpResponse:
    """End one."""
    delegating.end_delegation(ref=ref, actor=request.actor, now=timezone.now())
    return redirect("awards:delegations")


def _page(
    request: OfficerRequest,
    found: DelegationList,
    form: DelegationForm,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"found": found, "form": form, "refused": refused or []}
    return render(request, "awards/delegations.html", words.page() | context, status=status)
