"""The machine under the office: encrypted disk, clock, database passwords, host names."""

import ipaddress
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tipstaff.config.office import start
from tipstaff.config.office.doctor.finding import Finding, bad, doubtful, good
from tipstaff.footing.environment import BadSetting

EARLIEST = datetime(2024, 1, 1, tzinfo=UTC)
SYNCHRONISED = Path("/run/systemd/timesync/synchronized")


def start_desk() -> Finding | None:
    """Load the desk's settings; what is wrong with them, or None."""
    try:
        start.desk_site()
    except (BadSetting, start.NoOffice) as wrong:
        return bad(str(wrong), "Set it, and run this again.")
    return None


def findings() -> Iterator[Finding]:
    """What can be told of this machine without root; the settings are loaded."""
    from django.conf import settings

    for alias, database in settings.DATABASES.items():
        yield from _database(alias, database)
    yield from _clock(datetime.now(UTC))
    yield from _hosts(list(settings.ALLOWED_HOSTS), secure=bool(settings.SECURE))


def _database(alias: str, database: dict[str, Any]) -> Iterator[Finding]:
    name = {"default": "desk's", "hatch": "hatch's"}[alias]
    if database["ENGINE"].endswith("postgresql"):
        if database["PASSWORD"] or str(database["HOST"]).startswith("/"):
            yield good(f"The {name} PostgreSQL asks for a password.")
        else:
            yield bad(
                f"The {name} PostgreSQL address holds no password.",
                "Give the role one, also on this machine: postgresql://ROLE:PASSWORD@HOST/NAME",
            )
        if alias == "default":
            yield doubtful(
                "Whether the desk's PostgreSQL lies on an encrypted disk cannot be told from here.",
                "Check it on the database's host: opened tips rest there.",
            )
    elif alias == "default":
        yield _disk(Path(database["NAME"]).parent)


def _disk(folder: Path) -> Finding:
    """Opened tips rest in the desk's database, so its disk must be an encrypted one (dm-crypt)."""
    encrypted = is_encrypted(folder)
    if encrypted:
        return good("The desk's database lies on an encrypted disk.")
    if encrypted is None:
        return doubtful(
            f"Whether the disk under {folder} is encrypted cannot be told.",
            "Check it: opened tips rest there. LUKS (dm-crypt) is recognised.",
        )
    return doubtful(
        f"The disk under {folder} does not seem to be encrypted.",
        "Move the office to an encrypted disk (LUKS): opened tips rest in the desk's database.",
    )


def is_encrypted(folder: Path, sys: Path = Path("/sys/dev/block")) -> bool | None:
    """Whether the block device under `folder` is dm-crypt, or stands on one; None when it cannot be told."""
    device = folder.stat().st_dev
    block = sys / f"{os.major(device)}:{os.minor(device)}"
    if not block.exists():
        return None
    return _crypt(block.resolve(), depth=0)


def _crypt(block: Path, depth: int) -> bool:
    uuid = block / "dm" / "uuid"
    if uuid.exists() and uuid.read_text(encoding="ascii", errors="replace").startswith("CRYPT-"):
        return True
    under = block / "slaves"
    if depth > 8 or not under.is_dir():
        return False
    return any(_crypt(each.resolve(), depth + 1) for each in under.iterdir())


def _clock(now: datetime) -> Iterator[Finding]:
    if now < EARLIEST or abs(time.time() - now.timestamp()) > 60:
        yield bad(
            f"The clock says {now:%Y-%m-%d %H:%M} UTC, which cannot be.", "Set it, and let it be kept right."
        )
    elif SYNCHRONISED.parent.exists() and not SYNCHRONISED.exists():
        yield doubtful("The clock is not kept right by the network yet.", "See `timedatectl`.")
    else:
        yield good(f"The clock says {now:%Y-%m-%d %H:%M} UTC.")


def _hosts(desk: list[str], *, secure: bool) -> Iterator[Finding]:
    if any(not _local(host) for host in desk) and not secure:
        yield bad(
            f"The desk answers to {', '.join(desk)} without HTTPS.",
            "Put a TLS proxy before it and set TIPSTAFF_HTTPS=yes.",
        )
    else:
        yield good(f"The desk answers to {', '.join(desk)}.")
    if not os.environ.get("TIPSTAFF_DOOR_HOSTS", "").strip():
        yield doubtful(
            "TIPSTAFF_DOOR_HOSTS is not set here.",
            "The door does not start without it; set it where the door runs.",
        )


def _local(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
