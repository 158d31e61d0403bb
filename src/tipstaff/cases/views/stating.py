"""The pages on which a finding, an outcome or a contribution is stated or corrected. What was typed stays on them."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tipstaff.cases import actions, forms, queries
from tipstaff.footing.templatetags.marks import reasons
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import NotAllowed
from tipstaff.people.http import OfficerRequest

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def state(request: OfficerRequest, ref: str) -> HttpResponse:
    """State a finding in the case `ref`."""
    _must(queries.may_in_case(request.actor, ref, "cases.finding.state"))
    form, places = forms.FindingForm(data=_posted(request)), forms.source_forms(_posted(request))
    return _stated(
        request,
        form,
        _("State a finding"),
        ref,
        lambda told, sources: actions.state_finding(case=ref, sources=sources, **told, **_who(request)),
        "cases:finding",
        places,
    )


@require_http_methods(METHODS)
def correct_finding(request: OfficerRequest, ref: str) -> HttpResponse:
    """Correct the finding `ref`."""
    sheet = queries.finding_page(request.actor, ref)
    _must(sheet.may_correct)
    form = forms.FindingForm(sheet.now.number, _posted(request), forms.FindingForm.of(sheet.now))
    places = forms.source_forms(_posted(request), sheet.now.sources)
    return _stated(
        request,
        form,
        _("Correct the finding"),
        sheet.case,
        lambda told, sources: actions.correct_finding(ref=ref, sources=sources, **told, **_who(request)),
        "cases:finding",
        places,
    )


@require_http_methods(METHODS)
def record(request: OfficerRequest, ref: str) -> HttpResponse:
    """Record an outcome in the case `ref`."""
    _must(queries.may_in_case(request.actor, ref, "cases.outcome.record"))
    form = forms.OutcomeForm(data=_posted(request))
    return _stated(
        request,
        form,
        _("Record an outcome"),
        ref,
        lambda _told, _sources: actions.record_outcome(case=ref, text=form.text(), **_who(request)),
        "cases:outcome",
    )


@require_http_methods(METHODS)
def correct_outcome(request: OfficerRequest, ref: str) -> HttpResponse:
    """Correct the outcome `ref`."""
    sheet = queries.outcome_page(request.actor, ref)
    _must(sheet.may_correct)
    form = forms.OutcomeForm(sheet.now.number, _posted(request), forms.OutcomeForm.of(sheet.now))
    return _stated(
        request,
        form,
        _("Correct the outcome"),
        sheet.case,
        lambda told, _sources: actions.correct_outcome(
            ref=ref, seen=told["seen"], why=told["why"], text=form.text(), **_who(request)
        ),
        "cases:outcome",
    )


@require_http_methods(METHODS)
def attest(request: OfficerRequest, ref: str) -> HttpResponse:
    """Attest a contribution in the case `ref`; an address may name the three that are joined."""
    _must(queries.may_in_case(request.actor, ref, "cases.contribution.attest"))
    named = {name: request.GET.get(name, "")[:40] for name in ("tip", "finding", "outcome")}
    form = forms.ContributionForm(data=_posted(request), initial=named)
    return _stated(
        request,
        form.offered(*queries.to_join(request.actor, ref)),
        _("Attest a contribution"),
        ref,
        lambda _told, _sources: actions.attest_contribution(case=ref, text=form.text(), **_who(request)),
        "cases:contribution",
    )


@require_http_methods(METHODS)
def correct_contribution(request: OfficerRequest, ref: str) -> HttpResponse:
    """Correct the contribution `ref`."""
    sheet = queries.contribution_page(request.actor, ref)
    _must(sheet.may_correct)
    form = forms.ContributionForm(sheet.now.number, _posted(request), forms.ContributionForm.of(sheet.now))
    return _stated(
        request,
        form.offered(*queries.to_join(request.actor, sheet.case)),
        _("Correct the contribution"),
        sheet.case,
        lambda told, _sources: actions.correct_contribution(
            ref=ref, seen=told["seen"], why=told["why"], text=form.text(), **_who(request)
        ),
        "cases:contribution",
    )


def _stated(
    request: OfficerRequest,
    form: django_forms.Form,
    heading: str,
    case: str,
    act: Callable[[dict[str, Any], Any], Any],
    leads_to: str,
    places: Sequence[forms.SourceForm] = (),
) -> HttpResponse:
    """Show the form, or do the verb and go to what it made; a refusal comes back with everything typed."""
    context: dict[str, Any] = {"form": form, "places": places, "heading": heading, "case": case}
    if request.method != "POST":
        return render(request, "cases/state.html", context)
    sources = forms.sources_from(places)
    if not form.is_valid() or sources is None:
        return render(request, "cases/state.html", context, status=422)
    try:
        made = act(form.cleaned_data, sources)
    except Refused as refused:
        context["refused"] = reasons(refused)
        return render(request, "cases/state.html", context, status=409)
    return redirect(leads_to, ref=made.ref)


def _posted(request: OfficerRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _must(may: bool) -> None:
    if not may:
        raise NotAllowed("cases")


def _who(request: OfficerRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}
