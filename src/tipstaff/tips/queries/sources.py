"""What the room of awards may know of a source: days, wishes and the public key. No text, no mailbox."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from tipstaff.audit import queries as audit
from tipstaff.audit.queries import RecordRow
from tipstaff.tips.models import Judgement, Tip

_HANDLED = frozenset({"tips.tip.claimed", "tips.tip.handed_over", "tips.tip.disposed"})


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """One tip's source. `mailbox_known`: can be told of a reward; `day`: of the first tip; `handlers`: every officer
    who had or judged the tip, sorted; `claim_key`: the public half (32 bytes) of what signs answers."""

    ref: str
    mailbox_known: bool
    wants_reward: bool
    may_ask: bool
    day: date
    language: str
    offer: str
    offer_version: int | None
    handlers: tuple[str, ...]
    claim_key: bytes


def sources_of(refs: Collection[str]) -> dict[str, SourceFacts]:
    """The sources of these tips, by reference; a tip that is not there is not in it. Three queries, however many.

    For a room that has asked who reads: every compartment's are given.
    """
    tips = Tip.objects.unscoped("the room of awards has asked who reads").filter(ref__in=refs)
    judged: dict[str, set[str]] = {}
    for ref, author in Judgement.objects.filter(tip__ref__in=refs).values_list("tip__ref", "author"):
        judged.setdefault(ref, set()).add(author)
    handled = audit.about_each(refs, _HANDLED)
    return {
        tip.ref: _facts(tip, judged.get(tip.ref, set()) | _hands(handled.get(tip.ref, ())))
        for tip in tips.order_by("ref")
    }


def _hands(records: Sequence[RecordRow]) -> set[str]:
    """Whoever took the tip, gave it to somebody, was given it, or judged it."""
    given = {value for row in records for name, value in row.facts if name == "to"}
    return {row.actor for row in records} | given


def _facts(tip: Tip, handlers: set[str]) -> SourceFacts:
    had = {tip.claimed_by} if tip.held else set()
    return SourceFacts(
        ref=tip.ref,
        mailbox_known=bool(tip.mailbox and tip.reply),
        wants_reward=tip.reward,
        may_ask=tip.may_ask,
        day=tip.day,
        language=tip.language,
        offer=tip.offer,
        offer_version=tip.offer_version,
        handlers=tuple(sorted(had | handlers)),
        claim_key=bytes(tip.claim),
    )
