"""Making the demo office: the real verbs, from the keys to three published offers, with invented officers."""

import os
import secrets
from base64 import b32encode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tipstaff.config.demo.place import Card, Place
from tipstaff.config.office import folder, start

ORIGIN = "demo.tipstaff.invalid/log"
COMPARTMENT = ("darien", "Darién")
AGENCY = ("demo", "Demo agency")
OFFICER, SECOND, THIRD = ("rosa", "Rosa Demo"), ("tomas", "Tomás Demo"), ("elena", "Elena Demo")
FOUNDERS = ("first-admin", "First Administrator"), ("second-admin", "Second Administrator")
# Rosa works: she edits, reads tips, holds the keys. Tomás is the second person whom every publication needs, and
# Elena the third whom a rule sheet needs.
ROLES = {
    "rosa": (("editor", "darien"), ("analyst", "darien"), ("supervisor", "darien"), ("custodian", "office")),
    "tomas": (("approver", "darien"), ("analyst", "darien")),
    "elena": (("approver", "darien"),),
}
LOG_N = 16  # scrypt in a sixteenth of a real office's memory: a demo starts on small machines too

type Say = Callable[[str], None]


def settings(place: Place) -> dict[str, str]:
    """What the demo's processes find in their environment: this office and no other."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("TIPSTAFF_")
        and name not in {"DATABASE_URL", "HATCH_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return kept | {
        "TIPSTAFF_OFFICE": str(place.folder),
        "TIPSTAFF_DEMO": "yes",
        "TIPSTAFF_DOOR_HOSTS": "127.0.0.1",
        "TIPSTAFF_DESK_HOSTS": "localhost",
        "TIPSTAFF_PASSPHRASE_FILE": str(place.passphrase),
    }


def make(place: Place, programme: Path, say: Say) -> Card:
    """Make the whole office in `place`, whose `settings` are this process's environment. A few seconds."""
    text = programme.read_text(encoding="utf-8")
    place.clear()
    say("Making keys …")
    passphrase = secrets.token_urlsafe(24)
    plan = folder.Plan(
        origin=ORIGIN,
        compartment=COMPARTMENT[0],
        name={"en": "Demo office", "es": "Oficina de demostración"},
        demo=True,
    )
    folder.make(place.folder, plan, passphrase, log_n=LOG_N)
    place.passphrase.touch(mode=0o600)
    place.passphrase.write_text(passphrase + "\n", encoding="utf-8")

    start.desk_site()
    from tipstaff.config.demo import office  # only here: it needs the settings
    from tipstaff.config.office import founding

    say("Making both databases …")
    founding.migrate()
    now = datetime.now(UTC)
    say("Adding three officers and their roles, each given by one and confirmed by another …")
    password, totp = founding.new_password(), b32encode(secrets.token_bytes(20)).decode()
    office.add_people(password, totp, now)
    say("Loading the programme and publishing its offers …")
    office.publish(text, now)
    office.deliver_notices(passphrase, now)
    return Card(OFFICER[0], password, totp)
