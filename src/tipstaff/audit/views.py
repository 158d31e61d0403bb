"""The pages of the record: one list with a filter, and one button that checks everything."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tipstaff.audit import queries
from tipstaff.audit.access import Reader, ReaderRequest
from tipstaff.audit.forms import NotedForm, SoughtForm
from tipstaff.audit.verification import Verified


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """The records, newest first, filtered by the address."""
    form = SoughtForm(request.GET)
    sought = form.sought()
    page = queries.records(request.actor, sought)
    wanted = {
        "actor": sought.actor,
        "verb": sought.verb,
        "subject": sought.subject,
        "before": page.older or "",
    }
    context = {
        "form": form,
        "page": page,
        "verbs": queries.verbs_used(request.actor),
        "older": urlencode({name: text for name, text in wanted.items() if text}) if page.older else "",
        "may_verify": queries.may_verify(request.actor),
    }
    return render(request, "audit/index.html", context)


@require_safe
def check(request: ReaderRequest) -> HttpResponse:
    """The newest heads to note down, and the form that starts the check."""
    return _check_page(request, request.actor, NotedForm())


@require_POST
def verify(request: ReaderRequest) -> HttpResponse:
    """Recompute the whole log and say what was found."""
    form = NotedForm(request.POST)
    if not form.is_valid():
        return _check_page(request, request.actor, form, status=400)
    result = queries.verified_for(request.actor, timezone.now(), form.noted())
    return _check_page(request, request.actor, form, result=result)


def _check_page(
    request: HttpRequest,
    reader: Reader,
    form: NotedForm,
    *,
    result: Verified | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "heads": queries.heads_for(reader), "result": result}
    return render(request, "audit/check.html", context, status=status)
