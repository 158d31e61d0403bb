"""The list of cases, a new case, and the register of outcomes with its totals."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tipstaff.cases import actions, forms, queries, words
from tipstaff.cases.chart import bars
from tipstaff.footing.templatetags.marks import reasons
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import NotAllowed
from tipstaff.people.http import OfficerRequest


@require_safe
def cases(request: OfficerRequest) -> HttpResponse:
    """The cases that the officer sees; who sees outcomes alone goes on to those."""
    if "cases.case.see" not in request.actor.verbs and "cases.outcome.see" in request.actor.verbs:
        return redirect("cases:outcomes")
    form = forms.ListForm(request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    found = queries.cases_list(
        request.actor,
        state=told.get("state", ""),
        words=told.get("words", "").strip(),
        after=request.GET.get("after", ""),
    )
    kept = request.GET.copy()
    kept["after"] = found.next
    context = {
        "list": found,
        "form": form,
        "narrowed": any(told.values()),
        "next": kept.urlencode() if found.next else "",
        "may_open": "cases.case.open" in request.actor.verbs,
        "sees_outcomes": "cases.outcome.see" in request.actor.verbs,
    }
    return render(request, "cases/cases.html", words.page() | context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: OfficerRequest) -> HttpResponse:
    """Open a case."""
    compartments = request.actor.compartments_for("cases.case.open")
    if not compartments:
        raise NotAllowed("cases.case.open")
    form = forms.CaseForm(compartments, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "cases/open.html", {"form": form})
    if not form.is_valid():
        return render(request, "cases/open.html", {"form": form}, status=422)
    try:
        opened = actions.open_case(**form.cleaned_data, actor=request.actor, now=timezone.now())
    except Refused as refused:
        context = {"form": form, "refused": reasons(refused)}
        return render(request, "cases/open.html", context, status=409)
    messages.success(request, _("The case is open. State its first finding."))
    return redirect("cases:case", ref=opened.ref)


@require_safe
def outcomes(request: OfficerRequest) -> HttpResponse:
    """The register: outcomes under a filter, and their totals by kind; each figure opens its rows."""
    form = forms.RegisterForm(request.actor.compartments_for("cases.outcome.see"), request.GET)
    sought = form.sought()
    register = queries.outcomes_register(request.actor, sought)
    kept = request.GET.copy()
    kept.pop("before", None)
    by_kind = kept.copy()
    for name in ("kind", "standing"):
        by_kind.pop(name, None)
    if register.next:
        kept["before"] = f"{register.next[0].isoformat()}.{register.next[1]}"
    context = {
        "register": register,
        "form": form,
        "chart": bars(register.totals, rtl=get_language_bidi()),
        "narrowed": any(request.GET.get(name) for name in forms.RegisterForm.base_fields),
        "by_kind": by_kind.urlencode(),
        "next": kept.urlencode() if register.next else "",
        "sees_cases": "cases.case.see" in request.actor.verbs,
    }
    return render(request, "cases/outcomes.html", words.page() | context)
