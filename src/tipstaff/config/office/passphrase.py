"""Where a command gets the key file's passphrase: a file that is named, or the person at the keyboard."""

import getpass
import os
import sys
from pathlib import Path

SETTING = "TIPSTAFF_PASSPHRASE_FILE"


class NoPassphrase(Exception):
    """Nobody can be asked and no file is named."""

    def __init__(self, wrong: str) -> None:
        super().__init__(f"{wrong} Type it at a terminal, or name a file that holds it in {SETTING}.")


def from_file() -> str | None:
    """The passphrase in the file that the setting names, or None when it names none. Raises NoPassphrase."""
    named = os.environ.get(SETTING, "").strip()
    if not named:
        return None
    try:
        return Path(named).expanduser().read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise NoPassphrase(f"The passphrase could not be read from {named}.") from None


def asked(prompt: str = "Passphrase of the key file: ") -> str:
    """The passphrase, from the file or typed without an echo. Raises NoPassphrase."""
    found = from_file()
    if found is not None:
        return found
    if not sys.stdin.isatty():
        raise NoPassphrase("The passphrase of the key file is needed.")
    return getpass.getpass(prompt)


def chosen() -> str:
    """A new passphrase, typed twice or from the file. Raises NoPassphrase."""
    found = from_file()
    if found is not None:
        return found
    first = asked("Choose the passphrase of the key file (six random words are good): ")
    if getpass.getpass("The same once more: ") != first:
        raise NoPassphrase("The two passphrases differ; nothing was made.")
    return first
