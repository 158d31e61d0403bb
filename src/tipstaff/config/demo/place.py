"""Where the demo lies, and what is known of it. No Django here: `bin/code` reads only this."""

import hmac
import json
import os
import shutil
from base64 import b32decode
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

STEP = 30  # seconds that a code lasts


class NoDemo(Exception):
    """There is no demo office yet."""

    def __init__(self) -> None:
        super().__init__("There is no demo office yet. Start one with bin/run.")


class NoSuchOfficer(Exception):
    """Nobody of that name signs in at the demo's desk."""

    def __init__(self, username: str, officers: Path) -> None:
        super().__init__(f"The demo has no officer {username}. {officers} names them all.")


class NotADemo(Exception):
    """The folder holds something else."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds no demo office of ours, so nothing in it is touched. Name another folder."
        )


@dataclass(frozen=True, slots=True)
class Card:
    """What the terminal shows: the officer to sign in as, and the secret of the second factor (base 32)."""

    username: str
    password: str
    totp: str
    tips_sent: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """The demo's folder and the files in it."""

    folder: Path

    @property
    def passphrase(self) -> Path:
        """The file beside the key file: in a demo, and only there, the key's passphrase lies in the open."""
        return self.desk / "desk.key.passphrase"

    @property
    def desk(self) -> Path:
        """The folder of the desk's own files."""
        return self.folder / "desk"

    @property
    def door(self) -> Path:
        """The folder of the door's own files."""
        return self.folder / "door"

    @property
    def officers(self) -> Path:
        """The file that names every officer: user name, password, secret of the second factor, what they are."""
        return self.folder / "officers.txt"

    @property
    def receipts(self) -> Path:
        """The file with the receipts of the invented sources whose cases the demo tells."""
        return self.folder / "receipts.txt"

    @property
    def logs(self) -> Path:
        """What the servers say."""
        return self.folder / "logs"

    @property
    def _mark(self) -> Path:
        return self.folder / "THIS-IS-A-DEMO"

    @property
    def _card(self) -> Path:
        return self.folder / "officer.json"

    def card(self) -> Card | None:
        """The card of a demo that was made to the end, or None."""
        try:
            return Card(**json.loads(self._card.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    def card_of(self, username: str) -> Card:
        """How the officer `username` signs in. Raises NoDemo or NoSuchOfficer."""
        if not self.officers.exists():
            raise NoDemo
        for line in self.officers.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#") and line.split()[:1] == [username]:
                _, password, totp, _ = line.split(maxsplit=3)
                return Card(username, password, totp)
        raise NoSuchOfficer(username, self.officers)

    def write(self, file: Path, lines: Iterable[str]) -> None:
        """Write a file of the demo's secrets, which only its owner reads."""
        file.touch(mode=0o600)
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def keep(self, card: Card) -> None:
        """Write the card; with it the demo counts as made."""
        beside = self._card.with_suffix(".new")
        beside.write_text(json.dumps(asdict(card), indent=1), encoding="utf-8")
        beside.chmod(0o600)
        beside.replace(self._card)

    def clear(self) -> None:
        """An empty folder with the demo's mark. What a demo that broke off left is removed; else NotADemo."""
        if self.folder.exists() and any(self.folder.iterdir()):
            if not self._mark.exists():
                raise NotADemo(self.folder)
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._mark.write_text("Everything here is invented and may be deleted.\n", encoding="utf-8")


def place() -> Place:
    """TIPSTAFF_DEMO_FOLDER, or var/demo under the working folder."""
    named = os.environ.get("TIPSTAFF_DEMO_FOLDER", "").strip()
    return Place(Path(named or "var/demo").expanduser().absolute())


def code(secret: str, at: float) -> str:
    """The six digits of `secret` (base 32) at `at` seconds since 1970: RFC 6238 with SHA-1 and 30 s."""
    digest = hmac.digest(b32decode(secret, casefold=True), int(at // STEP).to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
