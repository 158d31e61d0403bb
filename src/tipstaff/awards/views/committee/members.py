"""What a member does on an item's pages: declare, score, vote."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tipstaff.awards.actions import committee
from tipstaff.awards.forms.committee import DeclareForm, ScoreForm, VoteForm
from tipstaff.awards.queries.item import ItemPage, item_page
from tipstaff.awards.states import Choice
from tipstaff.awards.views.committee.showing import show, show_item
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import NotAllowed
from tipstaff.people.http import OfficerRequest


@require_POST
def declare(request: OfficerRequest, ref: str, place: int) -> HttpResponse:
    """Declare a conflict, or none. What was typed stays on the page when it is refused."""
    form = DeclareForm(request.POST)
    if not form.is_valid():
        return show_item(request, ref, place, {"declaring": form}, 422)
    conflicted = form.cleaned_data["answer"] == "conflict"
    try:
        committee.declare(
            meeting=ref,
            place=place,
            conflicted=conflicted,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            now=timezone.now(),
        )
    except Refused as refused:
        return show_item(request, ref, place, {"declaring": form, "refused": refused.refusals}, 409)
    if conflicted:
        messages.success(request, _("The minutes keep your conflict. This item is closed to you for good."))
    else:
        messages.success(request, _("You declared no conflict. The packet is open to you."))
    return redirect("awards:committee_item", ref=ref, place=place)


@require_http_methods(["GET", "HEAD", "POST"])
def scores(request: OfficerRequest, ref: str, place: int) -> HttpResponse:
    """Score: save a draft, or submit for good. What was typed stays on the page when it is refused."""
    page = item_page(request.actor, ref, place)
    if page.packet is None or page.clerk:
        raise NotAllowed("awards.score.give")
    if request.method != "POST":
        return _scores(request, page, ScoreForm(page.factors, page.numbers, page.draft))
    form = ScoreForm(page.factors, page.numbers, page.draft, request.POST)
    if not form.is_valid():
        return _scores(request, page, form, 422)
    submits = "submit" in request.POST
    verb = committee.submit_scores if submits else committee.save_scores
    try:
        verb(meeting=ref, place=place, marks=form.marks(), actor=request.actor, now=timezone.now())
    except Refused as refused:
        elsewhere = form.place(refused.refusals)
        context = {
            "page": page,
            "form": form,
            "refused": elsewhere,
            "missing": len(elsewhere) < len(refused.refusals),
        }
        return show(request, "scores", context, 409)
    if not submits:
        messages.success(request, _("Your draft is saved. Nobody else reads it."))
        return redirect("awards:committee_scores", ref=ref, place=place)
    messages.success(
        request, _("Your scores are submitted and locked. The others see them when a vote is put.")
    )
    return redirect("awards:committee_item", ref=ref, place=place)


@require_POST
def vote(request: OfficerRequest, ref: str, place: int) -> HttpResponse:
    """Vote on the motion that the page showed. What was typed stays on the page when it is refused."""
    form = VoteForm(request.POST)
    if not form.is_valid():
        return show_item(request, ref, place, {"voting": form}, 422)
    typed = form.cleaned_data
    try:
        committee.cast_vote(
            meeting=ref,
            place=place,
            motion=typed["motion"],
            choice=Choice(typed["choice"]),
            reason=typed["reason"],
            actor=request.actor,
            now=timezone.now(),
        )
    except Refused as refused:
        return show_item(request, ref, place, {"voting": form, "refused": refused.refusals}, 409)
    messages.success(request, _("Your vote is recorded, with its reason."))
    return redirect("awards:committee_item", ref=ref, place=place)


def _scores(request: OfficerRequest, page: ItemPage, form: ScoreForm, status: int = 200) -> HttpResponse:
    return show(request, "scores", {"page": page, "form": form}, status)
