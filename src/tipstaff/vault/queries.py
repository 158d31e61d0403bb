"""What pages and other rooms read of the vault: references, days and officers; never who a source is."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db.models import FETCH_RAISE, Exists, OuterRef, QuerySet

from tipstaff.people.access import Actor
from tipstaff.people.queries import names_of
from tipstaff.vault import access, holder
from tipstaff.vault.models import Identity, Opening, Request, Sealed
from tipstaff.vault.policy import expired
from tipstaff.vault.states import Purpose


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """A request and what became of it. Officers by full name; `standing`: waiting, forgotten, expired or done."""

    ref: str
    purpose: str
    reason: str
    asked_by: str
    asked_at: datetime
    agreed_by: str | None
    agreed_at: datetime | None
    standing: str
    own: bool


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """One line of the list. `openings`: every time it was opened, the newest first."""

    number: int
    ref: str
    compartment: str
    sealed_on: date
    sealed_by: str
    destroyed: bool
    requests: tuple[OpeningRow, ...]

    @property
    def openings(self) -> tuple[OpeningRow, ...]:
        return tuple(row for row in self.requests if row.standing == "done" and row.purpose == Purpose.OPEN)


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request on its own page, with the identity it is about."""

    identity: str
    compartment: str
    row: OpeningRow


def identity_exists(ref: str) -> bool:
    """Is an identity kept under `ref`? Not any more once it is destroyed. For rooms that note a reference down."""
    found = Identity.objects.unscoped("says yes or no to a reference that cannot be guessed")
    return found.filter(ref=ref, sealed__isnull=False).exists()


def identities(actor: Actor, now: datetime, *, limit: int, before: int | None = None) -> list[IdentityRow]:
    """The identities that the actor may see, the newest first. The number of queries does not grow with them."""
    found = access.visible_identities(actor).order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    return _rows(found[:limit], actor, now)


def identity_page(actor: Actor, ref: str, now: datetime) -> IdentityRow:
    """One identity with all its requests. Raises NotVisible or NotAllowed."""
    identity = access.identity_for(actor, ref, to=access.SEE)
    same = Identity.objects.unscoped("this identity was just allowed").filter(pk=identity.pk)
    (row,) = _rows(same, actor, now)
    return row


def request_page(actor: Actor, ref: str, now: datetime) -> RequestPage:
    """One request, for an officer who may agree to it. Raises NotVisible or NotAllowed."""
    request = access.request_for(actor, ref, to=access.OPEN)
    names = names_of([request.asked_by])
    opening = Opening.objects.filter(request=request).first()
    if opening is not None:
        names |= names_of([opening.agreed_by])
    row = _opening(request, opening, names, actor, now)
    return RequestPage(request.identity.ref, request.identity.compartment, row)


def _rows(found: QuerySet[Identity], actor: Actor, now: datetime) -> list[IdentityRow]:
    there = Exists(Sealed.objects.filter(identity=OuterRef("pk")))
    rows = list(found.annotate(there=there).fetch_mode(FETCH_RAISE))
    requests = list(
        Request.objects.filter(identity__in=[row.pk for row in rows])
        .select_related("opening")
        .order_by("-id")
    )
    done = {request.pk: getattr(request, "opening", None) for request in requests}
    refs = [row.sealed_by for row in rows] + [request.asked_by for request in requests]
    names = names_of(refs + [opening.agreed_by for opening in done.values() if opening is not None])
    said = partial(_opening, names=names, actor=actor, now=now)
    return [
        IdentityRow(
            number=row.pk, ref=row.ref, compartment=row.compartment, sealed_on=row.sealed_on,
            sealed_by=names[row.sealed_by], destroyed=not row.there,
            requests=tuple(said(each, done[each.pk]) for each in requests if each.identity_id == row.pk),
        )
        for row in rows
    ]  # fmt: skip


def _opening(
    request: Request, opening: Opening | None, names: dict[str, str], actor: Actor, now: datetime
) -> OpeningRow:
    return OpeningRow(
        ref=request.ref,
        purpose=request.purpose,
        reason=request.reason,
        asked_by=names[request.asked_by],
        asked_at=request.asked_at,
        agreed_by=None if opening is None else names[opening.agreed_by],
        agreed_at=None if opening is None else opening.agreed_at,
        standing="done" if opening is not None else _standing(request, now),
        own=request.asked_by == actor.ref,
    )


def _standing(request: Request, now: datetime) -> str:
    purpose = Purpose(request.purpose)
    if expired(purpose, request.asked_at, now):
        return "expired"
    forgotten = purpose is Purpose.OPEN and holder.current().half_open(request.ref) is None
    return "forgotten" if forgotten else "waiting"
