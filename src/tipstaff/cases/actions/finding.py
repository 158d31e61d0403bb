"""Stating a finding with its sources, and correcting it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tipstaff.cases import access, policy
from tipstaff.cases.keeping import following, keep_sources, number_sources, recorded, tidy
from tipstaff.cases.models import Case, Finding
from tipstaff.cases.states import CaseState, SourceKind
from tipstaff.cases.texts import SourceText
from tipstaff.kernel import reference
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor
from tipstaff.sealed.envelope import typed
from tipstaff.tips import queries as tips


@transaction.atomic(durable=True)
def state_finding(
    *, case: str, statement: str, sources: Sequence[SourceText], actor: Actor, now: datetime
) -> Finding:
    """State a finding; each tip among its sources gets its source number in the case.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    held = access.case_for(actor, case, to="cases.finding.state", lock=True)
    statement, sources = _judged(held, statement, sources, actor, now)

    held.findings += 1
    held.save(update_fields=["findings", "sources"])
    finding = Finding.objects.create(
        ref=reference.new("FND"),
        place=held.findings,
        case=held,
        statement=statement,
        stated_by=actor.ref,
        stated_at=now,
    )
    keep_sources(finding, sources)
    recorded("finding.stated", held, finding.ref, actor, now)
    return finding


@transaction.atomic(durable=True)
def correct_finding(
    *,
    ref: str,
    seen: int,
    why: str,
    statement: str,
    sources: Sequence[SourceText],
    actor: Actor,
    now: datetime,
) -> Finding:
    """Answer a finding's row `seen` with a new one, saying what was wrong; the old row stays readable.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    old = access.finding_for(actor, ref, to="cases.finding.state", lock=True)
    policy.may_correct(policy.CorrectionFacts(seen=seen, current=old.number, why=why)).or_raise()
    statement, sources = _judged(old.case, statement, sources, actor, now)

    old.case.save(update_fields=["sources"])
    finding = Finding.objects.create(
        **following(old, why), statement=statement, stated_by=actor.ref, stated_at=now
    )
    keep_sources(finding, sources)
    recorded("finding.corrected", old.case, ref, actor, now, row=finding.number, reason=finding.why)
    return finding


def _judged(
    case: Case, statement: str, sources: Sequence[SourceText], actor: Actor, now: datetime
) -> tuple[str, list[SourceText]]:
    """Statement and sources as they will be kept, once every rule has let them through."""
    policy.may_add(CaseState(case.state)).or_raise()
    statement, tidied = typed(statement).strip(), [tidy(source) for source in sources]
    cited = [source.reference for source in tidied if source.kind == SourceKind.TIP]
    seen = tips.seen_tips(actor, cited)
    policy.may_state(statement, tidied, frozenset(seen), day(now)).or_raise()
    number_sources(case, seen)
    return statement, tidied
