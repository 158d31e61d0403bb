"""What others read of the desk's keys: the public halves, and whether the private ones are unlocked."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from django.apps import apps

from tipstaff.custody import holder, public
from tipstaff.custody.access import may_see
from tipstaff.custody.apps import CustodyConfig
from tipstaff.custody.public import NoPublicKeys, PublicKeys
from tipstaff.people.access import Actor
from tipstaff.people.queries import name_of

__all__ = ["Lock", "NoPublicKeys", "PublicKeys", "lock_state", "public_keys"]


@dataclass(frozen=True, slots=True)
class Lock:
    """The state of the keys in this process (`by`: the full name), and how many envelopes wait for them."""

    unlocked: bool
    waiting: int
    by: str | None
    minutes_left: int | None


def public_keys() -> PublicKeys:
    """The desk's public keys and the office's name, from `desk/public.json`. Raises NoPublicKeys."""
    path = cast(CustodyConfig, apps.get_app_config("custody")).folder / "public.json"
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        raise NoPublicKeys(path, "does not exist") from None
    return _read(path, changed)


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> PublicKeys:
    """Read once for each change of the file: the second argument is what makes it forget."""
    return public.read(path)


def lock_state(actor: Actor) -> Lock:
    """Whether the keys are unlocked, by whom, and for how long still. Raises NotAllowed."""
    may_see(actor)
    held = holder.current()
    by = held.unlocked_by
    name = None if by is None else name_of(by)
    return Lock(held.keyring is not None, holder.count_waiting(), name, held.minutes_left())
