"""The offers' pages at the desk: read, one query or one verb, answer.

NotVisible, NotAllowed, MoveNotInTable and Refused become 404, 403 and 409 pages in the desk's own middleware.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tipstaff.footing.templatetags.marks import sentences
from tipstaff.kernel.decision import Refused
from tipstaff.offers import actions, queries
from tipstaff.offers.forms import DraftForm, SeenForm
from tipstaff.people.http import OfficerRequest


@require_safe
def offers(request: OfficerRequest) -> HttpResponse:
    """Every offer that the officer may see."""
    return render(request, "offers/offers.html", {"offers": list(queries.offers_list(request.actor))})


@require_safe
def offer(request: OfficerRequest, ref: str) -> HttpResponse:
    """One offer: its public text, its text in work, its versions and its history."""
    return render(request, "offers/offer.html", {"offer": queries.offer_page(request.actor, ref)})


@require_safe
def version(request: OfficerRequest, ref: str, number: int) -> HttpResponse:
    """One version, word for word."""
    row = queries.version_page(request.actor, ref, number)
    return render(request, "offers/version.html", {"ref": ref, "version": row})


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: OfficerRequest, ref: str) -> HttpResponse:
    """Edit a draft. What was typed stays on the page when it is refused."""
    page = queries.draft_page(request.actor, ref)
    if request.method != "POST":
        form = DraftForm(page.text, amends=page.amends, revision=page.revision)
        return render(request, "offers/draft.html", {"ref": ref, "form": form})
    form = DraftForm(page.text, amends=page.amends, revision=page.revision, data=request.POST)
    if not form.is_valid():
        return render(request, "offers/draft.html", {"ref": ref, "form": form}, status=422)
    seen = form.cleaned_data["revision"]
    try:
        actions.save_draft(
            ref=ref, text=form.edited(), revision=seen, actor=request.actor, now=timezone.now()
        )
    except Refused as refused:
        context = {"ref": ref, "form": form, "refused": sentences(refused)}
        return render(request, "offers/draft.html", context, status=409)
    messages.success(request, _("The draft is saved. Propose it when it is ready for a second officer."))
    return redirect("offers:offer", ref=ref)


@require_POST
def begin(request: OfficerRequest, ref: str) -> HttpResponse:
    """Begin an amendment."""
    actions.begin_amendment(ref=ref, actor=request.actor, now=timezone.now())
    messages.success(
        request, _("The amendment is begun. The public text stays as it is until it is published.")
    )
    return redirect("offers:offer", ref=ref)


@require_POST
def drop(request: OfficerRequest, ref: str) -> HttpResponse:
    """Give up the amendment in work."""
    actions.drop_amendment(ref=ref, actor=request.actor, now=timezone.now())
    messages.success(request, _("The amendment is dropped. The public text stays as it is."))
    return redirect("offers:offer", ref=ref)


@require_POST
def propose(request: OfficerRequest, ref: str) -> HttpResponse:
    """Put the draft before a second officer."""
    actions.propose_offer(ref=ref, actor=request.actor, now=timezone.now())
    messages.success(request, _("The text is proposed. A second officer can approve it now."))
    return redirect("offers:offer", ref=ref)


@require_POST
def send_back(request: OfficerRequest, ref: str) -> HttpResponse:
    """Return the text to its editors."""
    actions.return_offer(ref=ref, reason=_reason(request), actor=request.actor, now=timezone.now())
    messages.success(request, _("The text is back in draft, with your reason in its history."))
    return redirect("offers:offer", ref=ref)


@require_POST
def approve(request: OfficerRequest, ref: str) -> HttpResponse:
    """Approve the version that the page showed."""
    form = SeenForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    actions.approve_offer(ref=ref, version=seen, actor=request.actor, now=timezone.now())
    messages.success(request, _("The text is approved. It becomes public when it is published."))
    return redirect("offers:offer", ref=ref)


@require_POST
def publish(request: OfficerRequest, ref: str) -> HttpResponse:
    """Make the approved text public."""
    actions.publish_offer(ref=ref, actor=request.actor, now=timezone.now())
    messages.success(
        request, _("The text is published. The public site shows it as soon as its notice is signed.")
    )
    return redirect("offers:offer", ref=ref)


@require_POST
def suspend(request: OfficerRequest, ref: str) -> HttpResponse:
    """Stop asking for information for a while."""
    actions.suspend_offer(ref=ref, reason=_reason(request), actor=request.actor, now=timezone.now())
    messages.success(request, _("The offer is suspended. Its public page says so with the next notice."))
    return redirect("offers:offer", ref=ref)


@require_POST
def resume(request: OfficerRequest, ref: str) -> HttpResponse:
    """Ask for information again."""
    actions.resume_offer(ref=ref, actor=request.actor, now=timezone.now())
    messages.success(request, _("The offer is open again."))
    return redirect("offers:offer", ref=ref)


@require_POST
def withdraw(request: OfficerRequest, ref: str) -> HttpResponse:
    """Take the offer back for good."""
    actions.withdraw_offer(ref=ref, reason=_reason(request), actor=request.actor, now=timezone.now())
    messages.success(request, _("The offer is withdrawn. Its public page stays and says so."))
    return redirect("offers:offer", ref=ref)


@require_POST
def satisfy(request: OfficerRequest, ref: str) -> HttpResponse:
    """Close the offer because what it asked for was achieved."""
    actions.satisfy_offer(ref=ref, reason=_reason(request), actor=request.actor, now=timezone.now())
    messages.success(request, _("The offer is closed as satisfied. Its public page stays and says so."))
    return redirect("offers:offer", ref=ref)


def _reason(request: OfficerRequest) -> str:
    return request.POST.get("reason", "").strip()
