"""One case: its page with everything that can be done to it, and the pages of all that stands in it."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tipstaff.cases import access, actions, forms, queries, words
from tipstaff.cases.chain import chain
from tipstaff.footing.templatetags.marks import reasons
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.people.http import OfficerRequest

# What an officer must hold to send the form that stands there.
VERB_AT = {
    "state": "cases.case.close",
    "share": "cases.case.open",
    "note": "cases.case.note",
    "task": "cases.case.note",
}


@require_safe
def case(request: OfficerRequest, ref: str) -> HttpResponse:
    """The case with its chain, the newest of each kind, and every verb."""
    return _page(request, ref)


@require_safe
def part(request: OfficerRequest, ref: str, part: str) -> HttpResponse:
    """All findings, outcomes or contributions of the case, a page at a time."""
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    found = queries.case_part(request.actor, ref, part, before)
    return render(request, "cases/part.html", words.page() | {"found": found})


@require_POST
def close(request: OfficerRequest, ref: str) -> HttpResponse:
    """Close the case."""
    form = forms.ReasonForm(request.POST)
    return _act(
        request, ref, "state", form, lambda told: actions.close_case(ref=ref, **told, **_who(request))
    )


@require_POST
def reopen(request: OfficerRequest, ref: str) -> HttpResponse:
    """Take the case up again."""
    form = forms.ReasonForm(request.POST)
    return _act(
        request, ref, "state", form, lambda told: actions.reopen_case(ref=ref, **told, **_who(request))
    )


@require_POST
def share(request: OfficerRequest, ref: str) -> HttpResponse:
    """Let another compartment see the case."""
    form = forms.ShareForm(request.POST)
    return _act(
        request, ref, "share", form, lambda told: actions.share_case(ref=ref, **told, **_who(request))
    )


@require_POST
def add_note(request: OfficerRequest, ref: str) -> HttpResponse:
    """Leave a note."""
    form = forms.NoteForm(request.POST)
    return _act(request, ref, "note", form, lambda told: actions.add_note(ref=ref, **told, **_who(request)))


@require_POST
def add_task(request: OfficerRequest, ref: str) -> HttpResponse:
    """Give somebody something to do."""
    form = forms.TaskForm(request.POST)
    return _act(request, ref, "task", form, lambda told: actions.add_task(ref=ref, **told, **_who(request)))


@require_POST
def finish_task(request: OfficerRequest, ref: str, number: int) -> HttpResponse:
    """Say that a task is done."""
    return _act(
        request,
        ref,
        "task",
        django_forms.Form(request.POST),
        lambda told: actions.finish_task(ref=ref, number=number, **told, **_who(request)),
    )


def _who(request: OfficerRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _act(
    request: OfficerRequest,
    ref: str,
    where: str,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Do one verb and go back to the case; a refusal is shown on its page at `where`, with what was typed.

    What is wrong with a form is told to who may send it.
    """
    if not form.is_valid():
        access.case_for(request.actor, ref, to=VERB_AT[where])
        problem = _(
            "Something is missing or cannot be read. Nothing was changed; complete it and send it again."
        )
        return _page(request, ref, [problem], where, 422)
    try:
        act(form.cleaned_data)
    except Refused as refused:
        return _page(request, ref, reasons(refused), where, 409)
    except MoveNotInTable:
        problem = _("The state was changed in the meantime, or this step does not follow from it.")
        return _page(request, ref, [problem], where, 409)
    return redirect("cases:case", ref=ref)


def _page(
    request: OfficerRequest, ref: str, problems: list[str] | None = None, where: str = "", status: int = 200
) -> HttpResponse:
    shown = queries.case_page(request.actor, ref, day(timezone.now()))
    names = ("text", "reason", "title", "assignee", "due_on")
    context = {
        "case": shown,
        "chain": chain(request.actor, shown.links, rtl=get_language_bidi()),
        "problems": problems or [],
        "where": where,
        "typed": {name: request.POST.get(name, "") for name in names} if problems else {},
    }
    return render(request, "cases/case.html", words.page() | context, status=status)
