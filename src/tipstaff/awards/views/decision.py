"""The decider's page: one summary, an amount for each source, a reason, three buttons."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tipstaff.awards import words
from tipstaff.awards.actions import deciding
from tipstaff.awards.forms.decision import DecisionForm
from tipstaff.awards.queries.decision import DecisionPage, decision_page
from tipstaff.footing.templatetags.marks import reasons
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refused
from tipstaff.people.http import OfficerRequest


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def decide(request: OfficerRequest, ref: str) -> HttpResponse:
    """Decide, with a proof of who this is that is not older than five minutes."""
    shown = decision_page(request.actor, ref, day(timezone.now()))
    if request.method != "POST":
        return _page(request, shown, DecisionForm(shown.award))
    form = DecisionForm(shown.award, request.POST)
    if not form.is_valid():
        return _page(request, shown, form, status=422)
    try:
        _decided(request, ref, form)
    except Refused as refused:
        return _page(request, shown, form, reasons(refused), 409)
    return redirect("awards:award", ref=ref)


def _decided(request: OfficerRequest, ref: str, form: DecisionForm) -> None:
    kind, reason = form.kind, form.cleaned_data["reason"]
    actor, now = request.actor, timezone.now()
    if kind == "approve":
        deciding.approve_award(ref=ref, reason=reason, actor=actor, now=now)
    elif kind == "deny":
        deciding.deny_award(ref=ref, reason=reason, actor=actor, now=now)
    else:
        deciding.change_award(
            ref=ref,
            amounts=form.decided(),
            total=form.total(),
            reason=reason,
            exceeding=form.cleaned_data["exceeding"],
            actor=actor,
            now=now,
        )


def _page(
    request: OfficerRequest,
    shown: DecisionPage,
    form: DecisionForm,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"award": shown.award, "deciding": shown, "form": form, "refused": refused or []}
    return render(request, "awards/decide.html", words.page() | context, status=status)
