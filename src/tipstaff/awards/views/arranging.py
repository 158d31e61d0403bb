"""An award's payment as the clerk and the protector arrange it: ask, check, issue, replace, return."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tipstaff.awards import payment_words as words
from tipstaff.awards.actions import checking, claiming, vouchers
from tipstaff.awards.forms import payments as forms
from tipstaff.awards.policy.claim import USUAL_DAYS
from tipstaff.awards.queries.arranging import arranging
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refusal, Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.people.access import NotVisible
from tipstaff.people.http import OfficerRequest


@require_safe
def payment(request: OfficerRequest, ref: str) -> HttpResponse:
    """What each source said, what was found about it, and its voucher."""
    return _page(request, ref)


@require_POST
def ask(request: OfficerRequest, ref: str) -> HttpResponse:
    """Ask every source that can be asked."""
    form = forms.AskForm(request.POST, prefix="ask")
    return _act(
        request, ref, "ask", form, lambda told: claiming.ask_sources(ref=ref, **told, **_who(request))
    )


@require_POST
def ask_again(request: OfficerRequest, ref: str, number: str) -> HttpResponse:
    """Ask one source once more."""
    at = f"again-{number}"
    form = forms.AskForm(request.POST, prefix=at)
    return _act(
        request,
        ref,
        at,
        form,
        lambda told: claiming.ask_again(ref=ref, number=number, **told, **_who(request)),
    )


@require_POST
def offer_review(request: OfficerRequest, ref: str) -> HttpResponse:
    """Tell the sources of a refusal, and until when they may ask for another look."""
    form = forms.ReviewForm(request.POST, prefix="review")
    return _act(
        request, ref, "review", form, lambda told: claiming.offer_review(ref=ref, **told, **_who(request))
    )


@require_POST
def check(request: OfficerRequest, ref: str, number: str) -> HttpResponse:
    """Write down what a list says of a payee."""
    at = f"check-{number}"
    form = forms.CheckForm(request.POST, prefix=at)
    return _act(
        request,
        ref,
        at,
        form,
        lambda told: checking.record_check(ref=ref, number=number, **told, **_who(request)),
    )


@require_POST
def keep_identity(request: OfficerRequest, ref: str, number: str) -> HttpResponse:
    """Note a reference of the vault."""
    at = f"vault-{number}"
    form = forms.IdentityForm(request.POST, prefix=at)
    return _act(
        request,
        ref,
        at,
        form,
        lambda told: checking.keep_identity(ref=ref, number=number, **told, **_who(request)),
    )


@require_POST
def issue(request: OfficerRequest, ref: str) -> HttpResponse:
    """Send the vouchers."""
    form = forms.WindowForm(request.POST, prefix="issue")
    return _act(
        request,
        ref,
        "issue",
        form,
        lambda _told: vouchers.issue_vouchers(ref=ref, window=form.window(), **_who(request)),
    )


@require_POST
def reissue(request: OfficerRequest, ref: str, payout: str) -> HttpResponse:
    """Replace a voucher."""
    at = f"new-{_belongs(request, ref, payout)}"
    form = forms.ReissueForm(request.POST, prefix=at)
    return _act(
        request,
        ref,
        at,
        form,
        lambda told: vouchers.reissue_voucher(
            ref=payout, cause=told["cause"], reason=told["reason"], window=form.window(), **_who(request)
        ),
    )


@require_POST
def return_share(request: OfficerRequest, ref: str, payout: str) -> HttpResponse:
    """Give up what was not paid of a share."""
    at = f"back-{_belongs(request, ref, payout)}"
    form = forms.ReturnForm(request.POST, prefix=at)
    return _act(
        request, ref, at, form, lambda told: vouchers.return_share(ref=payout, **told, **_who(request))
    )


def _who(request: OfficerRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _said(refusals: Iterable[Refusal]) -> list[str]:
    return [_(refusal.says).format(**refusal.facts) for refusal in refusals]


def _belongs(request: OfficerRequest, ref: str, payout: str) -> str:
    """The payout, when it is one of this award's. Raises NotVisible."""
    sources = arranging(request.actor, ref).sources
    if payout not in {row.voucher.ref for row in sources if row.voucher}:
        raise NotVisible(payout)
    return payout


def _act(
    request: OfficerRequest,
    ref: str,
    at: str,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Do one verb; a refusal stands at its form, with what was typed."""
    if not form.is_valid():
        problem = _("Something is missing, too long or cannot be read. Nothing was changed.")
        return _page(request, ref, {at: form}, [problem], 422)
    try:
        act(form.cleaned_data)
    except Refused as refused:
        return _page(request, ref, {at: form}, _said(refused.refusals), 409)
    except MoveNotInTable:
        problem = _("It has moved on in the meantime, or this does not follow from where it stands.")
        return _page(request, ref, {at: form}, [problem], 409)
    return redirect("awards:payment", ref=ref)


def _page(
    request: OfficerRequest,
    ref: str,
    typed: Mapping[str, django_forms.Form] | None = None,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    shown, today = arranging(request.actor, ref), day(timezone.now())
    blank: dict[str, django_forms.Form] = {
        "ask": forms.AskForm(prefix="ask", initial={"answer_by": today + timedelta(days=USUAL_DAYS)}),
        "review": forms.ReviewForm(prefix="review"),
        "issue": forms.WindowForm(prefix="issue"),
    }
    typed = typed or {}
    where = next(iter(typed), "")
    context = {
        "payment": shown,
        "forms": blank | dict(typed),
        "rows": [
            (row, _forms_of(row.number, row.voucher.ref if row.voucher else "", typed), _said(row.cannot))
            for row in shown.sources
        ],
        "problems": problems,
        "where": where,
    }
    return render(request, "awards/payments/payment.html", words.page() | context, status=status)


def _forms_of(
    number: str, payout: str, typed: Mapping[str, django_forms.Form]
) -> dict[str, tuple[str, django_forms.Form]]:
    """The forms of one source, each with the name under which its problems are shown."""
    kinds: dict[str, tuple[str, type[django_forms.Form]]] = {
        "again": (f"again-{number}", forms.AskForm),
        "check": (f"check-{number}", forms.CheckForm),
        "vault": (f"vault-{number}", forms.IdentityForm),
        "new": (f"new-{payout}", forms.ReissueForm),
        "back": (f"back-{payout}", forms.ReturnForm),
    }
    return {kind: (at, typed.get(at) or form(prefix=at)) for kind, (at, form) in kinds.items()}
