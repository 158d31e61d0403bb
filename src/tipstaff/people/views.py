"""The pages about officers and their grants."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tipstaff.kernel.clock import day
from tipstaff.people import actions, queries
from tipstaff.people.forms import EndForm, GrantForm, OfficerForm
from tipstaff.people.http import OfficerRequest
from tipstaff.people.roles import OFFICE, ROLES


@require_safe
def index(request: OfficerRequest) -> HttpResponse:
    """Every officer with today's roles, and the grants that wait for a second officer."""
    today = day(timezone.now())
    context = {
        "officers": queries.officers(request.actor, today),
        "waiting": queries.waiting_grants(request.actor),
        "may_add": request.actor.may("people.officer.add", OFFICE),
    }
    return render(request, "people/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: OfficerRequest) -> HttpResponse:
    """Add an officer; the answer shows the opening code, once."""
    request.actor.must("people.officer.add", OFFICE)
    form = OfficerForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "people/add.html", {"form": form}, status=400 if form.is_bound else 200)
    added = actions.add_officer(**form.cleaned_data, actor=request.actor, now=timezone.now())
    return render(request, "people/added.html", {"added": added})


@require_safe
def officer(request: OfficerRequest, ref: str) -> HttpResponse:
    """One officer: every grant there ever was, and what can be done about them."""
    return _officer_page(request, ref, GrantForm())


@require_POST
def give(request: OfficerRequest, ref: str) -> HttpResponse:
    """Give this officer a role."""
    request.actor.must("people.grant.give", OFFICE)
    form = GrantForm(request.POST)
    if not form.is_valid():
        return _officer_page(request, ref, form, status=400)
    actions.give_grant(officer=ref, **form.cleaned_data, actor=request.actor, now=timezone.now())
    messages.info(request, _("The grant is given. It takes effect when another administrator confirms it."))
    return redirect("people:officer", ref=ref)


@require_POST
def confirm(request: OfficerRequest, ref: str, number: int) -> HttpResponse:
    """Confirm a grant that another administrator gave."""
    actions.confirm_grant(number=number, actor=request.actor, now=timezone.now())
    messages.info(request, _("The grant is confirmed."))
    return redirect("people:officer", ref=ref)


@require_POST
def end(request: OfficerRequest, ref: str, number: int) -> HttpResponse:
    """End a grant at once."""
    request.actor.must("people.grant.end", OFFICE)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The grant still stands: say in a few words why it ends."))
        return redirect("people:officer", ref=ref)
    actions.end_grant(
        number=number, reason=form.cleaned_data["reason"], actor=request.actor, now=timezone.now()
    )
    messages.info(request, _("The grant has ended."))
    return redirect("people:officer", ref=ref)


def _officer_page(request: OfficerRequest, ref: str, form: GrantForm, status: int = 200) -> HttpResponse:
    page = queries.officer_page(request.actor, ref, day(timezone.now()))
    context = {
        "officer": page,
        "form": form,
        "roles": sorted((role, sorted(verbs)) for role, verbs in ROLES.items()),
        "may_give": request.actor.may("people.grant.give", OFFICE) and ref != request.actor.ref,
        "may_confirm": request.actor.may("people.grant.confirm", OFFICE) and ref != request.actor.ref,
        "may_end": request.actor.may("people.grant.end", OFFICE),
        "me": request.actor.ref,
    }
    return render(request, "people/officer.html", context, status=status)
