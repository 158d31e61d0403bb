"""The room's pages: the queue, one tip with everything that can be done to it, its files, what did not
open."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tipstaff.custody import holder
from tipstaff.footing.templatetags.marks import sentences
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.people.http import OfficerRequest
from tipstaff.sealed.age import SealError
from tipstaff.tips import actions, forms, inert, queries, rounds, unsealing, words
from tipstaff.tips.states import Disposition, Urgency

PAGE = 50
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


class KeysLocked(Exception):
    """The desk's keys are not unlocked in this process, so nothing sealed can be opened."""


@require_safe
def queue(request: OfficerRequest) -> HttpResponse:
    """Opened tips, those that nobody has first, each group oldest first."""
    found = queries.queue(request.actor, forms.filters_from(request.GET), day(timezone.now()), PAGE)
    kept = request.GET.copy()
    if found.next:
        kept["after"] = f"{int(found.next[0])}-{found.next[1]}"
    context = {
        "queue": found,
        "form": forms.QueueForm(request.GET).offered(found),
        "next": kept.urlencode() if found.next else "",
        "narrowed": any(request.GET.get(name) for name in forms.QueueForm.base_fields),
        "closed": _closed(request),
    }
    return render(request, "tips/queue.html", context | _words())


@require_safe
def envelopes(request: OfficerRequest) -> HttpResponse:
    """Envelopes that did not open, with the reasons."""
    first = request.GET.get("from", "")
    start = int(first) if first.isascii() and first.isdigit() and len(first) < 19 else 0
    rows = queries.set_aside(request.actor, start=start, limit=PAGE + 1)
    context = {
        "rows": rows[:PAGE],
        "next": rows[PAGE].leaf if len(rows) > PAGE else None,
        "closed": _closed(request),
        "reasons": words.SET_ASIDE,
        "may_open": "tips.envelope.open" in request.actor.verbs,
        "unlocked": holder.current().keyring is not None,
    }
    return render(request, "tips/envelopes.html", context)


@require_POST
def open_again(request: OfficerRequest, ref: str) -> HttpResponse:
    """Try an envelope that did not open once more."""
    queries.must_try(request.actor, ref)
    keyring = holder.current().use()
    if keyring is None:
        messages.error(request, _("The keys are locked. Unlock them, then try again."))
        return redirect("tips:envelopes")
    if rounds.open_again(ref=ref, keyring=keyring, actor=request.actor, now=timezone.now()):
        messages.success(request, _("Envelope %(ref)s is open now; its tip is in the queue.") % {"ref": ref})
    else:
        messages.warning(request, _("Envelope %(ref)s still does not open: see below.") % {"ref": ref})
    return redirect("tips:envelopes")


@require_safe
def tip(request: OfficerRequest, ref: str) -> HttpResponse:
    """One tip: what was sent, what was said and judged since, and every verb as a form."""
    answer = _page(request, ref)
    actions.mark_read(ref=ref, actor=request.actor, now=timezone.now())
    return answer


@require_POST
def claim(request: OfficerRequest, ref: str) -> HttpResponse:
    """Take the tip; a colleague who was first is named."""
    return _act(request, ref, "claim", lambda: actions.claim(ref=ref, **_who(request)))


@require_POST
def release(request: OfficerRequest, ref: str) -> HttpResponse:
    """Give the tip back to the queue."""
    return _act(request, ref, "claim", lambda: actions.release(ref=ref, **_who(request)))


@require_POST
def hand_over(request: OfficerRequest, ref: str) -> HttpResponse:
    """Give the tip to a colleague."""
    form = forms.HandOverForm(request.POST)
    return _act(
        request, ref, "claim", lambda: actions.hand_over(ref=ref, **form.cleaned_data, **_who(request)), form
    )


@require_POST
def reassign(request: OfficerRequest, ref: str) -> HttpResponse:
    """Take the tip from whoever has it, for oneself or for a colleague."""
    form = forms.ReassignForm(request.POST)
    return _act(
        request,
        ref,
        "reassign",
        lambda: actions.reassign(ref=ref, **form.cleaned_data, **_who(request)),
        form,
    )


@require_POST
def set_state(request: OfficerRequest, ref: str) -> HttpResponse:
    """Set the state that the source sees."""
    form = forms.StateForm(request.POST)
    return _act(
        request, ref, "state", lambda: actions.set_state(ref=ref, **form.cleaned_data, **_who(request)), form
    )


@require_POST
def set_urgency(request: OfficerRequest, ref: str) -> HttpResponse:
    """Say how soon the tip must be looked at."""
    form = forms.UrgencyForm(request.POST)

    def act() -> None:
        urgency = Urgency(form.cleaned_data["urgency"])
        actions.set_urgency(ref=ref, urgency=urgency, **_who(request))

    return _act(request, ref, "urgency", act, form)


