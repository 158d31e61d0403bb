"""Meetings, their dockets and their minutes.

NotVisible, NotAllowed, MoveNotInTable and Refused become 404, 403 and 409 pages in the desk's own middleware.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tipstaff.awards.actions import committee
from tipstaff.awards.forms.committee import ConveneForm, DocketForm
from tipstaff.awards.queries import docket as queries
from tipstaff.awards.queries.minutes import minutes_of
from tipstaff.awards.views.committee.showing import show
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refused
from tipstaff.people.http import OfficerRequest


@require_safe
def meetings(request: OfficerRequest) -> HttpResponse:
    """Every meeting that the officer keeps, was called to, or may read the minutes of."""
    return show(request, "meetings", {"list": queries.meetings_list(request.actor)})


@require_http_methods(["GET", "HEAD", "POST"])
def convene(request: OfficerRequest, compartment: str) -> HttpResponse:
    """Call a meeting. What was typed stays on the page when it is refused."""
    now = timezone.now()
    members = queries.may_be_called(request.actor, compartment, day(now))
    context = {"compartment": compartment, "form": ConveneForm(members)}
    if request.method != "POST":
        return show(request, "convene", context)
    context["form"] = form = ConveneForm(members, request.POST)
    if not form.is_valid():
        return show(request, "convene", context, 422)
    typed = form.cleaned_data
    try:
        meeting = committee.convene_meeting(
            compartment=compartment,
            title=typed["title"],
            held_on=typed["held_on"],
            members=typed["members"],
            actor=request.actor,
            now=now,
        )
    except Refused as refused:
        return show(request, "convene", context | {"refused": refused.refusals}, 409)
    messages.success(request, _("The meeting is called. Put awards on its docket now."))
    return redirect("awards:committee_meeting", ref=meeting.ref)


@require_safe
def meeting(request: OfficerRequest, ref: str) -> HttpResponse:
    """The docket, with quorum and recusals as they are now."""
    return show(request, "docket", {"page": queries.docket_page(request.actor, ref)})


@require_safe
def minutes(request: OfficerRequest, ref: str) -> HttpResponse:
    """The minutes as the records have them."""
    return show(request, "minutes", {"minutes": minutes_of(request.actor, ref)})


@require_POST
def put_on_docket(request: OfficerRequest, ref: str) -> HttpResponse:
    """Put an award on the docket."""
    form = DocketForm(request.POST)
    award = form.cleaned_data["award"] if form.is_valid() else ""
    committee.docket(meeting=ref, award=award, actor=request.actor, now=timezone.now())
    messages.success(request, _("The award is on the docket. Members declare before its packet opens."))
    return redirect("awards:committee_meeting", ref=ref)


@require_POST
def open_meeting(request: OfficerRequest, ref: str) -> HttpResponse:
    """Open the meeting."""
    committee.open_meeting(ref=ref, actor=request.actor, now=timezone.now())
    messages.success(request, _("The meeting is open. Motions can be put and votes cast."))
    return redirect("awards:committee_meeting", ref=ref)


@require_POST
def close_meeting(request: OfficerRequest, ref: str) -> HttpResponse:
    """Close the meeting."""
    committee.close_meeting(ref=ref, actor=request.actor, now=timezone.now())
    messages.success(request, _("The meeting is closed, and its minutes stand."))
    return redirect("awards:committee_minutes", ref=ref)
