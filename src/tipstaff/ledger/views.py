"""The ledger's pages: read, one query or one verb, answer.

NotVisible, NotAllowed and Refused become 404, 403 and 409 pages in the desk's own middleware; a form that is refused
comes back as it was filled in.
"""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.money import Money
from tipstaff.ledger import actions, queries
from tipstaff.ledger.chart import chart
from tipstaff.ledger.forms import AppropriateForm, ReturnForm, SoughtForm
from tipstaff.ledger.policy import fiscal_year as year_of
from tipstaff.people.http import OfficerRequest


@require_safe
def books(request: OfficerRequest) -> HttpResponse:
    """Every book that the officer may see."""
    found = queries.books(request.actor)
    context = {"books": found, "may_appropriate": queries.may_appropriate(request.actor)}
    return render(request, "ledger/books.html", context)


@require_safe
def book(request: OfficerRequest, programme: str, fiscal_year: int) -> HttpResponse:
    """A programme's fiscal year: its figures as a chart and as a table."""
    page = queries.book_page(request.actor, programme, fiscal_year)
    context = {"book": page.figures, "page": page, "chart": chart(page.figures)}
    return render(request, "ledger/book.html", context)


@require_safe
def transfers(request: OfficerRequest, programme: str, fiscal_year: int) -> HttpResponse:
    """A book's transfers, the newest first, filtered by the address."""
    form = SoughtForm(request.GET)
    sought = form.sought()
    page = queries.transfers(request.actor, programme, fiscal_year, sought)
    kept = {"account": sought.account, "kind": sought.kind, "subject": sought.subject, "before": page.older}
    older = urlencode({name: value for name, value in kept.items() if value}) if page.older else ""
    context = {"book": page.figures, "page": page, "form": form, "sought": sought, "older": older}
    return render(request, "ledger/transfers.html", context)


@require_safe
def transfer(request: OfficerRequest, number: int) -> HttpResponse:
    """One transfer."""
    page = queries.transfer_page(request.actor, number)
    return render(request, "ledger/transfer.html", {"transfer": page.row, "may_correct": page.may_correct})


@require_http_methods(["GET", "HEAD", "POST"])
def appropriate(request: OfficerRequest) -> HttpResponse:
    """Take up money for a programme's fiscal year. What was typed stays on the page when it is refused."""
    compartments = queries.fundable(request.actor)
    now = timezone.now()
    if request.method != "POST":
        year = request.GET.get("year") or year_of(day(now))
        typed = {"fiscal_year": year, "programme": request.GET.get("programme", "")}
        return _form(request, "ledger/appropriate.html", AppropriateForm(compartments, initial=typed))
    form = AppropriateForm(compartments, request.POST)
    if not form.is_valid():
        return _form(request, "ledger/appropriate.html", form, status=422)
    try:
        number = actions.appropriate(**form.asked(), actor=request.actor, now=now)
    except Refused as refused:
        return _form(request, "ledger/appropriate.html", form, refused=refused)
    messages.success(request, _("The appropriation is in the books."))
    return redirect("ledger:transfer", number=number)


@require_http_methods(["GET", "HEAD", "POST"])
def return_funds(request: OfficerRequest, programme: str, fiscal_year: int) -> HttpResponse:
    """Give back what is available. What was typed stays on the page when it is refused."""
    figures = queries.return_page(request.actor, programme, fiscal_year)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _form(request, "ledger/return.html", form, book=figures)
    if not form.is_valid():
        return _form(request, "ledger/return.html", form, book=figures, status=422)
    typed = form.cleaned_data
    try:
        number = actions.return_funds(
            programme=programme,
            fiscal_year=fiscal_year,
            amount=Money(typed["amount"], figures.available.currency),
            reference=typed["reference"],
            reason=typed["reason"],
            actor=request.actor,
            now=timezone.now(),
        )
    except Refused as refused:
        return _form(request, "ledger/return.html", form, book=figures, refused=refused)
    messages.success(request, _("The money is returned, in the books."))
    return redirect("ledger:transfer", number=number)


@require_POST
def correct(request: OfficerRequest, number: int) -> HttpResponse:
    """Answer a mistaken appropriation or return by its reversal."""
    reason = request.POST.get("reason", "")
    reversal = actions.correct(number=number, reason=reason, actor=request.actor, now=timezone.now())
    messages.success(request, _("The transfer is reversed. Both stay in the books."))
    return redirect("ledger:transfer", number=reversal)


def _form(
    request: OfficerRequest,
    template: str,
    form: forms.Form,
    *,
    refused: Refused | None = None,
    status: int = 200,
    book: queries.Figures | None = None,
) -> HttpResponse:
    context = {"form": form, "refused": refused.refusals if refused else (), "book": book}
    return render(request, template, context, status=409 if refused else status)
