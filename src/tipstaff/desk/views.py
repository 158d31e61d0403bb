"""My work: what waits for this officer in every room they have a part in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tipstaff.awards import committee_words, paper_words
from tipstaff.awards import words as award_words
from tipstaff.awards.queries.clocks import my_due
from tipstaff.awards.queries.work import awards_work
from tipstaff.cases import queries as cases
from tipstaff.custody import holder
from tipstaff.kernel.clock import day
from tipstaff.outbox import queries as outbox
from tipstaff.people.http import OfficerRequest
from tipstaff.tips import queries as tips
from tipstaff.tips import words


@require_safe
def home(request: OfficerRequest) -> HttpResponse:
    """My work. Each part is there only for those whose verbs lead to it."""
    verbs, context = request.actor.verbs, dict[str, Any]()
    if "tips.tip.see" in verbs:
        context["work"] = tips.work(request.actor, day(timezone.now()))
        context |= {
            "states": words.STATES,
            "urgencies": words.URGENCIES,
            "dispositions": words.DISPOSITIONS,
        }
    if "tips.envelope.see" in verbs:
        context["hatch"] = tips.hatch_state()
        context["closed"] = tips.count_closed(request.actor)
        context["unlocked"] = holder.current().keyring is not None
        context["may_unlock"] = "custody.keys.unlock" in verbs
    if "outbox.parcel.see" in verbs:
        context["stuck"] = outbox.count_stuck()
    if "cases.case.see" in verbs:
        context["tasks"] = cases.tasks_of(request.actor, day(timezone.now()))
    if awaiting := awards_work(request.actor, day(timezone.now())):
        context |= {"awaiting": awaiting, "award_states": award_words.STATES, "turns": committee_words.TURNS}
    if due := my_due(request.actor, day(timezone.now())):
        context |= {"due": due, "clock_kinds": paper_words.CLOCKS}
    return render(request, "desk/home.html", context)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. It says nothing of what it knows."""
    return HttpResponse("ok\n", content_type="text/plain")
