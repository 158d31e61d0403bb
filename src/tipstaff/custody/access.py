"""Who may touch the keys. They belong to the office as a whole, not to a compartment."""

from tipstaff.people.access import Actor, NotAllowed

UNLOCK = "custody.keys.unlock"
LOCK = "custody.keys.lock"
RENEW = "custody.keys.renew"


def may_see(actor: Actor) -> None:
    """Whoever may unlock or lock sees the keys' state; everybody else is NotAllowed."""
    if not actor.may(UNLOCK) and not actor.may(LOCK):
        raise NotAllowed(UNLOCK)
