"""Running an award's stored determinations again: the same rules, facts and sheet must answer as they did.

For auditors' pages and for `tipstaff awards replay`. Nothing is written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from tipstaff.awards import access, facts
from tipstaff.awards.models import Award, Determination
from tipstaff.people.access import Actor, NotVisible
from tipstaff.rulebook import determination
from tipstaff.rulebook.sheet import Sheet
from tipstaff.rulebook.written import BadJson

BATCH = 200


@dataclass(frozen=True, slots=True)
class Replayed:
    """One determination, run again. `differences` are sentences; none means that it agrees."""

    award: str
    number: int
    stage: str
    allowed: bool
    sheet: str
    differences: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        return not self.differences


def replay_award(award: Award) -> tuple[Replayed, ...]:
    """Every determination of an award that the caller was let see. One query, and one for each sheet named."""
    rows = Determination.objects.filter(award=award).select_related("award").order_by("number")
    return tuple(_replayed(rows, {}))


def replay(actor: Actor, ref: str) -> tuple[Replayed, ...]:
    """Every determination of the award `ref`. Raises NotVisible or NotAllowed."""
    return replay_award(access.award_for(actor, ref, to=access.SEE))


def replay_all(actor: Actor) -> Iterator[Replayed]:
    """Every determination of every award that `actor` reads, one after the other. Raises NotAllowed."""
    awards = access.visible_awards(actor)
    rows = (
        Determination.objects.filter(award__in=awards).select_related("award").order_by("award_id", "number")
    )
    yield from _replayed(rows.iterator(chunk_size=BATCH), {})


def _replayed(
    rows: Iterable[Determination], sheets: dict[tuple[str, str, int], Sheet | None]
) -> Iterator[Replayed]:
    for row in rows:
        yield _again(row, sheets)


def _again(row: Determination, sheets: dict[tuple[str, str, int], Sheet | None]) -> Replayed:
    named, differences = _differences(row, sheets)
    return Replayed(row.award.ref, row.number, row.stage, row.allowed, named, differences)


def _differences(
    row: Determination, sheets: dict[tuple[str, str, int], Sheet | None]
) -> tuple[str, tuple[str, ...]]:
    """The sheet that the determination names, and what differs, in sentences."""
    if sha256(row.content.encode()).hexdigest() != row.digest:
        return "", ("It is not what its hash was taken of.",)
    try:
        made = facts.read(row)
    except (BadJson, ValueError) as bad:
        return "", (f"It cannot be read any more: {bad}.",)
    key, named = (row.award.compartment, made.sheet, made.number), f"{made.sheet} {made.number}"
    if key not in sheets:
        sheets[key] = _sheet(*key)
    sheet = sheets[key]
    if sheet is None:
        return named, (f"There is no sheet {named} in force any more.",)
    found = determination.replay(made, sheet).differences
    sentences = [f"{each.what}: it was “{each.then}” and is “{each.now}” now." for each in found]
    if made.allowed != row.allowed:
        sentences.append("Its row and its content differ on whether it was allowed.")
    return named, tuple(sentences)


def _sheet(compartment: str, code: str, number: int) -> Sheet | None:
    try:
        return facts.sheet_numbered(compartment, code, number)
    except NotVisible:
        return None
