"""How the committee's pages are answered: with their words, and with a refusal above what was typed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from tipstaff.awards import committee_words
from tipstaff.awards.forms.committee import DeclareForm, VoteForm
from tipstaff.awards.queries.item import item_page
from tipstaff.people.http import OfficerRequest


def show(request: OfficerRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the committee."""
    return render(
        request, f"awards/committee/{template}.html", committee_words.page() | context, status=status
    )


def show_item(
    request: OfficerRequest, meeting: str, place: int, more: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """An item's page, as its viewer may see it now; `more` may hold `refused` and what was typed."""
    page = item_page(request.actor, meeting, place)
    context = {"page": page, "declaring": DeclareForm(), "voting": VoteForm()}
    return show(request, "item", context | (more or {}), status)
