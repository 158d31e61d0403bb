"""An item of the docket: its page, its packet, and what the clerk does with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tipstaff.awards.actions import committee
from tipstaff.awards.forms.committee import MotionForm, ReasonForm
from tipstaff.awards.queries.item import ItemPage, item_page
from tipstaff.awards.queries.packet import packet_page
from tipstaff.awards.views.committee.showing import show, show_item
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.money import Money
from tipstaff.people.access import NotAllowed
from tipstaff.people.http import OfficerRequest


@require_safe
def item(request: OfficerRequest, ref: str, place: int) -> HttpResponse:
    """The item in its phase, for its viewer."""
    return show_item(request, ref, place)


@require_safe
def packet(request: OfficerRequest, ref: str, place: int) -> HttpResponse:
    """The packet alone, to be printed."""
    context = {"ref": ref, "place": place, "packet": packet_page(request.actor, ref, place)}
    return show(request, "packet", context)


@require_POST
def open_scoring(request: OfficerRequest, ref: str, place: int) -> HttpResponse:
    """Let the members score."""
    committee.open_scoring(meeting=ref, place=place, actor=request.actor, now=timezone.now())
    messages.success(request, _("The scoring is open. Each member sees only their own scores until a vote."))
    return redirect("awards:committee_item", ref=ref, place=place)


@require_http_methods(["GET", "HEAD", "POST"])
def motion(request: OfficerRequest, ref: str, place: int) -> HttpResponse:
    """Put a motion. What was typed stays on the page when it is refused."""
    page = item_page(request.actor, ref, place)
    if not page.clerk:
        raise NotAllowed("awards.committee.record")
    if request.method != "POST":
        return show(request, "motion", {"page": page, "form": MotionForm(*_requested(page))})
    form = MotionForm(*_requested(page), data=request.POST)
    if not form.is_valid():
        return show(request, "motion", {"page": page, "form": form}, 422)
    try:
        committee.put_motion(
            meeting=ref,
            place=place,
            recommend=form.recommends,
            total=form.total(),
            amounts=form.amounts(),
            text=form.cleaned_data["text"],
            actor=request.actor,
            now=timezone.now(),
        )
    except Refused as refused:
        return show(request, "motion", {"page": page, "form": form, "refused": refused.refusals}, 409)
    messages.success(request, _("The motion is put. Members see all scores now, and vote."))
    return redirect("awards:committee_item", ref=ref, place=place)


@require_POST
def close_vote(request: OfficerRequest, ref: str, place: int) -> HttpResponse:
    """Count the votes."""
    count = committee.close_vote(meeting=ref, place=place, actor=request.actor, now=timezone.now())
    if count.carried:
        messages.success(request, _("The motion is carried. The award goes on with the committee’s advice."))
    else:
        messages.success(request, _("The motion is not carried. Put another, or defer the item."))
    return redirect("awards:committee_item", ref=ref, place=place)


@require_POST
def defer(request: OfficerRequest, ref: str, place: int) -> HttpResponse:
    """Put the item off."""
    try:
        committee.defer(
            meeting=ref, place=place, reason=_reason(request), actor=request.actor, now=timezone.now()
        )
    except Refused as refused:
        return show_item(request, ref, place, {"refused": refused.refusals, "typed": _reason(request)}, 409)
    messages.success(request, _("The item is deferred, with your reason in the minutes."))
    return redirect("awards:committee_item", ref=ref, place=place)


@require_POST
def relist(request: OfficerRequest, ref: str, place: int) -> HttpResponse:
    """Bring the item back."""
    try:
        committee.relist(
            meeting=ref, place=place, reason=_reason(request), actor=request.actor, now=timezone.now()
        )
    except Refused as refused:
        return show_item(request, ref, place, {"refused": refused.refusals, "typed": _reason(request)}, 409)
    messages.success(
        request, _("The item is on the docket again. Scores that were submitted are drafts again.")
    )
    return redirect("awards:committee_item", ref=ref, place=place)


def _reason(request: OfficerRequest) -> str:
    """What was typed; a text that is too long is cut by no one: the verb refuses it."""
    form = ReasonForm(request.POST)
    return str(form.cleaned_data["reason"]) if form.is_valid() else request.POST.get("reason", "")


def _requested(page: ItemPage) -> tuple[dict[str, Money], str]:
    assert page.packet, "a clerk reads the packet"
    return (
        {source.number: source.requested for source in page.packet.sources},
        page.packet.requested.currency,
    )
