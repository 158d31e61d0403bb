"""What is due, by whom; pausing it for good cause; and the receipts and reports that answer it."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tipstaff.awards import paper_words
from tipstaff.awards.actions import reporting
from tipstaff.awards.bars import bars
from tipstaff.awards.forms import papers as forms
from tipstaff.awards.queries.clocks import due_list
from tipstaff.awards.views.papers.award import shown
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.money import Money
from tipstaff.people.http import OfficerRequest

CURRENCY = "USD"  # the law's reports are in dollars


@require_safe
def due(request: OfficerRequest) -> HttpResponse:
    """Everything that is due, the overdue first, with the coming weeks as a picture and a table."""
    return _page(request)


@require_POST
def pause(request: OfficerRequest, number: int) -> HttpResponse:
    """Let the committee's days stand still."""
    form = forms.PauseForm(request.POST)
    said = _("The days stand still from today.")
    return _act(request, number, "pause", form, reporting.pause_clock, said)


@require_POST
def resume(request: OfficerRequest, number: int) -> HttpResponse:
    """Let the days go on."""
    said = _("The days run again, and the day they lead to has moved.")
    return _act(request, number, "resume", django_forms.Form(request.POST), reporting.resume_clock, said)


@require_POST
def file(request: OfficerRequest, number: int) -> HttpResponse:
    """File the report that a clock asks for."""
    form = forms.FileForm(request.POST)
    if form.is_valid() and form.cleaned_data["publicity"] is not None:
        form.cleaned_data["publicity"] = Money(form.cleaned_data["publicity"], CURRENCY)
    return _act(request, number, "file", form, reporting.file_report, _("The report is filed."))


@require_POST
def hold_receipt(request: OfficerRequest, ref: str) -> HttpResponse:
    """Write down where the receipt is kept."""
    form = forms.ReceiptForm(request.POST)
    return _on_award(request, ref, "receipt", form, reporting.hold_receipt, _("The receipt is held."))


@require_POST
def report(request: OfficerRequest, ref: str) -> HttpResponse:
    """Report the payment."""
    form = forms.ReportForm(request.POST)
    return _on_award(request, ref, "report", form, reporting.report_payment, _("The payment is reported."))


def _act(
    request: OfficerRequest,
    number: int,
    where: str,
    form: django_forms.Form,
    act: Callable[..., object],
    said: str,
) -> HttpResponse:
    """Do one verb with a clock; a refusal is shown at its form, with what was typed."""
    bound: Mapping[str, Any] = {"at": number, "where": where, "bound": form}
    if not form.is_valid():
        return _page(request, bound, 422)
    try:
        act(clock=number, **form.cleaned_data, actor=request.actor, now=timezone.now())
    except Refused as refused:
        return _page(request, {**bound, "refused": refused.refusals}, 409)
    messages.success(request, said)
    return redirect("awards:due")


def _on_award(
    request: OfficerRequest,
    ref: str,
    where: str,
    form: django_forms.Form,
    act: Callable[..., object],
    said: str,
) -> HttpResponse:
    if not form.is_valid():
        return shown(request, ref, {"where": where, "bound": form}, 422)
    try:
        act(ref=ref, **form.cleaned_data, actor=request.actor, now=timezone.now())
    except Refused as refused:
        return shown(request, ref, {"where": where, "bound": form, "refused": refused.refusals}, 409)
    messages.success(request, said)
    return redirect("awards:papers", ref=ref)


def _page(
    request: OfficerRequest, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    found = due_list(request.actor, day(timezone.now()))
    colours = ["bar-waiting", *["bar-confirmed"] * (len(found.weeks) - 1)]
    given = paper_words.page() | {
        "due": found,
        "chart": bars([week.count for week in found.weeks], colours),
        "pause_form": forms.PauseForm(),
        "file_form": forms.FileForm(),
    }
    return render(request, "awards/papers/due.html", given | dict(context or {}), status=status)
