"""The rule sheets' pages at the desk: read, one query or one verb, answer.

NotVisible, NotAllowed, MoveNotInTable and Refused become 404, 403 and 409 pages in the desk's own middleware.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tipstaff.kernel.decision import Refused
from tipstaff.people.http import OfficerRequest
from tipstaff.rulebook import actions, queries
from tipstaff.rulebook.forms import ReasonForm, SeenForm
from tipstaff.rulebook.policy import RULES
from tipstaff.rulebook.states import SheetState


@require_safe
def sheets(request: OfficerRequest) -> HttpResponse:
    """Every sheet that the officer may see."""
    return render(request, "rulebook/sheets.html", {"sheets": list(queries.sheets_list(request.actor))})


@require_safe
def sheet(request: OfficerRequest, ref: str) -> HttpResponse:
    """One sheet, to be read by whoever signs it or decides under it."""
    return _page(request, ref, {}, 200)


@require_POST
def approve(request: OfficerRequest, ref: str) -> HttpResponse:
    """Approve the text that the page showed, as one of two."""
    form = SeenForm(request.POST)
    seen = form.cleaned_data["digest"] if form.is_valid() else ""
    approved = actions.approve_sheet(ref=ref, digest=seen, actor=request.actor, now=timezone.now())
    if approved.state == SheetState.SECONDED:
        messages.success(request, _("The sheet is approved once. Another officer approves it too."))
    else:
        messages.success(
            request, _("The sheet is approved twice. Offers published from its day on carry it.")
        )
    return redirect("rulebook:sheet", ref=ref)


@require_POST
def send_back(request: OfficerRequest, ref: str) -> HttpResponse:
    """Return a sheet that is not in force yet. What was typed stays on the page when it is refused."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"].strip() if form.is_valid() else request.POST.get("reason", "")
    try:
        actions.return_sheet(ref=ref, reason=reason, actor=request.actor, now=timezone.now())
    except Refused as refused:
        return _page(request, ref, {"refused": refused.refusals, "typed": reason}, 409)
    messages.success(request, _("The sheet is returned, with your reason in its history."))
    return redirect("rulebook:sheet", ref=ref)


def _page(request: OfficerRequest, ref: str, more: dict[str, object], status: int) -> HttpResponse:
    page = queries.sheet_page(request.actor, ref)
    applying = [(rule, rule.applies(page.sheet)) for rule in RULES]
    return render(
        request,
        "rulebook/sheet.html",
        {"page": page, "sheet": page.sheet, "rules": applying} | more,
        status=status,
    )
