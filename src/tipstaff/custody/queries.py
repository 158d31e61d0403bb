"""What others read of the desk's keys: the public halves, and whether the private ones are unlocked."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from django.apps import apps

from tipstaff.custody import holder
from tipstaff.custody.access import may_see
from tipstaff.custody.apps import CustodyConfig
from tipstaff.people.access import Actor


class NoPublicKeys(Exception):
    """The desk's `public.json` is missing or does not say what it must."""

    def __init__(self, path: Path, wrong: str) -> None:
        super().__init__(f"{path} {wrong}. `tipstaff init` writes it; restore it from a backup if it was lost.")


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """The public half of everything, as `desk/public.json` holds it.

    `recipients` are age recipients (`age1pq1…`), newest first; the three keys are C2SP verifier keys; `head_hour` is
    an hour of the day, UTC; `name` and `answer_within` are texts by language.
    """

    recipients: tuple[str, ...]
    origin: str
    door_vkey: str
    desk_vkey: str
    notice_vkey: str
    head_hour: int
    compartment: str
    name: dict[str, str]
    answer_within: dict[str, str]
    leave_to: str
    demo: bool


@dataclass(frozen=True, slots=True)
class Lock:
    """The state of the keys in this process, and how many envelopes wait for them."""

    unlocked: bool
    waiting: int
    by: str | None
    minutes_left: int | None


def public_keys() -> PublicKeys:
    """The desk's public keys and the office's name. Raises NoPublicKeys."""
    path = cast(CustodyConfig, apps.get_app_config("custody")).folder / "public.json"
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        raise NoPublicKeys(path, "does not exist") from None
    return _read(path, changed)


def read_public(path: Path) -> PublicKeys:
    """What the file at `path` says. Raises NoPublicKeys."""
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return PublicKeys(**{**fields, "recipients": tuple(fields["recipients"])})
    except (OSError, ValueError, TypeError, KeyError):
        raise NoPublicKeys(path, "cannot be read") from None


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> PublicKeys:
    return read_public(path)


def lock_state(actor: Actor) -> Lock:
    """Whether the keys are unlocked, by whom, and for how long still. Raises NotAllowed."""
    may_see(actor)
    held = holder.current()
    return Lock(held.keyring is not None, held.count_waiting(), held.unlocked_by, held.minutes_left())
