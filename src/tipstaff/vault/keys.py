"""The vault's two key files and their public halves. No database, no settings.

    desk/vault-first.key    the first officer's key, an age file with a passphrase
    desk/vault-second.key   the second officer's, with a passphrase that the first does not know
    desk/vault.json         the two public halves; enough to seal, never to open

The key files are needed only while an identity is opened: each may be carried by its holder and put back for that.
"""

import json
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tipstaff.sealed.age import NotForThisKey, open_sealed, seal
from tipstaff.sealed.keyfile import LOG_N, BadKeyfile, WrongPassphrase
from tipstaff.sealed.recipients import (
    BadKey,
    HybridIdentity,
    HybridRecipient,
    ScryptIdentity,
    ScryptRecipient,
)

PUBLIC = "vault.json"
SHORTEST_PASSPHRASE = 20
_HEADING = (
    "# Tipstaff vault key file, version 1: the {half} of two. It opens nothing without the other.",
    "# If all else fails, age 1.3 or newer: age -d -i FIRST_KEY SEALED > HALF, then age -d -i SECOND_KEY HALF",
)


class Half(StrEnum):
    """Which of the two keys. What is sealed lies in the first's file, and inside that in the second's."""

    FIRST = "first"
    SECOND = "second"


class VaultThere(Exception):
    """There are keys already."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists already, and keys are never overwritten. Nothing was made.")


class UnfitPassphrases(Exception):
    """A passphrase is too short, or the two are one."""

    def __init__(self, wrong: str) -> None:
        super().__init__(f"{wrong} Nothing was made.")


class NoVault(Exception):
    """The public halves are missing or cannot be read: nothing can be sealed."""


class KeyFileAway(Exception):
    """A key file is not where it should be; its holder may carry it."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """To whom an identity is sealed: first the outer layer's key, then the inner one's."""

    first: HybridRecipient
    second: HybridRecipient


def key_path(folder: Path, half: Half) -> Path:
    """Where the key file of `half` lies."""
    return folder / f"vault-{half}.key"


def check_passphrases(first: str, second: str) -> None:
    """Raise UnfitPassphrases unless both are long enough and differ."""
    if min(len(first), len(second)) < SHORTEST_PASSPHRASE:
        raise UnfitPassphrases(
            f"Each passphrase of the vault has at least {SHORTEST_PASSPHRASE} characters: six random words, "
            "for example."
        )
    if first == second:
        raise UnfitPassphrases("The two passphrases are the same: each belongs to one person alone.")


def make(folder: Path, first: str, second: str, *, log_n: int = LOG_N) -> Recipients:
    """Make both key files and the public file. Raises VaultThere or UnfitPassphrases; then nothing was made."""
    for path in (folder / PUBLIC, *(key_path(folder, half) for half in Half)):
        if path.exists():
            raise VaultThere(path)
    check_passphrases(first, second)
    made = {Half.FIRST: (HybridIdentity.generate(), first), Half.SECOND: (HybridIdentity.generate(), second)}
    for half, (identity, passphrase) in made.items():
        _write(key_path(folder, half), write_key(identity, half, passphrase, log_n))
    halves = {str(half): str(identity.recipient()) for half, (identity, _) in made.items()}
    # Last: a vault whose making broke off has no public file, so nothing is ever sealed to half of it.
    _write(folder / PUBLIC, (json.dumps(halves, indent=1) + "\n").encode())
    return read_public(folder)


def read_public(folder: Path) -> Recipients:
    """The public halves. Raises NoVault."""
    try:
        halves = json.loads((folder / PUBLIC).read_text(encoding="utf-8"))
        return Recipients(*(HybridRecipient.parse(halves[half]) for half in Half))
    except (OSError, ValueError, TypeError, KeyError):
        raise NoVault from None


def write_key(identity: HybridIdentity, half: Half, passphrase: str, log_n: int = LOG_N) -> bytes:
    """A key file's bytes. `log_n`: scrypt's work factor (18: a second, 256 MiB; tests take less)."""
    lines = [line.format(half=half) for line in _HEADING]
    lines += [f"# opens what is sealed to {identity.recipient()}", str(identity), ""]
    return seal("\n".join(lines).encode("ascii"), [ScryptRecipient(passphrase, log_n)])


def read_key(folder: Path, half: Half, passphrase: str) -> HybridIdentity:
    """The key in the file of `half`. It takes a second: scrypt is meant to.

    Raises KeyFileAway, WrongPassphrase, or another SealError when the file is damaged.
    """
    try:
        data = key_path(folder, half).read_bytes()
    except OSError:
        raise KeyFileAway from None
    try:
        text = open_sealed(data, [ScryptIdentity(passphrase)]).decode("ascii")
    except NotForThisKey:
        raise WrongPassphrase("this passphrase does not open the key file") from None
    except UnicodeDecodeError:
        raise BadKeyfile("the key file holds something else than lines of plain letters") from None
    keys = [line for line in text.splitlines() if line and not line.startswith("#")]
    try:
        (key,) = keys
        return HybridIdentity.parse(key)
    except (ValueError, BadKey):
        raise BadKeyfile("the key file does not hold one key") from None


def _write(path: Path, data: bytes) -> None:
    # Owner only from the first moment on, and never over something that is there.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
