"""What the door holds: the key that signs the private log head, the secret behind form tokens, and a ratchet.

None of them opens a tip. They lie in the door's own folder, beside the one public thing that the door pins: the
desk's verifier key for notices.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tipstaff.door.ratchet import Ratchet
from tipstaff.tlog.note import Signer, Verifier

SEED_BYTES = 32
_current: "tuple[Path, DoorKeys] | None" = None


class DoorNotFurnished(Exception):
    """The door's folder lacks a key. Said at start, so that no tip is ever taken by a door that cannot keep it."""


@dataclass(frozen=True, slots=True)
class DoorKeys:
    """`log` signs private checkpoints, `form` authenticates form tokens, `notice` verifies what the desk publishes."""

    log: Signer
    form: bytes
    notice: Verifier
    ratchet: Ratchet

    @property
    def origin(self) -> str:
        """The log's name, under which its checkpoints are signed."""
        return self.log.name


def load(folder: Path) -> DoorKeys:
    """Read the keys that `tipstaff init` put into `folder`. Raises DoorNotFurnished with what is missing."""
    origin = _read(folder / "origin").decode().strip()
    return DoorKeys(
        log=Signer(origin, _exactly(folder / "log.seed")),
        form=_exactly(folder / "form.key"),
        notice=Verifier.parse(_read(folder / "notice.vkey").decode()),
        ratchet=Ratchet(folder / "ratchet"),
    )


def current() -> DoorKeys:
    """The keys of this process, read once."""
    global _current
    folder = settings.DOOR_FOLDER
    if _current is None or _current[0] is not folder:
        _current = folder, load(Path(folder))
    return _current[1]


def forget() -> None:
    """Read the keys anew at the next use: for tests that put others in their place."""
    global _current
    _current = None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise DoorNotFurnished(
            f"The door has no {path.name}. Run `tipstaff init`, or copy the office's door folder to this machine."
        ) from None


def _exactly(path: Path) -> bytes:
    secret = _read(path)
    if len(secret) != SEED_BYTES:
        raise DoorNotFurnished(
            f"The door's {path.name} has {len(secret)} bytes, not {SEED_BYTES}: it was not copied whole."
        )
    return secret
