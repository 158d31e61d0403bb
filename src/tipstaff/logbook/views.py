"""The log's pages: the account for an auditor, in numbers and leaf by leaf."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tipstaff.logbook import queries
from tipstaff.logbook.chart import chart
from tipstaff.people.http import OfficerRequest
from tipstaff.tips import words

LEAVES = 256


@require_safe
def log(request: OfficerRequest) -> HttpResponse:
    """What the log holds, head by head, and what stands against signing the next one."""
    heads = queries.newest_heads(request.actor)
    context = {
        "totals": queries.totals(request.actor),
        "heads": heads,
        "kinds": [kind.value for kind in queries.LeafKind],
        "chart": chart(heads),
        "standing": queries.standing_alarm(),
        "alarms": queries.alarms(request.actor),
    }
    return render(request, "logbook/log.html", context)


@require_safe
def leaves(request: OfficerRequest) -> HttpResponse:
    """256 leaves, from `?from=`: each with what it stands for."""
    asked = request.GET.get("from", "0")
    start = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else 0
    start -= start % LEAVES
    rows = list(queries.account(request.actor, start, start + LEAVES))
    context = {
        "rows": rows,
        "reasons": words.SET_ASIDE,
        "start": start,
        "before": start - LEAVES if start else None,
        "after": start + LEAVES if len(rows) == LEAVES else None,
    }
    return render(request, "logbook/leaves.html", context)
