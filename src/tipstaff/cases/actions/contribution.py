"""Attesting what a tip gave to an outcome, and correcting that."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from tipstaff.cases import access, policy
from tipstaff.cases.keeping import as_written, following, recorded, tidy
from tipstaff.cases.models import Case, CaseSource, Contribution, Finding, FindingSource, Outcome
from tipstaff.cases.models.rows import current
from tipstaff.cases.states import CaseState, SourceKind
from tipstaff.cases.texts import ContributionText
from tipstaff.kernel import reference
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor
from tipstaff.tips import queries as tips


@transaction.atomic(durable=True)
def attest_contribution(*, case: str, text: ContributionText, actor: Actor, now: datetime) -> Contribution:
    """Say what a tip gave to an outcome, by way of a finding that cites it; all three in this case.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    held = access.case_for(actor, case, to="cases.contribution.attest", lock=True)
    columns = _judged(held, text, actor, now)

    held.contributions += 1
    held.save(update_fields=["contributions"])
    contribution = Contribution.objects.create(
        ref=reference.new("CON"), place=held.contributions, case=held, **columns
    )
    _recorded("contribution.attested", contribution, actor, now)
    return contribution


@transaction.atomic(durable=True)
def correct_contribution(
    *, ref: str, seen: int, why: str, text: ContributionText, actor: Actor, now: datetime
) -> Contribution:
    """Answer a contribution's row `seen` with a new one, saying what was wrong; the old row stays readable.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    old = access.contribution_for(actor, ref, to="cases.contribution.attest", lock=True)
    policy.may_correct(policy.CorrectionFacts(seen=seen, current=old.number, why=why)).or_raise()
    columns = _judged(old.case, text, actor, now, own=ref)

    contribution = Contribution.objects.create(**following(old, why), **columns)
    _recorded(
        "contribution.corrected",
        contribution,
        actor,
        now,
        number=contribution.number,
        reason=contribution.why,
    )
    return contribution


def _judged(case: Case, text: ContributionText, actor: Actor, now: datetime, own: str = "") -> dict[str, Any]:
    """The columns of a contribution's row, once every rule has let it through; `own` is the corrected one's."""
    policy.may_add(CaseState(case.state)).or_raise()
    text = tidy(text)
    text = replace(text, tip=as_written(text.tip))
    seen = tips.seen_tips(actor, [text.tip]).get(text.tip)
    policy.may_cite(in_sight=seen is not None).or_raise()
    assert seen
    finding = access.row_in(Finding, case, text.finding)
    outcome = access.row_in(Outcome, case, text.outcome)
    cited = FindingSource.objects.filter(finding=finding, kind=SourceKind.TIP)
    facts = policy.ContributionFacts(
        tip_day=seen.day,
        finding_tips=frozenset(cited.values_list("reference", flat=True)),
        attested_already=_stands(text, own),
        today=day(now),
    )
    policy.may_attest(text, facts).or_raise()
    return {
        "source": CaseSource.objects.get(case=case, tip=text.tip),
        "finding": finding,
        "outcome": outcome,
        "how_used": text.how_used,
        "used_on": text.used_on,
        "known": text.known,
        "known_since": text.known_since,
        "known_from": text.known_from,
        "corroboration": text.corroboration,
        "evidence": text.evidence,
        "attested_by": actor.ref,
        "agency": actor.agency,
        "attested_on": day(now),
    }


def _stands(text: ContributionText, own: str) -> bool:
    same = Contribution.objects.filter(
        source__tip=text.tip, finding__ref=text.finding, outcome__ref=text.outcome
    )
    return current(same).exclude(ref=own).exists()


def _recorded(verb: str, row: Contribution, actor: Actor, now: datetime, **facts: object) -> None:
    named: dict[str, object] = {
        "finding": row.finding.ref,
        "outcome": row.outcome.ref,
        "source": row.source.number,
    }
    recorded(verb, row.case, row.ref, actor, now, **named, **facts)
