"""The outbox's page: what has not reached the hatch yet, and why."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tipstaff.outbox import actions, queries
from tipstaff.people.http import OfficerRequest


@require_safe
def parcels(request: OfficerRequest) -> HttpResponse:
    """Every parcel still to go, stuck ones first."""
    context = {
        "parcels": list(queries.undelivered(request.actor)),
        "may_retry": request.actor.may("outbox.parcel.retry"),
    }
    return render(request, "outbox/parcels.html", context)


@require_POST
def retry(request: OfficerRequest, number: int) -> HttpResponse:
    """Let a stuck parcel go again."""
    actions.retry(number=number, actor=request.actor, now=timezone.now())
    messages.success(
        request, _("Parcel %(number)s will be tried again within a minute.") % {"number": number}
    )
    return redirect("outbox:parcels")
