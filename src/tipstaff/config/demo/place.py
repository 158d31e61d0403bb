"""Where the demo lies, and what is known of it. No Django here: `bin/code` reads only this."""

import hmac
import json
import os
import shutil
from base64 import b32decode
from dataclasses import asdict, dataclass
from pathlib import Path

STEP = 30  # seconds that a code lasts


class NoDemo(Exception):
    """There is no demo office yet."""

    def __init__(self) -> None:
        super().__init__("There is no demo office yet. Start one with bin/run.")


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
        return self.folder / "desk" / "desk.key.passphrase"

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
