"""Every verb of this part of the room as the matrices need it: what it asks for, in which capacity, and from where."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from tests.rooms.awards.cast import NOON, Road, dollars
from tipstaff.awards.actions import concurrence, deciding, eligibility, finishing, nominating
from tipstaff.awards.states import Duty
from tipstaff.people.access import Actor

LATER = NOON + timedelta(days=15)


@dataclass(frozen=True)
class Verb:
    """A verb: what an officer must hold for it, its capacity, its move, and a state in which it works."""

    needs: str
    duty: Duty
    move: str
    state: str
    act: Callable[[Road, Actor], object]
    form: str = "money"


def _change(road: Road, actor: Actor) -> object:
    amounts = {"1": dollars(10_000), "2": dollars(20_000)}
    return deciding.change_award(
        ref=road.ref, amounts=amounts, total=dollars(30_000), reason="less was new", actor=actor, now=NOON
    )


VERBS: Mapping[str, Verb] = {
    "change nomination": Verb(
        "awards.nomination.draft", Duty.NOMINATE, "restate", "drafted",
        lambda r, a: nominating.change_nomination(ref=r.ref, text=r.ground.text(50_000, 40_000), actor=a, now=NOON),
    ),
    "nominate": Verb(
        "awards.nomination.draft", Duty.NOMINATE, "nominate", "drafted",
        lambda r, a: nominating.nominate(ref=r.ref, payers_asked=True, actor=a, now=NOON),
    ),
    "withdraw": Verb(
        "awards.nomination.draft", Duty.NOMINATE, "withdraw", "nominated",
        lambda r, a: nominating.withdraw_nomination(ref=r.ref, reason="mistaken", actor=a, now=NOON),
    ),
    "return": Verb(
        "awards.nomination.endorse", Duty.ENDORSE, "return", "nominated",
        lambda r, a: nominating.return_nomination(ref=r.ref, reason="which pier?", actor=a, now=NOON),
    ),
    "endorse": Verb(
        "awards.nomination.endorse", Duty.ENDORSE, "endorse", "nominated",
        lambda r, a: nominating.endorse_nomination(ref=r.ref, reason="it led there", actor=a, now=NOON),
    ),
    "find eligible": Verb(
        "awards.eligibility.check", Duty.CONVENE, "find_eligible", "endorsed",
        lambda r, a: eligibility.find_eligible(ref=r.ref, actor=a, now=NOON),
    ),
    "find ineligible": Verb(
        "awards.eligibility.check", Duty.CONVENE, "find_ineligible", "endorsed",
        lambda r, a: eligibility.find_ineligible(ref=r.ref, reason="no answer", actor=a, now=NOON),
    ),
    "seek concurrence": Verb(
        "awards.committee.record", Duty.CONVENE, "seek_concurrence", "recommended",
        lambda r, a: concurrence.seek_concurrence(ref=r.ref, actor=a, now=NOON),
    ),
    "concur": Verb(
        "awards.concurrence.give", Duty.CONCUR, "concur", "concurrence-sought",
        lambda r, a: concurrence.concur(ref=r.ref, reference="AG-1", actor=a, now=NOON),
    ),
    "object": Verb(
        "awards.concurrence.give", Duty.CONCUR, "object", "concurrence-sought",
        lambda r, a: concurrence.object_to_award(ref=r.ref, reference="AG-2", reason="a trial", actor=a, now=NOON),
    ),
    "approve": Verb(
        "awards.award.decide", Duty.DECIDE, "approve", "recommended",
        lambda r, a: deciding.approve_award(ref=r.ref, reason="as advised", actor=a, now=NOON),
    ),
    "change": Verb("awards.award.decide", Duty.DECIDE, "change", "recommended", _change),
    "deny": Verb(
        "awards.award.decide", Duty.DECIDE, "deny", "recommended",
        lambda r, a: deciding.deny_award(ref=r.ref, reason="known before", actor=a, now=NOON),
    ),
    "certify": Verb(
        "awards.award.certify", Duty.DECIDE, "certify", "approved",
        lambda r, a: deciding.certify_award(ref=r.ref, actor=a, now=NOON),
    ),
    "give notice": Verb(
        "awards.notice.give", Duty.CONVENE, "give_notice", "certified",
        lambda r, a: finishing.give_notice(ref=r.ref, reference="N-1", actor=a, now=NOON), "crypto",
    ),
    "end notice": Verb(
        "awards.notice.give", Duty.CONVENE, "end_notice", "in-notice",
        lambda r, a: finishing.end_notice(ref=r.ref, actor=a, now=LATER), "crypto",
    ),
    "plan protection": Verb(
        "awards.protection.plan", Duty.PROTECT, "plan_protection", "certified",
        lambda r, a: finishing.plan_protection(
            ref=r.ref, needed=True, plan="another town", vaults={}, actor=a, now=NOON
        ),
    ),
    "reconsider": Verb(
        "awards.award.reconsider", Duty.CONVENE, "reconsider", "denied",
        lambda r, a: finishing.reconsider_award(ref=r.ref, reason="a new paper", actor=a, now=NOON),
    ),
    "close": Verb(
        "awards.award.close", Duty.CONVENE, "close", "denied",
        lambda r, a: finishing.close_award(ref=r.ref, reason="nothing is owed", actor=a, now=NOON),
    ),
}  # fmt: skip


class _UndoIt(Exception):
    """Raised to take back what a test has just done."""


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever happens inside: one award serves many questions."""
    outer = transaction.atomic()
    outer._from_testcase = True  # type: ignore[attr-defined]  # as Django marks a test's own block: a verb may be durable in it
    try:
        with outer:
            yield
            raise _UndoIt
    except _UndoIt:
        pass
