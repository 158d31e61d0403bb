"""The office's files: there, readable by their owner alone, and nothing of the desk's at the door."""

import os
from collections.abc import Iterator
from pathlib import Path

from tipstaff.config.office import start
from tipstaff.config.office.doctor.finding import Finding, bad, good
from tipstaff.custody import public
from tipstaff.tlog.keys import Signer
from tipstaff.tlog.wrong import Wrong

DESK_FILES = ("desk.key", "secret", "public.json")
DOOR_FILES = ("log.seed", "form.key", "notice.vkey", "origin")
# What the door makes for itself while it runs.
DOORS_OWN = ("ratchet",)
RESTORE = "Restore it from a backup; a new office is made by `tipstaff init`."


def whole() -> bool:
    """Whether the desk has all its files: without them Django cannot even be started."""
    folder = start.desk_folder()
    return all((folder / name).exists() for name in DESK_FILES)


def findings() -> Iterator[Finding]:
    """The desk's files, then the door's if its folder is on this machine."""
    yield from _present(start.desk_folder(), DESK_FILES)
    door = door_folder()
    if not door.exists():
        yield good("The door's folder is not on this machine: it is served elsewhere.")
        return
    yield from _present(door, DOOR_FILES)
    yield from _nothing_of_the_desk(door)
    yield from _same_keys(door)


def door_folder() -> Path:
    """The door's folder: TIPSTAFF_DOOR_FOLDER, or door/ in the office's."""
    named = os.environ.get("TIPSTAFF_DOOR_FOLDER", "").strip()
    return Path(named).expanduser().absolute() if named else start.office_folder() / "door"


def _present(folder: Path, names: tuple[str, ...]) -> Iterator[Finding]:
    missing = [name for name in names if not (folder / name).exists()]
    for name in missing:
        yield bad(f"{folder / name} is missing.", RESTORE)
    if not missing:
        yield good(f"{folder} holds all its files.")
    for path in (folder, *(folder / name for name in names if name not in missing)):
        if path.exists() and path.stat().st_mode & 0o077:
            wanted = "700" if path.is_dir() else "600"
            yield bad(f"{path} can be read by others on this machine.", f"chmod {wanted} {path}")


def _nothing_of_the_desk(door: Path) -> Iterator[Finding]:
    strangers = sorted(
        path.name
        for path in door.iterdir()
        if path.name not in DOOR_FILES and not path.name.startswith(DOORS_OWN)
    )
    for name in strangers:
        yield bad(
            f"{door / name} does not belong at the door.",
            "Move it away: the door's host holds nothing that could open a tip.",
        )
    if not strangers:
        yield good("The door's folder holds nothing of the desk's.")


def _same_keys(door: Path) -> Iterator[Finding]:
    """The keys at the door are those that the desk tells the public of."""
    if not whole() or any(not (door / name).exists() for name in DOOR_FILES):
        return
    try:
        keys = public.read(start.desk_folder() / "public.json")
        origin = (door / "origin").read_text(encoding="utf-8").strip()
        signer = Signer(origin, (door / "log.seed").read_bytes())
    except (public.NoPublicKeys, Wrong, ValueError) as wrong:
        yield bad(f"The door's and the desk's keys cannot be compared: {wrong}", RESTORE)
        return
    pinned = (door / "notice.vkey").read_text(encoding="utf-8").strip()
    if (origin, signer.vkey, pinned) == (keys.origin, keys.door_vkey, keys.notice_vkey):
        yield good("The door's keys are the ones that the desk names in its notice.")
    else:
        yield bad("The door's keys are not the ones that the desk names in its notice.", RESTORE)
