"""The issued memoranda of an award, and one of them as it is shown: always from the stored record."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import FETCH_RAISE

from tipstaff.awards import access
from tipstaff.awards.memorandum.document import Memorandum
from tipstaff.awards.memorandum.record import digest_of, read
from tipstaff.awards.memorandum.redaction import redacted
from tipstaff.awards.models import Award
from tipstaff.awards.models import Memorandum as Kept
from tipstaff.awards.policy.memoranda import differing, in_this_office
from tipstaff.people.access import Actor, NotVisible
from tipstaff.people.queries import names_of

SEE = "awards.memorandum.see"


class RecordDamaged(Exception):
    """The stored record is not the one that its hash was taken of: nothing is shown or set from it."""

    def __init__(self, ref: str, number: int) -> None:
        super().__init__(
            f"Memorandum {number} of {ref} is not what its hash was taken of. Keep the database as it is."
        )


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the list; `changed` names the parts that read otherwise than in the one before."""

    number: int
    digest: str
    by: str
    at: datetime
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemorandumPage:
    """One version of a memorandum, in a language, whole or for the public."""

    ref: str
    number: int
    digest: str
    public: bool
    memorandum: Memorandum


def versions_of(award: Award) -> tuple[VersionRow, ...]:
    """The versions, the newest first, for whoever was let see the award's papers. Two queries."""
    kept = list(Kept.objects.filter(award=award).order_by("number").fetch_mode(FETCH_RAISE))
    names = names_of([each.actor for each in kept])
    rows, before = list[VersionRow](), None
    for each in kept:
        here = read(each.content).en
        changed = differing(before, here) if before else ()
        rows.append(VersionRow(each.number, each.digest, names[each.actor], each.at, changed))
        before = here
    return tuple(reversed(rows))


def memorandum_page(actor: Actor, ref: str, number: int, *, language: str, public: bool) -> MemorandumPage:
    """One version as it was issued. Raises NotVisible, NotAllowed or RecordDamaged."""
    award = access.award_for(actor, ref, to=SEE)
    kept = Kept.objects.filter(award=award, number=number).first()
    if kept is None:
        raise NotVisible(f"{ref}/{number}")
    if digest_of(kept.content) != kept.digest:
        raise RecordDamaged(ref, number)
    whole = read(kept.content).in_language(language)
    chosen = redacted(whole) if public else whole
    shown = in_this_office(chosen, digest=kept.digest, demo=settings.DEMO)
    return MemorandumPage(ref, number, kept.digest, public, shown)
