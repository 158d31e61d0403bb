"""What several verbs of this room do in the same way, always inside the verb's own transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from tipstaff.audit.actions import record
from tipstaff.cases.models import Case, CaseSource, Finding, FindingSource, Outcome
from tipstaff.cases.states import SourceKind
from tipstaff.cases.texts import ContributionText, OutcomeText, SourceText
from tipstaff.kernel.reference import BadReference, read
from tipstaff.people.access import Actor
from tipstaff.sealed.envelope import typed
from tipstaff.tips.queries import SeenTip


def recorded(verb: str, case: Case, subject: str, actor: Actor, now: datetime, **facts: object) -> None:
    """Write down what was done in a case: references, states and reasons, never what a source wrote."""
    record(
        f"cases.{verb}", subject=subject, actor=actor, at=now, compartment=case.home, case=case.ref, **facts
    )


def tidy[T: (SourceText, OutcomeText, ContributionText)](text: T) -> T:
    """What an officer typed, with plain line ends and no space around it; a tip's reference as we write it."""
    said: dict[str, Any] = {
        field.name: typed(value).strip()
        for field in fields(text)
        if isinstance(value := getattr(text, field.name), str)
    }
    if isinstance(text, SourceText) and said["kind"] == SourceKind.TIP:
        said["reference"] = as_written(said["reference"])
    return replace(text, **said)


def as_written(reference: str) -> str:
    """A reference as we write it; what is none is left as it was typed, to be refused with what refers to it."""
    try:
        return read(reference)
    except BadReference:
        return reference


def number_sources(case: Case, tips: Mapping[str, SeenTip]) -> None:
    """Give each tip that is new in this (held) case the next source number, in the order of their references."""
    numbered = CaseSource.objects.filter(case=case, tip__in=tips).values_list("tip", flat=True)
    for ref in sorted(tips.keys() - set(numbered)):
        case.sources += 1
        tip = tips[ref]
        CaseSource.objects.create(
            case=case,
            number=case.sources,
            tip=ref,
            tip_day=tip.day,
            offer=tip.offer,
            offer_version=tip.offer_version,
        )


def keep_sources(finding: Finding, sources: Sequence[SourceText]) -> None:
    """Write down what a finding rests on."""
    FindingSource.objects.bulk_create(
        FindingSource(finding=finding, place=place, **asdict(source))
        for place, source in enumerate(sources, 1)
    )


def outcome_columns(text: OutcomeText) -> dict[str, Any]:
    """The columns of an outcome's row that hold what was stated."""
    columns = {field.name: getattr(text, field.name) for field in fields(text) if field.name != "amount"}
    amount = text.amount
    return columns | {
        "amount_minor": amount.minor if amount else None,
        "amount_currency": amount.currency if amount else "",
    }


def following(row: Finding | Outcome | Any, why: str) -> dict[str, Any]:
    """The columns of the row that answers `row`: the same reference and place, the next number, and why."""
    return {
        "ref": row.ref,
        "place": row.place,
        "case": row.case,
        "number": row.number + 1,
        "corrects": row,
        "why": typed(why).strip(),
    }
