"""The vault's pages: what is sealed, sealing, asking, agreeing. A name is shown on one answer, once."""

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tipstaff.footing.templatetags.marks import reasons
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import NotAllowed
from tipstaff.people.http import OfficerRequest
from tipstaff.vault import access, actions, forms, queries
from tipstaff.vault.sealing import Details
from tipstaff.vault.states import Purpose

PAGE = 50


@require_safe
def identities(request: OfficerRequest) -> HttpResponse:
    """What is sealed, since when, and who opened it when; never a name."""
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    rows = queries.identities(request.actor, timezone.now(), limit=PAGE + 1, before=number)
    context = {
        "rows": rows[:PAGE],
        "next": rows[PAGE - 1].number if len(rows) > PAGE else None,
        "may_seal": access.SEAL in request.actor.verbs,
    }
    return render(request, "vault/identities.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def seal(request: OfficerRequest) -> HttpResponse:
    """The form to seal an identity; what was typed comes back with a refusal, and is in no database."""
    compartments = sorted(request.actor.compartments_for(access.SEAL))
    if not compartments:
        raise NotAllowed(access.SEAL)
    form = forms.SealForm(compartments, request.POST or None)
    if request.method != "POST":
        return render(request, "vault/seal.html", {"form": form})
    if not form.is_valid():
        return render(request, "vault/seal.html", {"form": form, "problems": [_misfit()]}, status=422)
    said = dict(form.cleaned_data)
    compartment = said.pop("compartment")
    try:
        ref = actions.seal_identity(
            compartment=compartment, details=Details(**said), actor=request.actor, now=timezone.now()
        )
    except Refused as refused:
        return render(request, "vault/seal.html", {"form": form, "problems": reasons(refused)}, status=409)
    messages.success(
        request, _("Sealed. Write the reference %(ref)s where the identity is needed.") % {"ref": ref}
    )
    return redirect("vault:identity", ref=ref)


@require_safe
def identity(request: OfficerRequest, ref: str) -> HttpResponse:
    """One sealed identity: its days, its requests, and the two forms to ask."""
    return _identity(request, ref)


@sensitive_post_parameters()
@require_POST
def ask_to_open(request: OfficerRequest, ref: str) -> HttpResponse:
    """The first officer takes off the outer seal; the second finds the request on the identity's page."""
    form = forms.AskToOpenForm(request.POST)
    if not form.is_valid():
        return _identity(request, ref, opening=form, problems=[_misfit()], status=422)
    try:
        actions.ask_to_open(ref=ref, **form.cleaned_data, actor=request.actor, now=timezone.now())
    except Refused as refused:
        return _identity(request, ref, opening=form, problems=reasons(refused), status=409)
    messages.success(request, _("The outer seal is off. A second officer has ten minutes to open it."))
    return redirect("vault:identity", ref=ref)


@require_POST
def ask_to_destroy(request: OfficerRequest, ref: str) -> HttpResponse:
    """The first officer asks for a destruction."""
    form = forms.AskToDestroyForm(request.POST)
    if not form.is_valid():
        return _identity(request, ref, destroying=form, problems=[_misfit()], status=422)
    try:
        actions.ask_to_destroy(ref=ref, **form.cleaned_data, actor=request.actor, now=timezone.now())
    except Refused as refused:
        return _identity(request, ref, destroying=form, problems=reasons(refused), status=409)
    messages.success(request, _("Asked. A second officer has seven days to destroy it."))
    return redirect("vault:identity", ref=ref)


@require_safe
def agree(request: OfficerRequest, ref: str) -> HttpResponse:
    """What a second officer reads before agreeing."""
    return _request(request, ref)


@sensitive_post_parameters()
@require_POST
def open_identity(request: OfficerRequest, ref: str) -> HttpResponse:
    """The second officer takes off the inner seal: this one answer shows the identity, and nothing keeps it."""
    form = forms.OpenForm(request.POST)
    if not form.is_valid():
        return _request(request, ref, form, [_misfit()], 422)
    try:
        details = actions.open_identity(
            request=ref, **form.cleaned_data, actor=request.actor, now=timezone.now()
        )
    except Refused as refused:
        return _request(request, ref, form, reasons(refused), 409)
    page = queries.request_page(request.actor, ref, timezone.now())
    return render(request, "vault/opened.html", {"page": page, "details": details})


@require_POST
def destroy_identity(request: OfficerRequest, ref: str) -> HttpResponse:
    """The second officer destroys the identity."""
    try:
        actions.destroy_identity(request=ref, actor=request.actor, now=timezone.now())
    except Refused as refused:
        return _request(request, ref, problems=reasons(refused), status=409)
    page = queries.request_page(request.actor, ref, timezone.now())
    messages.success(request, _("The identity is destroyed. Only its reference and its days remain."))
    return redirect("vault:identity", ref=page.identity)


def _identity(
    request: OfficerRequest,
    ref: str,
    *,
    opening: django_forms.Form | None = None,
    destroying: django_forms.Form | None = None,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    row = queries.identity_page(request.actor, ref, timezone.now())
    context = {
        "row": row,
        "may_open": request.actor.may(access.OPEN, row.compartment),
        "opening": opening or forms.AskToOpenForm(),
        "destroying": destroying or forms.AskToDestroyForm(),
        "where": "destroy" if destroying else "open",
        "problems": problems,
    }
    return render(request, "vault/identity.html", context, status=status)


def _request(
    request: OfficerRequest,
    ref: str,
    form: django_forms.Form | None = None,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = queries.request_page(request.actor, ref, timezone.now())
    context = {
        "page": page,
        "destroys": page.row.purpose == Purpose.DESTROY,
        "form": form or forms.OpenForm(),
        "problems": problems,
    }
    return render(request, "vault/request.html", context, status=status)


def _misfit() -> str:
    return _("Something is missing or far too long. Nothing was done.")
