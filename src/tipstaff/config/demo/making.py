"""Making the demo office: the real verbs, from the keys to three invented cases, with invented officers."""

import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tipstaff.config.demo.cast import CAST, DARIEN, FIRST
from tipstaff.config.demo.place import Card, Place
from tipstaff.config.office import folder, start

ORIGIN = "demo.tipstaff.invalid/log"
OPENED = timedelta(days=170)  # so long ago the office opened: its cases have had time to end
LOG_N = 16  # scrypt in a sixteenth of a real office's memory: a demo starts on small machines too

type Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Files:
    """The real programme, the figures that others published on it, and the fictional programme of the cases."""

    real: Path
    figures: Path
    fictional: Path


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


def make(place: Place, files: Files, say: Say) -> Card:
    """Make the whole office in `place`, whose `settings` are this process's environment. Half a minute at most."""
    texts = [file.read_text(encoding="utf-8") for file in (files.real, files.fictional)]
    figures = files.figures.read_text(encoding="utf-8") if files.figures.exists() else ""
    place.clear()
    say("Making keys …")
    passphrase = _make_keys(place)

    start.desk_site()
    from tipstaff.config.demo import cases, money, office  # only here: they need the settings
    from tipstaff.config.office import founding

    say("Making both databases …")
    founding.migrate()
    now = datetime.now(UTC)
    opened = now - OPENED
    say(f"Adding {len(CAST)} officers and their roles, each given by one and confirmed by another …")
    office.found(opened)
    cards = office.add_people(opened)
    _write_officers(place, cards)
    say("Loading the programmes and publishing their offers …")
    for text in texts:
        office.publish(text, opened)
    if figures:
        office.keep_figures(figures, now)
    keyring = office.unlocked(passphrase)
    office.deliver_what_waits(keyring, opened)
    say("Appropriating invented money …")
    money.appropriate(opened)
    receipts = cases.make(place, keyring, now, say)
    place.write(place.receipts, receipts)
    office.deliver_what_waits(keyring, now)
    (first,) = (card for card in cards if card.username == FIRST)
    return first


def _make_keys(place: Place) -> str:
    """The office's folder with its keys, and the vault's two; every passphrase lies beside its key."""
    from tipstaff.vault import keys  # no Django in it, but the room's own

    passphrase = secrets.token_urlsafe(24)
    plan = folder.Plan(
        origin=ORIGIN,
        compartment=DARIEN[0],
        name={"en": "Demo office", "es": "Oficina de demostración"},
        demo=True,
    )
    folder.make(place.folder, plan, passphrase, log_n=LOG_N)
    place.write(place.passphrase, [passphrase])
    halves = {half: secrets.token_urlsafe(24) for half in keys.Half}
    keys.make(place.desk, halves[keys.Half.FIRST], halves[keys.Half.SECOND], log_n=LOG_N)
    for half, words in halves.items():
        place.write(keys.key_path(place.desk, half).with_suffix(".key.passphrase"), [words])
    return passphrase


def _write_officers(place: Place, cards: Iterable[Card]) -> None:
    duties = {part.username: f"{part.full_name}: {part.duties}" for part in CAST}
    place.write(
        place.officers,
        (
            "# DEMO: every officer here is invented. `bin/code NAME` prints the current code of the second factor.",
            "# user name, password, secret of the second factor, who it is",
            *(f"{card.username:6} {card.password} {card.totp} {duties[card.username]}" for card in cards),
        ),
    )
