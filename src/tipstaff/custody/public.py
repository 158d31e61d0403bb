"""The public half of the desk's keys, as the file `desk/public.json` holds it. No database, no settings."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


class NoPublicKeys(Exception):
    """The desk's `public.json` is missing or does not say what it must."""

    def __init__(self, path: Path, wrong: str) -> None:
        super().__init__(
            f"{path} {wrong}. `tipstaff init` writes it; restore it from a backup if it was lost."
        )


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """Who the office is to the public.

    `recipients` are age recipients (`age1pq1…`), newest first; the three keys are C2SP verifier keys;
    `head_hour` is an hour of the day, UTC; `name` and `answer_within` are texts by language; `compartment` is
    where a tip goes that names no offer; `leave_to` is an address; `demo` says that the office reaches no
    one.
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


def as_json(keys: PublicKeys) -> bytes:
    """What `desk/public.json` says of them."""
    return (json.dumps(asdict(keys), indent=1, ensure_ascii=False) + "\n").encode()


def read(path: Path) -> PublicKeys:
    """What the file at `path` says. Raises NoPublicKeys."""
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return PublicKeys(**{**fields, "recipients": tuple(fields["recipients"])})
    except FileNotFoundError:
        raise NoPublicKeys(path, "does not exist") from None
    except (OSError, ValueError, TypeError, KeyError):
        raise NoPublicKeys(path, "cannot be read") from None
