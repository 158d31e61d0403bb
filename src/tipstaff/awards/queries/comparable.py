"""Past decisions that resemble an award: for orientation, and never a price list.

An amount decided elsewhere pulls every later one towards it. So the page shows at most ten, newest first, each with its
share of the cap that held, and says what they are not. Awards are compared as they were determined; nothing in these
rows leads to a case or a source.
"""

import json
from dataclasses import dataclass
from datetime import date

from django.db.models import FETCH_RAISE, Prefetch

from tipstaff.awards.models import Award, Conflict, Determination
from tipstaff.kernel.money import Money
from tipstaff.rulebook.determination import from_json
from tipstaff.rulebook.policy import Stage

LOOKED_AT = 100  # the newest decisions of the compartment, among which the alike are sought
SHOWN = 10


@dataclass(frozen=True, slots=True)
class ComparableRow:
    """A past decision. `percent` is its share of the cap of its condition, rounded down; None where it had none."""

    decided_on: date | None
    kind: str
    same_kind: bool
    same_condition: bool
    amount: Money
    cap: Money | None
    percent: int | None


def comparable_to(award: Award, kind: str, *, viewer: str) -> tuple[ComparableRow, ...]:
    """Decided awards of the same compartment with the same kind of outcome or under the same condition, newest first.

    Those on which `viewer` declared a conflict are left out. Two queries, however many there are.
    """
    found = Determination.objects.filter(stage=Stage.ELIGIBILITY).order_by("number")
    decided = (
        Award.objects.unscoped("amounts decided before, for the committee of the same compartment")
        .filter(compartment=award.compartment, currency=award.currency, approved_minor__isnull=False)
        .exclude(pk=award.pk)
        .exclude(items__in=Conflict.objects.filter(officer=viewer, conflicted=True).values("item"))
        .prefetch_related(Prefetch("determinations", found, to_attr="found"))
        .order_by("-decided_on", "-id")
    )
    rows = (_row(each, award, kind) for each in decided.fetch_mode(FETCH_RAISE)[:LOOKED_AT])
    return tuple(row for row in rows if row.same_kind or row.same_condition)[:SHOWN]


def _row(past: Award, award: Award, kind: str) -> ComparableRow:
    found: list[Determination] = getattr(past, "found", [])
    facts = from_json(json.loads(found[-1].content)).facts if found else None
    cap = facts.offer.condition_cap if facts and facts.offer else None
    amount = Money(past.approved_minor or 0, past.currency)
    comparable = cap is not None and cap.currency == amount.currency and cap.minor > 0
    was = facts.outcome.kind if facts else ""
    return ComparableRow(
        decided_on=past.decided_on,
        kind=was,
        same_kind=was == kind,
        same_condition=(past.offer, past.condition) == (award.offer, award.condition),
        amount=amount,
        cap=cap,
        percent=amount.minor * 100 // cap.minor if cap and comparable else None,
    )
