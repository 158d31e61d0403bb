"""Nominating: choose an outcome, fill in the worksheet, change a draft."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tipstaff.awards import words
from tipstaff.awards.actions import nominating
from tipstaff.awards.forms.nomination import NominationForm
from tipstaff.awards.queries.forms import (
    NominationSheet,
    drafted_nomination,
    new_nomination,
    outcomes_to_nominate,
)
from tipstaff.cases import words as case_words
from tipstaff.footing.templatetags.marks import reasons
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import NotVisible
from tipstaff.people.http import OfficerRequest

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def choose(request: OfficerRequest) -> HttpResponse:
    """The confirmed outcomes that somebody may be rewarded for."""
    found = outcomes_to_nominate(request.actor)
    return render(request, "awards/choose.html", case_words.page() | {"outcomes": found})


@require_http_methods(METHODS)
def begin(request: OfficerRequest, outcome: str) -> HttpResponse:
    """A new nomination from an outcome."""
    sheet = new_nomination(request.actor, outcome)
    if request.method != "POST":
        return _page(request, sheet, NominationForm(sheet))
    return _keep(request, sheet)


@require_http_methods(METHODS)
def change(request: OfficerRequest, ref: str) -> HttpResponse:
    """State a draft anew."""
    sheet = drafted_nomination(request.actor, ref)
    if request.method != "POST":
        return _page(request, sheet, NominationForm(sheet))
    return _keep(request, sheet)


def _keep(request: OfficerRequest, sheet: NominationSheet) -> HttpResponse:
    """Draft or change; what was typed stays on the page when it is refused."""
    form = NominationForm(sheet, request.POST)
    if not form.is_valid():
        return _page(request, sheet, form, status=422)
    actor, now, text = request.actor, timezone.now(), form.text()
    try:
        if sheet.ref:
            kept = nominating.change_nomination(ref=sheet.ref, text=text, actor=actor, now=now)
        else:
            kept = nominating.draft_nomination(outcome=sheet.outcome, text=text, actor=actor, now=now)
    except Refused as refused:
        return _page(request, sheet, form, reasons(refused), 409)
    except NotVisible:
        form.add_error("offer", form.no_such_offer)
        return _page(request, sheet, form, status=422)
    return redirect("awards:award", ref=kept.ref)


def _page(
    request: OfficerRequest,
    sheet: NominationSheet,
    form: NominationForm,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "sheet": sheet,
        "form": form,
        "refused": refused or [],
        "kinds": case_words.KINDS,
        "known": case_words.KNOWN,
    }
    return render(request, "awards/nomination.html", words.page() | context, status=status)
