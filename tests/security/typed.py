"""Everything in which somebody's own words are kept on the road to a reward, and how a test puts others there."""

from collections.abc import Mapping

from django.apps import apps
from django.db import connection

from tipstaff.footing.append_only import lifted

TYPED: Mapping[str, tuple[str, ...]] = {
    "cases.Case": ("title", "organisation"),
    "cases.Note": ("text",),
    "cases.Task": ("title",),
    "cases.Finding": ("why", "statement"),
    "cases.FindingSource": ("says",),
    "cases.Outcome": ("why", "subject", "suspicion", "charge", "court"),
    "cases.Contribution": ("why", "how_used", "known_from", "corroboration", "evidence"),
    "rulebook.SheetStep": ("reason",),
    "ledger.Transfer": ("reason", "subject"),
    "vault.Request": ("reason",),
    "awards.Award": ("reason", "protection_plan"),
    "awards.Share": ("offset_payer",),
    "awards.Step": ("reason",),
    "awards.Meeting": ("title",),
    "awards.Conflict": ("reason",),
    "awards.Motion": ("text",),
    "awards.Vote": ("reason",),
    "awards.Concurrence": ("reference", "reason"),
    "awards.Ruling": ("reason",),
    "awards.Clock": ("reference",),
    "awards.ClockPause": ("reason",),
    "awards.Report": ("reference",),
    "awards.Figure": ("scope", "wording", "source"),
    "awards.SourceClaim": ("review_reason",),
    "awards.PayeeCheck": ("source", "note"),
    "awards.Payout": ("place",),
}
# What stands in these is written by a program, or is a name, a state, a reference or a digest.
WRITTEN = frozenset({
    "rulebook.SheetText", "rulebook.RuleSheet", "cases.CaseCompartment", "cases.Confirmation", "awards.Seat", "awards.Item",
    "awards.ScoreSheet", "awards.Count", "awards.Determination", "awards.Delegation", "awards.Memorandum",
    "awards.WrongVoucher", "awards.HandOver", "awards.Witness",
})  # fmt: skip
# Typed only where something happened that asks for it; elsewhere the database refuses a word.
ONLY_WITH_CAUSE = frozenset({"why", "known_from", "reason", "review_reason"})
ROOMS = ("awards", "cases", "ledger", "rulebook", "vault")


def type_everywhere(words: str) -> None:
    """Put `words` wherever somebody could have typed them, as long as they may be there."""
    with lifted(connection):
        for label, names in TYPED.items():
            model = apps.get_model(label)
            rows = model._default_manager.all()
            rows = rows.unscoped("a test types") if hasattr(rows, "unscoped") else rows
            for name in names:
                said = {name: words[: model._meta.get_field(name).max_length]}
                (rows.exclude(**{name: ""}) if name in ONLY_WITH_CAUSE else rows).update(**said)
