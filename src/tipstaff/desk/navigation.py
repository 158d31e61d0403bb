"""The shell around every page: which rooms this officer has anything to do in. A link is never a right."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tipstaff.people.access import Actor


@dataclass(frozen=True, slots=True)
class Room:
    """A room in the navigation: its address, its name, and the verbs any one of which leads there."""

    url: str
    label: Promise
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A link as one page shows it."""

    url: str
    label: Promise
    current: bool


ROOMS = (
    Room("/tips/", _("Tips"), frozenset({"tips.tip.see"})),
    Room("/offers/", _("Offers"), frozenset({"offers.offer.see"})),
    Room("/log/", _("Log"), frozenset({"logbook.account.see", "logbook.head.publish"})),
    Room("/keys/", _("Keys"), frozenset({"custody.keys.unlock", "custody.keys.lock"})),
    Room("/outbox/", _("Outbox"), frozenset({"outbox.parcel.see"})),
    Room("/people/", _("People"), frozenset({"people.officer.see"})),
    Room("/audit/", _("Audit"), frozenset({"audit.record.see"})),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """For every template: `shell.demo`, and once somebody is signed in `shell.officer` and
    `shell.entries`."""
    actor: Actor | None = getattr(request, "actor", None)
    signed_in = actor is not None
    return {
        "shell": {
            "demo": settings.DEMO,
            "officer": str(request.user) if signed_in else "",
            "entries": list(entries(actor, request.path)) if actor is not None else [],
        }
    }


def entries(actor: Actor, path: str) -> Iterator[Entry]:
    """My work, and every room that one of the actor's verbs leads to."""
    yield Entry("/", _("My work"), path == "/")
    for room in ROOMS:
        if room.verbs & actor.verbs:
            yield Entry(room.url, room.label, path.startswith(room.url))
