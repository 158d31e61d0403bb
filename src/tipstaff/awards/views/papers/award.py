"""The page of one award's papers."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tipstaff.awards import paper_words, words
from tipstaff.awards.forms import papers as forms
from tipstaff.awards.queries.papers import papers_page
from tipstaff.kernel.clock import day
from tipstaff.people.http import OfficerRequest


@require_safe
def papers(request: OfficerRequest, ref: str) -> HttpResponse:
    """Memoranda, clocks, receipt and reports of an award, and its determinations run again."""
    return shown(request, ref)


def shown(
    request: OfficerRequest, ref: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what a verb that was refused leaves on it."""
    given = {
        **words.page(),
        **paper_words.page(),
        "page": papers_page(request.actor, ref, day(timezone.now())),
        "issue_form": forms.IssueForm(),
        "receipt_form": forms.ReceiptForm(),
        "report_form": forms.ReportForm(),
        "paper_parts": paper_words.PARTS,
    }
    return render(request, "awards/papers/papers.html", given | dict(context or {}), status=status)