@require_POST
def dispose(request: OfficerRequest, ref: str) -> HttpResponse:
    """Say what the tip turned out to be."""
    form = forms.DispositionForm(request.POST)

    def act() -> None:
        kind = Disposition(form.cleaned_data["kind"])
        actions.dispose(ref=ref, kind=kind, reason=form.cleaned_data["reason"], **_who(request))

    return _act(request, ref, "disposition", act, form)


@require_POST
def add_note(request: OfficerRequest, ref: str) -> HttpResponse:
    """Leave a note for colleagues."""
    form = forms.TextForm(request.POST)
    return _act(
        request, ref, "note", lambda: actions.add_note(ref=ref, **form.cleaned_data, **_who(request)), form
    )


@require_POST
def write(request: OfficerRequest, ref: str) -> HttpResponse:
    """Write to the source."""
    form = forms.TextForm(request.POST)
    return _act(
        request, ref, "write", lambda: actions.write(ref=ref, **form.cleaned_data, **_who(request)), form
    )


@require_POST
def erase(request: OfficerRequest, ref: str, number: int) -> HttpResponse:
    """Erase a message that we wrote."""
    return _act(request, ref, "talk", lambda: actions.erase(ref=ref, number=number, **_who(request)))


@require_POST
def save_file(request: OfficerRequest, ref: str, number: int) -> HttpResponseBase:
    """One file as bytes that a browser neither guesses at nor runs, under a name that the source did not
    choose."""
    try:
        copy, identities = _opened(request, ref, number)
        stream = unsealing.plain(copy.pieces(), copy.size, identities)
    except (KeysLocked, Refused, SealError) as reason:
        return _page(request, ref, _about(reason), "files", status=409)
    answer = StreamingHttpResponse(stream, content_type="application/octet-stream")
    answer["Content-Length"] = str(copy.size)
    answer["Content-Disposition"] = f'attachment; filename="{inert.safe_name(ref, number)}"'
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def view_file(request: OfficerRequest, ref: str, number: int) -> HttpResponse:
    """The beginning of one file as text: escaped, with every hidden and control character written out."""
    try:
        copy, identities = _opened(request, ref, number)
        head, whole = unsealing.beginning(copy.pieces(), copy.size, identities)
    except (KeysLocked, Refused, SealError) as reason:
        return _page(request, ref, _about(reason), "files", status=409)
    context = {
        "ref": ref,
        "number": number,
        "name": inert.visible_name(copy.name),
        "size": copy.size,
        "text": inert.visible_bytes(head),
        "whole": whole,
    }
    return render(request, "tips/file.html", context)


def _opened(request: OfficerRequest, ref: str, number: int) -> Any:
    queries.must_open_file(request.actor, ref, number)
    keyring = holder.current().use()
    if keyring is None:
        raise KeysLocked
    copy = actions.open_file(ref=ref, number=number, **_who(request))
    return copy, keyring.identities


def _who(request: OfficerRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _act(
    request: OfficerRequest,
    ref: str,
    where: str,
    act: Callable[[], object],
    form: django_forms.Form | None = None,
) -> HttpResponse:
    """Do one verb and go back to the tip; a refusal is shown on its page at `where`, with what was typed."""
    if form is not None and not form.is_valid():
        problem = _(
            "Choose one of what is offered; what you typed may also be far too long. Nothing was changed."
        )
        return _page(request, ref, problem, where, 409)
    try:
        act()
    except (Refused, MoveNotInTable) as reason:
        return _page(request, ref, _about(reason), where, 409)
    return redirect("tips:tip", ref=ref)


def _page(
    request: OfficerRequest, ref: str, problem: str = "", where: str = "", status: int = 200
) -> HttpResponse:
    typed = {name: request.POST.get(name, "") for name in ("text", "reason", "kind", "move", "to")}
    context = {
        "tip": queries.tip_page(request.actor, ref, day(timezone.now())),
        "problem": problem,
        "where": where,
        "typed": typed if problem else {},
        "unlocked": holder.current().keyring is not None,
    }
    return render(request, "tips/tip.html", context | _words(), status=status)


def _about(reason: Exception) -> str:
    if isinstance(reason, KeysLocked):
        return _("The keys are locked, and this file is sealed. A custodian must unlock them first.")
    if isinstance(reason, SealError):
        return _("This file does not open: it is damaged, or no key here fits. It is kept as it is.")
    if isinstance(reason, MoveNotInTable):
        return _("The state was changed in the meantime, or this step does not follow from it.")
    return sentences(reason) if isinstance(reason, Refused) else str(reason)


def _closed(request: OfficerRequest) -> tuple[int, int] | None:
    """Envelopes that wait for the keys and that did not open, for those who may see envelopes."""
    if "tips.envelope.see" not in request.actor.verbs:
        return None
    return queries.count_closed(request.actor)


def _words() -> dict[str, words.Words]:
    return {
        "states": words.STATES,
        "moves": words.MOVES,
        "urgencies": words.URGENCIES,
        "dispositions": words.DISPOSITIONS,
        "doubts": words.DOUBTS,
        "hows": words.HOW,
        "histories": words.HISTORY,
        "facts": words.FACTS,
    }
