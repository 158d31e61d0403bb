"""The list of awards, and one award's page with every verb that its officer may do now."""

from collections.abc import Callable, Iterator
from contextlib import suppress

from allauth.account.decorators import reauthentication_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tipstaff.awards import words
from tipstaff.awards.access import PACKET, PAYMENTS, SEE, award_for
from tipstaff.awards.actions import concurrence, deciding, eligibility, finishing, nominating
from tipstaff.awards.forms import award as forms
from tipstaff.awards.policy.moves import MOVES
from tipstaff.awards.queries.award import award_page, determination_page
from tipstaff.awards.queries.awards_list import awards_list
from tipstaff.footing.templatetags.marks import reasons
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.people.access import Actor
from tipstaff.people.http import OfficerRequest


@require_safe
def awards(request: OfficerRequest) -> HttpResponse:
    """Every award that the officer may read, first those that wait for them. Who only votes or pays goes there."""
    if SEE not in request.actor.verbs:
        if PACKET in request.actor.verbs:
            return redirect("/awards/committee/")
        if request.actor.verbs & {PAYMENTS, "awards.payment.witness"}:
            return redirect("/awards/payments/")
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    found = awards_list(request.actor, state=request.GET.get("state", ""), before=before)
    context = {"found": found, "places": list(_places(request.actor))}
    return render(request, "awards/list.html", words.page() | context)


@require_safe
def award(request: OfficerRequest, ref: str) -> HttpResponse:
    """One award: what is asked, where it stands, what each rule found, and what may be done now."""
    return _page(request, ref)


@require_safe
def determination(request: OfficerRequest, ref: str, number: int) -> HttpResponse:
    """What every rule found at one step of the award."""
    found = determination_page(request.actor, ref, number)
    return render(request, "awards/determination.html", words.page() | {"ref": ref, "row": found})


@require_POST
def nominate(request: OfficerRequest, ref: str) -> HttpResponse:
    """Hand the nomination in."""
    return _act(request, ref, "nominate", forms.NominateForm(request.POST), nominating.nominate)


@require_POST
def withdraw(request: OfficerRequest, ref: str) -> HttpResponse:
    """Take the nomination back."""
    return _act(request, ref, "withdraw", forms.ReasonForm(request.POST), nominating.withdraw_nomination)


@require_POST
def send_back(request: OfficerRequest, ref: str) -> HttpResponse:
    """Return the nomination to its nominator."""
    return _act(request, ref, "return", forms.ReasonForm(request.POST), nominating.return_nomination)


@require_POST
def endorse(request: OfficerRequest, ref: str) -> HttpResponse:
    """Endorse the nomination."""
    return _act(request, ref, "endorse", forms.ReasonForm(request.POST), nominating.endorse_nomination)


@require_POST
def find_eligible(request: OfficerRequest, ref: str) -> HttpResponse:
    """Find that no rule stands against it."""
    return _act(request, ref, "find_eligible", forms.NothingForm(request.POST), eligibility.find_eligible)


@require_POST
def find_ineligible(request: OfficerRequest, ref: str) -> HttpResponse:
    """Find that a rule stands against it."""
    return _act(request, ref, "find_ineligible", forms.ReasonForm(request.POST), eligibility.find_ineligible)


@require_POST
def seek_concurrence(request: OfficerRequest, ref: str) -> HttpResponse:
    """Send it to the Attorney General."""
    return _act(
        request, ref, "seek_concurrence", forms.NothingForm(request.POST), concurrence.seek_concurrence
    )


@require_POST
def concur(request: OfficerRequest, ref: str) -> HttpResponse:
    """Concur for the Attorney General."""
    return _act(request, ref, "concur", forms.ReferenceForm(request.POST), concurrence.concur)


@require_POST
def object_to(request: OfficerRequest, ref: str) -> HttpResponse:
    """Object for the Attorney General."""
    return _act(request, ref, "object", forms.ObjectionForm(request.POST), concurrence.object_to_award)


@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def certify(request: OfficerRequest, ref: str) -> HttpResponse:
    """Certify it for payment, with a proof of who this is that is not older than five minutes."""
    return _act(request, ref, "certify", forms.NothingForm(request.POST), deciding.certify_award)


@require_POST
def give_notice(request: OfficerRequest, ref: str) -> HttpResponse:
    """Write down that both committees were told."""
    return _act(request, ref, "give_notice", forms.ReferenceForm(request.POST), finishing.give_notice)


@require_POST
def end_notice(request: OfficerRequest, ref: str) -> HttpResponse:
    """Go on after the days of notice."""
    return _act(request, ref, "end_notice", forms.NothingForm(request.POST), finishing.end_notice)


@require_POST
def plan_protection(request: OfficerRequest, ref: str) -> HttpResponse:
    """Settle the protection."""
    return _act(request, ref, "plan_protection", forms.PlanForm(request.POST), finishing.plan_protection)


@require_POST
def reconsider(request: OfficerRequest, ref: str) -> HttpResponse:
    """Let the committee look again."""
    return _act(request, ref, "reconsider", forms.ReasonForm(request.POST), finishing.reconsider_award)


@require_POST
def close(request: OfficerRequest, ref: str) -> HttpResponse:
    """Close the file."""
    return _act(request, ref, "close", forms.ReasonForm(request.POST), finishing.close_award)


def _places(actor: Actor) -> Iterator[tuple[str, Promise]]:
    """The room's other pages that one of the actor's verbs leads to. A link is never a right."""
    for name, label, verbs in words.PLACES:
        with suppress(NoReverseMatch):
            if verbs & actor.verbs:
                yield reverse(f"awards:{name}"), label


def _act(
    request: OfficerRequest, ref: str, where: str, form: Form, act: Callable[..., object]
) -> HttpResponse:
    """Do one verb and go back to the award; a refusal is shown at its form, with what was typed, to who may do it."""
    if not form.is_valid():
        award_for(request.actor, ref, to=MOVES[where].verb)
        problem = _(
            "Something is too long or cannot be read. Nothing was changed; correct it and send it again."
        )
        return _page(request, ref, [problem], where, 422)
    try:
        act(ref=ref, **form.cleaned_data, actor=request.actor, now=timezone.now())
    except Refused as refused:
        return _page(request, ref, reasons(refused), where, 409)
    except MoveNotInTable:
        problem = _(
            "The award has moved on in the meantime, or this step does not follow from where it stands."
        )
        return _page(request, ref, [problem], "", 409)
    return redirect("awards:award", ref=ref)


def _page(
    request: OfficerRequest, ref: str, problems: list[str] | None = None, where: str = "", status: int = 200
) -> HttpResponse:
    shown = award_page(request.actor, ref, day(timezone.now()))
    context = {"award": shown, "problems": problems or [], "where": where, "typed": request.POST}
    return render(request, "awards/award.html", words.page() | context, status=status)
