"""What pages, commands and other rooms read of rule sheets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import FETCH_RAISE, QuerySet

from tipstaff.people.access import Actor, NotAllowed, within
from tipstaff.people.queries import names_of
from tipstaff.rulebook.access import SEE, VERB_OF, sheet_for, visible_sheets
from tipstaff.rulebook.differing import Difference, differences
from tipstaff.rulebook.models import RuleSheet
from tipstaff.rulebook.policy.sheets import may_be_read
from tipstaff.rulebook.sheet import Sheet, from_json
from tipstaff.rulebook.states import SHEET, SheetState


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet in a list."""

    ref: str
    code: str
    number: int
    title: dict[str, str]
    compartment: str
    state: str
    in_force_on: date | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of a sheet's history."""

    move: str
    actor: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One sheet, what differs from the one before, and what may be done with it now."""

    ref: str
    state: str
    compartment: str
    digest: str
    in_force_on: date | None
    sheet: Sheet
    before: str | None
    differences: tuple[Difference, ...]
    moves: tuple[str, ...]
    done_by_you: str
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class InForce:
    """A sheet in force, as another room pins it."""

    ref: str
    code: str
    number: int
    digest: str


def sheets_list(actor: Actor) -> Iterator[SheetRow]:
    """The sheets that `actor` may see, by code, the newest first. One query for them all. Raises NotAllowed."""
    if SEE not in actor.verbs:
        raise NotAllowed(SEE)
    sheets = visible_sheets(actor).filter(within(actor, SEE)).select_related("text")
    for sheet in sheets.order_by("code", "compartment", "-number", "-pk").fetch_mode(FETCH_RAISE):
        yield SheetRow(
            sheet.ref,
            sheet.code,
            sheet.number,
            sheet.text.content["title"],
            sheet.compartment,
            sheet.state,
            sheet.in_force_on,
        )


def sheet_page(actor: Actor, ref: str) -> SheetPage:
    """The sheet `ref` with its history. Raises NotVisible, NotAllowed or Refused."""
    row = sheet_for(actor, ref, to=SEE)
    sheet = text_of(row)
    before = _in_force(row.compartment, row.code).filter(number__lt=row.number).order_by("-number").first()
    done = {row.proposed_by: "propose", row.seconded_by: "second"}
    steps = list(row.steps.order_by("id"))
    names = names_of([step.actor for step in steps])
    return SheetPage(
        ref=row.ref,
        state=row.state,
        compartment=row.compartment,
        digest=row.text.digest,
        in_force_on=row.in_force_on,
        sheet=sheet,
        before=before.ref if before else None,
        differences=differences(text_of(before), sheet) if before else (),
        moves=tuple(
            move for move in SHEET.open_to(SheetState(row.state)) if actor.may(VERB_OF[move], row.compartment)
        ),
        done_by_you=done.get(actor.ref, ""),
        steps=tuple(StepRow(step.move, names[step.actor], step.at, step.reason) for step in steps),
    )


def text_of(row: RuleSheet) -> Sheet:
    """The sheet itself. Raises Refused when the text is not the one that its digest was taken of."""
    sheet = from_json(row.text.content)
    may_be_read(digest=sheet.digest(), kept=row.text.digest).or_raise()
    return sheet


def last_in_force(compartment: str, code: str) -> Sheet | None:
    """The sheet of that code with the highest number, whether its day has come or not; None without any."""
    row = _in_force(compartment, code).order_by("-number").first()
    return text_of(row) if row else None


def sheet_in_force(compartment: str, code: str, on: date) -> InForce | None:
    """The sheet of that code that counts on `on` for what is published that day; None when there is none."""
    row = _in_force(compartment, code).filter(in_force_on__lte=on).order_by("-number").first()
    return InForce(row.ref, row.code, row.number, row.text.digest) if row else None


def sheet_numbered(compartment: str, code: str, number: int) -> Sheet | None:
    """The sheet of that code and number, for whoever decides under it or runs a determination again."""
    row = _in_force(compartment, code).filter(number=number).first()
    return text_of(row) if row else None


def _in_force(compartment: str, code: str) -> QuerySet[RuleSheet]:
    every = RuleSheet.objects.unscoped("what is in force counts for everybody")
    return every.filter(compartment=compartment, code=code, state=SheetState.IN_FORCE).select_related("text")
