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
    """A room in the navigation: its address, its name, and the verbs any one of which leads there.

    What belongs to the office as a whole asks for the verb in the office itself.
    """

    url: str
    label: Promise
    verbs: frozenset[str]
    of_the_office: bool = True

    def leads(self, actor: Actor) -> bool:
        """Has the actor anything to do there?"""
        if self.of_the_office:
            return any(actor.may(verb) for verb in self.verbs)
        return bool(self.verbs & actor.verbs)


@dataclass(frozen=True, slots=True)
class Entry:
    """A link as one page shows it."""

    url: str
    label: Promise
    current: bool


ROOMS = (
    Room("/tips/", _("Tips"), frozenset({"tips.tip.see"}), of_the_office=False),
    Room("/offers/", _("Offers"), frozenset({"offers.offer.see"}), of_the_office=False),
    Room("/cases/", _("Cases"), frozenset({"cases.case.see", "cases.outcome.see"}), of_the_office=False),
    Room("/awards/", _("Awards"), frozenset({"awards.award.see"}), of_the_office=False),
    Room("/awards/committee/", _("Committee"), frozenset({"awards.packet.see"}), of_the_office=False),
    Room("/awards/payments/", _("Payments"), frozenset({"awards.payment.see"}), of_the_office=False),
    Room(
        "/awards/payments/witness/",
        _("To witness"),
        frozenset({"awards.payment.witness"}),
        of_the_office=False,
    ),
    Room("/rules/", _("Rule sheets"), frozenset({"rulebook.sheet.see"}), of_the_office=False),
    Room("/ledger/", _("Ledger"), frozenset({"ledger.account.see"}), of_the_office=False),
    Room("/vault/", _("Vault"), frozenset({"vault.identity.see"}), of_the_office=False),
    Room("/log/", _("Log"), frozenset({"logbook.account.see", "logbook.head.publish"})),
    Room("/keys/", _("Keys"), frozenset({"custody.keys.unlock", "custody.keys.lock"})),
    Room("/outbox/", _("Outbox"), frozenset({"outbox.parcel.see"})),
    Room("/people/", _("People"), frozenset({"people.officer.see"})),
    Room("/audit/", _("Audit"), frozenset({"audit.record.see"}), of_the_office=False),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """For every template: `shell.demo`, `shell.languages` and `shell.here`, and once somebody is signed in
    `shell.officer` and `shell.entries`.

    `shell.here` is where a switch of the language leads back to; empty on the answer to a form, which going back
    would lose.
    """
    actor: Actor | None = getattr(request, "actor", None)
    signed_in = actor is not None
    return {
        "shell": {
            "demo": settings.DEMO,
            "languages": settings.LANGUAGES,
            "here": request.get_full_path() if request.method in {"GET", "HEAD"} else "",
            "officer": str(request.user) if signed_in else "",
            "entries": list(entries(actor, request.path)) if actor is not None else [],
        }
    }


def entries(actor: Actor, path: str) -> Iterator[Entry]:
    """My work, and every room that one of the actor's verbs leads to."""
    yield Entry("/", _("My work"), path == "/")
    rooms = [room for room in ROOMS if room.leads(actor)]
    # A room may stand inside another: the page belongs to the innermost.
    here = max((room.url for room in rooms if path.startswith(room.url)), key=len, default="")
    for room in rooms:
        yield Entry(room.url, room.label, room.url == here)
