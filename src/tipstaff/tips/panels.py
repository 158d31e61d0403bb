"""What rooms above show at the foot of a tip's page. They register; this room knows none of them.

A panel is asked with the actor and the tip's reference, after `access.tip_for` has let the actor read it. It answers
None where the actor may see nothing of it: not a heading, not a count.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tipstaff.people.access import Actor


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel as one page shows it: the template, which is given `content` as `panel`."""

    template: str
    content: object


type Panel = Callable[[Actor, str], Shown | None]

_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Show `panel` on every tip's page from now on, after those registered before; twice is once."""
    if panel not in _panels:
        _panels.append(panel)


def shown(actor: Actor, ref: str) -> tuple[Shown, ...]:
    """What the panels have to show `actor` of the tip `ref`, in their order."""
    answers = (panel(actor, ref) for panel in _panels)
    return tuple(answer for answer in answers if answer is not None)
