"""Who sees a rule sheet, and who may do what with it."""

from collections.abc import Mapping

from tipstaff.footing.scoped import ScopedQuerySet
from tipstaff.people.access import Actor, NotAllowed, NotVisible
from tipstaff.rulebook.models import RuleSheet

SEE = "rulebook.sheet.see"
# The verb that each move of the table needs.
VERB_OF: Mapping[str, str] = {
    "second": "rulebook.sheet.approve",
    "approve": "rulebook.sheet.approve",
    "return": "rulebook.sheet.approve",
}


def visible_sheets(actor: Actor) -> ScopedQuerySet[RuleSheet]:
    """Every sheet in a compartment where `actor` has anything to do."""
    return RuleSheet.objects.seen_by(actor)


def sheet_for(actor: Actor, ref: str, *, to: str, lock: bool = False) -> RuleSheet:
    """The sheet `ref`, for an actor who may do `to` with it; with `lock`, its row is locked.

    Another compartment's sheet is NotVisible, so that its reference cannot be probed; a sheet in sight without the
    verb is NotAllowed.
    """
    sheets = visible_sheets(actor).select_related("text")
    if lock:
        sheets = sheets.select_for_update(of=("self",))
    try:
        sheet = sheets.get(ref=ref)
    except RuleSheet.DoesNotExist:
        raise NotVisible(ref) from None
    if not actor.may(to, sheet.compartment):
        raise NotAllowed(to)
    return sheet
