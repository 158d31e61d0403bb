"""The papers of one award: its clocks, memoranda and reports, and its determinations, run again."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tipstaff.awards import access, drawing_up
from tipstaff.awards.models import Award, Report
from tipstaff.awards.queries.clocks import DueRow, due_of_award
from tipstaff.awards.queries.memoranda import SEE as SEE_MEMORANDA
from tipstaff.awards.queries.memoranda import VersionRow, versions_of
from tipstaff.awards.replaying import Replayed, replay_award
from tipstaff.awards.states import AWARD, AwardState
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor
from tipstaff.people.queries import names_of


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as it was made."""

    kind: str
    reference: str
    total: Money | None
    significance: str
    digest: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PapersPage:
    """The page, and which of its verbs the actor may do now."""

    ref: str
    state: str
    compartment: str
    clocks: tuple[DueRow, ...]
    versions: tuple[VersionRow, ...]
    sees_memoranda: bool
    reports: tuple[ReportRow, ...]
    replayed: tuple[Replayed, ...]
    may_issue: bool
    may_hold: bool
    may_report: bool


def papers_page(actor: Actor, ref: str, today: date) -> PapersPage:
    """The papers of `ref`. The number of queries is the same, however many there are. Raises NotVisible, NotAllowed."""
    award = access.award_for(actor, ref, to=access.SEE)
    moves, home = AWARD.open_to(AwardState(award.state)), award.compartment
    sees = actor.may(SEE_MEMORANDA, home)
    return PapersPage(
        ref=award.ref,
        state=award.state,
        compartment=home,
        clocks=due_of_award(actor, award, today),
        versions=versions_of(award) if sees else (),
        sees_memoranda=sees,
        reports=_reports(award),
        replayed=replay_award(award),
        may_issue=actor.may("awards.memorandum.issue", home) and drawing_up.voted(award),
        may_hold="hold_receipt" in moves and actor.may("awards.receipt.hold", home),
        may_report="report" in moves and actor.may("awards.report.file", home),
    )


def _reports(award: Award) -> tuple[ReportRow, ...]:
    kept = list(Report.objects.filter(award=award).order_by("id"))
    names = names_of([each.actor for each in kept])
    return tuple(_report(each, json.loads(each.content), names[each.actor]) for each in kept)


def _report(row: Report, content: dict[str, Any], by: str) -> ReportRow:
    total = content.get("total") or content.get("amount")
    return ReportRow(
        kind=row.kind,
        reference=row.reference,
        total=Money(**total) if total else None,
        significance=content.get("significance", ""),
        digest=row.digest,
        by=by,
        at=row.at,
    )
