"""The window: the paymaster's list, a payout's page through its steps, its receipts; and the witness's page.

Nothing here leads to a tip, a case or an award.
"""

from collections.abc import Callable

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tipstaff.awards import payment_words as words
from tipstaff.awards.access import PAYMENTS
from tipstaff.awards.actions import paying
from tipstaff.awards.forms import payments as forms
from tipstaff.awards.queries import payments as queries
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refusal, Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.kernel.money import Money
from tipstaff.people.http import OfficerRequest


@require_safe
def windows(request: OfficerRequest) -> HttpResponse:
    """The windows of today, those to come and those that are over. Who only witnesses goes there."""
    if PAYMENTS not in request.actor.verbs and queries.WITNESS in request.actor.verbs:
        return redirect("awards:to_witness")
    return _windows(request, forms.CodeForm())


@sensitive_post_parameters()
@require_POST
def present(request: OfficerRequest) -> HttpResponse:
    """Present a voucher by its code."""
    form = forms.CodeForm(request.POST)
    if not form.is_valid():
        return _windows(request, form, status=422)
    try:
        shown = paying.present_voucher(
            code=form.cleaned_data["code"], actor=request.actor, now=timezone.now()
        )
    except Refused as refused:
        return _windows(request, form, _said(refused.refusals), 409)
    if isinstance(shown, Refusal):
        return _windows(request, form, _said([shown]), 409)
    return redirect("awards:payout", ref=shown.ref)


@require_safe
def payout(request: OfficerRequest, ref: str) -> HttpResponse:
    """One payout: what has been done, and the next step."""
    return _payout(request, ref)


@require_POST
def cancel(request: OfficerRequest, ref: str) -> HttpResponse:
    """Give the voucher back unpaid."""
    return _step(
        request, ref, lambda: paying.cancel_presentation(ref=ref, actor=request.actor, now=timezone.now())
    )


@require_POST
def hand_over(request: OfficerRequest, ref: str) -> HttpResponse:
    """Count the money before the witnesses."""
    form = forms.AmountForm(request.POST)
    if not form.is_valid():
        return _payout(request, ref, form, status=422)
    currency = queries.payout_page(request.actor, ref).amount.currency
    amount = Money(form.cleaned_data["amount"], currency)
    return _step(
        request,
        ref,
        lambda: paying.begin_hand_over(ref=ref, amount=amount, actor=request.actor, now=timezone.now()),
        form,
    )


@require_safe
def receipt(request: OfficerRequest, ref: str, number: int) -> HttpResponse:
    """A receipt to be printed, with two lines for the witnesses."""
    shown = queries.receipt(request.actor, ref, number)
    return render(request, "awards/payments/receipt.html", {"receipt": shown})


@require_safe
def to_witness(request: OfficerRequest) -> HttpResponse:
    """The hand-overs that wait for a witness."""
    return _to_witness(request)


@require_http_methods(["GET", "HEAD", "POST"])
def witness(request: OfficerRequest, ref: str) -> HttpResponse:
    """An amount, a place, and one button."""
    if request.method != "POST":
        shown = queries.witness_page(request.actor, ref)
        return render(request, "awards/payments/witness.html", {"row": shown})
    form = forms.WitnessForm(request.POST)
    window = form.cleaned_data["window"] if form.is_valid() else ""
    try:
        paying.witness_hand_over(ref=ref, window=window, actor=request.actor, now=timezone.now())
    except Refused as refused:
        return _to_witness(request, _said(refused.refusals), 409)
    return redirect("awards:to_witness")


def _windows(
    request: OfficerRequest, form: django_forms.Form, problems: list[str] | None = None, status: int = 200
) -> HttpResponse:
    shown = queries.windows(request.actor, day(timezone.now()))
    context = {"windows": shown, "form": form, "problems": problems}
    return render(request, "awards/payments/windows.html", words.page() | context, status=status)


def _payout(
    request: OfficerRequest,
    ref: str,
    form: django_forms.Form | None = None,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = queries.payout_page(request.actor, ref)
    context = {
        "page": page,
        "form": form or forms.AmountForm(initial={"amount": page.row.left.whole}),
        "problems": problems,
    }
    return render(request, "awards/payments/payout.html", words.page() | context, status=status)


def _step(
    request: OfficerRequest, ref: str, act: Callable[[], object], form: django_forms.Form | None = None
) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        return _payout(request, ref, form, _said(refused.refusals), 409)
    except MoveNotInTable:
        problem = _("The voucher does not lie at the window any more. See below what became of it.")
        return _payout(request, ref, None, [problem], 409)
    return redirect("awards:payout", ref=ref)


def _to_witness(
    request: OfficerRequest, problems: list[str] | None = None, status: int = 200
) -> HttpResponse:
    rows = queries.to_witness(request.actor)
    context = {"rows": rows, "problems": problems}
    return render(request, "awards/payments/to_witness.html", context, status=status)


def _said(refusals: tuple[Refusal, ...] | list[Refusal]) -> list[str]:
    return [_(refusal.says).format(**refusal.facts) for refusal in refusals]
