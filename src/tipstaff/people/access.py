"""Who is acting, and what fetching says when they may not."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from tipstaff.footing.refusal import NotAllowed, NotVisible
from tipstaff.people.roles import OFFICE, SYSTEM_VERBS

__all__ = ["OFFICE", "Actor", "NotAllowed", "NotVisible", "system", "within"]

SYSTEM_AGENCY: Final = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, with what they may do today.

    `ref` is an officer's user name, or `system:worker` for a job. `grants` holds (verb, compartment) pairs;
    `everywhere` holds verbs that a job has in every compartment, and is empty for officers.
    """

    ref: str
    agency: str
    grants: frozenset[tuple[str, str]] = frozenset()
    everywhere: frozenset[str] = frozenset()

    @property
    def verbs(self) -> frozenset[str]:
        """Every verb held in at least one compartment."""
        return frozenset(verb for verb, _ in self.grants) | self.everywhere

    @property
    def compartments(self) -> frozenset[str]:
        """Every compartment in which any verb is held (OFFICE among them for the office's roles)."""
        return frozenset(compartment for _, compartment in self.grants)

    def may(self, verb: str, compartment: str = OFFICE) -> bool:
        """Is `verb` held in `compartment`? Without a compartment: in the office as a whole."""
        return verb in self.everywhere or (verb, compartment) in self.grants

    def compartments_for(self, verb: str) -> frozenset[str]:
        """The compartments in which `verb` is held by a grant."""
        return frozenset(compartment for held, compartment in self.grants if held == verb)

    def must(self, verb: str, compartment: str = OFFICE) -> None:
        """Raise NotAllowed unless `may(verb, compartment)`."""
        if not self.may(verb, compartment):
            raise NotAllowed(verb)


def within(actor: Actor, verb: str, field: str = "compartment") -> Q:
    """A filter for rows whose compartment, in `field`, is one where `actor` holds `verb`."""
    if verb in actor.everywhere:
        return Q()
    return Q(**{f"{field}__in": sorted(actor.compartments_for(verb))})


def system(name: str, verbs: frozenset[str] = SYSTEM_VERBS) -> Actor:
    """The actor of a job or command: `system("worker")` is `system:worker` in the audit record.

    It may do only `verbs`, in every compartment: by default what jobs do with nobody at the keyboard.
    """
    return Actor(ref=f"system:{name}", agency=SYSTEM_AGENCY, everywhere=verbs)
