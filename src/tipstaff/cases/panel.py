"""What a tip's page shows of cases: the chain that begins with this tip."""

from django.utils.translation import get_language_bidi

from tipstaff.cases.chain import chain
from tipstaff.cases.queries import links_of_tip
from tipstaff.people.access import Actor
from tipstaff.tips.panels import Shown


def tip_panel(actor: Actor, ref: str) -> Shown | None:
    """The chain of the tip `ref` through the cases that `actor` sees; without one, nothing."""
    drawn = chain(actor, links_of_tip(actor, ref), rtl=get_language_bidi())
    return Shown("cases/tip_panel.html", drawn) if drawn else None
