"""The desk's key file: a passphrase file of age, with lines that people and other programs can read.

What stands inside is an age identity file: the identities come first, newest first, and all that is
Tipstaff's own stands behind `#:`, which other programs take for a comment. So, if all else fails, `age` (1.3
or newer) opens tips with this very file: `age -d -i keys.age envelope | tar -x`.
"""

import os
import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Self

from tipstaff.sealed import armour
from tipstaff.sealed.age import NotForThisKey, SealError, open_sealed, seal
from tipstaff.sealed.recipients import BadKey, HybridIdentity, ScryptIdentity, ScryptRecipient

LOG_N = 18
_NAME = re.compile(r"[!-*,-~]{1,255}")  # a signed-note key name: no space, no plus
_HEADING = (
    "# Tipstaff key file, version 1. Whoever reads this reads every tip: keep it and its passphrase apart.",
    "# If all else fails, age 1.3 or newer opens an envelope with it: age -d -i THIS_FILE ENVELOPE | tar -x",
)


class WrongPassphrase(SealError):
    """The passphrase does not open this key file."""


class BadKeyfile(SealError, ValueError):
    """The passphrase was right, but what is inside is no key file of ours."""


class KeyNames(NamedTuple):
    """The names under which the notice's and the public head's key sign (signed-note key names)."""

    notice: str
    head: str


@dataclass(frozen=True, slots=True)
class Keyring:
    """All secrets of one desk. None of them appears in `repr()`.

    `identities`: newest first, the old ones kept to open old envelopes; `notice`, `head`: Ed25519 seeds of 32
    bytes that sign notices and public heads; `cover`: the 32 bytes from which cover leaves are made.
    """

    identities: tuple[HybridIdentity, ...] = field(repr=False)
    notice: bytes = field(repr=False)
    head: bytes = field(repr=False)
    cover: bytes = field(repr=False)
    names: KeyNames

    def __post_init__(self) -> None:
        if not self.identities or len(set(self.identities)) != len(self.identities):
            raise BadKeyfile("a keyring holds at least one identity, and none twice")
        if any(len(secret) != 32 for secret in (self.notice, self.head, self.cover)):
            raise BadKeyfile("the keys for notices, heads and covers have 32 bytes each")
        if not all(_NAME.fullmatch(name) for name in self.names):
            raise BadKeyfile("a key's name has no spaces, no plus sign and at most 255 characters")

    @classmethod
    def generate(cls, origin: str) -> Self:
        """New keys for the office whose log is called `origin` (like `tips.example.org/log`)."""
        names = KeyNames(notice=f"{origin}/notice", head=origin)
        return cls((HybridIdentity.generate(),), os.urandom(32), os.urandom(32), os.urandom(32), names)

    def renewed(self) -> Self:
        """This keyring with a new identity in front; the old ones go on opening what was sealed to them."""
        return replace(self, identities=(HybridIdentity.generate(), *self.identities))


def write_keyfile(keyring: Keyring, passphrase: str, log_n: int = LOG_N) -> bytes:
    """The key file's bytes. `log_n`: scrypt's work factor (18: a second, 256 MiB; tests take less)."""
    lines = [*_HEADING]
    for identity in keyring.identities:
        lines += [f"# opens what is sealed to {identity.recipient()}", str(identity)]
    lines += [
        f"#: notice {keyring.names.notice} {keyring.notice.hex()}",
        f"#: head {keyring.names.head} {keyring.head.hex()}",
        f"#: cover {keyring.cover.hex()}",
    ]
    text = "\n".join([*lines, ""])
    return seal(text.encode("ascii"), [ScryptRecipient(passphrase, log_n)])


def read_keyfile(data: bytes, passphrase: str) -> Keyring:
    """The keyring in a key file, or in its armour, as it may have been printed and typed in again.

    Raises WrongPassphrase, BadKeyfile, NotSealed or Altered.
    """
    sealed = armour.read(data) if armour.is_armoured(data) else data
    try:
        text = open_sealed(sealed, [ScryptIdentity(passphrase)]).decode("ascii")
    except NotForThisKey:
        raise WrongPassphrase("this passphrase does not open the key file") from None
    except UnicodeDecodeError:
        raise BadKeyfile("the key file holds something else than lines of plain letters") from None
    identities, ours = [], {}
    for line in text.splitlines():
        if line.startswith("#: "):
            word, *rest = line[3:].split(" ")
            if word in ours:
                raise BadKeyfile(f"the key file has two lines for {word!r}")
            ours[word] = rest
        elif line and not line.startswith("#"):
            identities.append(_identity(line))
    return _keyring(tuple(identities), ours)


def _identity(line: str) -> HybridIdentity:
    try:
        return HybridIdentity.parse(line)
    except BadKey:
        raise BadKeyfile("a line of the key file is neither an identity nor a comment") from None


def _keyring(identities: tuple[HybridIdentity, ...], ours: dict[str, list[str]]) -> Keyring:
    try:
        (notice_name, notice), (head_name, head), (cover,) = ours["notice"], ours["head"], ours["cover"]
        return Keyring(
            identities,
            notice=bytes.fromhex(notice),
            head=bytes.fromhex(head),
            cover=bytes.fromhex(cover),
            names=KeyNames(notice_name, head_name),
        )
    except BadKeyfile:
        raise
    except (KeyError, ValueError):
        raise BadKeyfile("the key file lacks a whole line for notice, head or cover") from None
