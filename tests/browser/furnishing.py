"""An office in which every page has something on it; all of it invented.

    python -m tests.browser.furnishing FOLDER PROGRAMME      makes it in FOLDER and prints who may sign in, as JSON

It runs in a process of its own, with the settings of the office's desk, before the sites start.
"""

import json
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tipstaff.config.demo import making
from tipstaff.config.demo.place import Place


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in: user name, password, the secret of their app (empty: no second factor yet)."""

    name: str
    password: str
    secret: str


@dataclass(frozen=True, slots=True)
class Furnished:
    """What the tests must know: the people, the receipt of a source who has answers, some references."""

    people: dict[str, Person]
    receipt: list[str]
    tips: dict[str, str]

    @classmethod
    def read(cls, text: str) -> "Furnished":
        found = json.loads(text)
        people = {name: Person(**person) for name, person in found.pop("people").items()}
        return cls(people=people, **found)


def main(folder: Path, programme: Path) -> int:
    """Make the office, furnish it, print what the tests must know."""
    place = Place(folder)
    card = making.make(place, programme, lambda text: None)
    place.keep(card)
    from tests.browser import scenes  # only here: it needs the settings

    keyring = scenes.keyring(place.passphrase.read_text(encoding="utf-8").strip())
    now = datetime.now(UTC)
    people = {card.username: Person(card.username, card.password, card.totp)} | scenes.staff(now)
    source, tips = scenes.sources(folder, keyring, now - timedelta(days=3), now)
    scenes.offers(now)
    scenes.deliver_and_publish(keyring, now)
    scenes.parcels(now)
    print(json.dumps(asdict(Furnished(people, list(source.words("en")), tips))))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()))
