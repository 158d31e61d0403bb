"""Memoranda: issued, read on screen, and set as PDF from the stored record."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tipstaff.awards import paper_words
from tipstaff.awards.actions.memoranda import issue_memorandum
from tipstaff.awards.forms import papers as forms
from tipstaff.awards.memorandum import typeset
from tipstaff.awards.memorandum.printed import printed
from tipstaff.awards.memorandum.words import LANGUAGES
from tipstaff.awards.queries.memoranda import memorandum_page
from tipstaff.awards.views.papers.award import shown
from tipstaff.kernel.decision import Refused
from tipstaff.people.http import OfficerRequest

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
PUBLIC = "public"


@require_POST
def issue(request: OfficerRequest, ref: str) -> HttpResponse:
    """Issue the next version."""
    form = forms.IssueForm(request.POST)
    if not form.is_valid():
        return shown(request, ref, {"where": "issue", "bound": form}, 422)
    try:
        issued = issue_memorandum(ref=ref, **form.cleaned_data, actor=request.actor, now=timezone.now())
    except Refused as refused:
        return shown(request, ref, {"where": "issue", "bound": form, "refused": refused.refusals}, 409)
    messages.success(request, _("The memorandum is issued. This version stays as it is."))
    return redirect("awards:memorandum", ref=ref, number=issued.number)


@require_safe
def memorandum(request: OfficerRequest, ref: str, number: int) -> HttpResponse:
    """One version on screen: the same texts that the paper is set from."""
    language = request.GET.get("language") or (get_language() or "en").split("-")[0]
    language = language if language in LANGUAGES else "en"
    public = request.GET.get("version") == PUBLIC
    page = memorandum_page(request.actor, ref, number, language=language, public=public)
    context = paper_words.page() | {
        "page": page,
        "paper": printed(page.memorandum),
        "language": language,
        "languages": paper_words.LANGUAGES,
    }
    return render(request, "awards/papers/memorandum.html", context)


@require_safe
def pdf(
    request: OfficerRequest, ref: str, number: int, language: str, paper: str, version: str
) -> HttpResponse:
    """One version as PDF. It is loaded into nothing: sandboxed, and handed over as a file."""
    if language not in LANGUAGES or paper not in typeset.PAPERS or version not in ("whole", PUBLIC):
        raise Http404
    page = memorandum_page(request.actor, ref, number, language=language, public=version == PUBLIC)
    answer = HttpResponse(typeset.pdf(page.memorandum, paper=paper), content_type="application/pdf")
    name = f"{ref}-{number}-{version}-{language}-{paper}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
