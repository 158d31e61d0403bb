"""Signed notes (c2sp.org/signed-note) with Ed25519, and witnesses' cosignatures (c2sp.org/tlog-cosignature).

A note is text and, after an empty line, one line per signature. Keys have a name and a 4-byte id that hangs
on name, kind and key; signatures from keys that we were not given are ignored, one from a key that we were
given and that does not verify spoils the note.
"""

import base64
import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tipstaff.tlog.wrong import Wrong

ED25519 = 0x01
COSIGNATURE = 0x04
MOST_SIGNATURES = 100
LATEST_TIME = 2**63 - 1
_DASH = "\N{EM DASH} "
_SIGNATURE_BYTES = {ED25519: 64, COSIGNATURE: 8 + 64}


class NoteWrong(Wrong):
    """A note is malformed, or not signed as it should be."""


class KeyWrong(Wrong):
    """The text is no verifier key, or of a kind that we do not read."""


class _Line(NamedTuple):
    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key that signatures are checked with: `name`, the signature `kind` (0x01 or 0x04), 32 bytes of key."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """Read `<name>+<id in hex>+<base64 of kind and key>`. Raises KeyWrong."""
        parts = vkey.strip().split("+", 2)
        if len(parts) != 3:
            raise KeyWrong("a verifier key looks like name+1a2b3c4d+AQ…: three parts with plus signs between.")
        name, identifier, encoded = parts
        if not is_name(name):
            raise KeyWrong("the name in a verifier key is empty or holds a space.")
        try:
            key = strict_base64(encoded)
        except ValueError:
            raise KeyWrong(f"the verifier key of {name} is not whole: its last part is not base64.") from None
        if len(key) != 33 or key[0] not in _SIGNATURE_BYTES:
            raise KeyWrong(f"the verifier key of {name} is of a kind that is not read here (Ed25519 is).")
        verifier = cls(name, key[0], key[1:])
        if verifier.key_id.hex() != identifier:
            raise KeyWrong(f"the verifier key of {name} was altered: its id should be {verifier.key_id.hex()}.")
        return verifier

    @property
    def key_id(self) -> bytes:
        """The 4 bytes that, with the name, stand for this key in a signature line."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as text, for configuration and notices."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(bytes([self.kind]) + self.public)}"

    def verify(self, text: str, signature: bytes) -> int | None:
        """Check a signature over a note's text; gives the time (POSIX seconds) of a cosignature, else None.

        Raises NoteWrong.
        """
        if len(signature) != _SIGNATURE_BYTES[self.kind]:
            raise NoteWrong(f"the signature of {self.name} has {len(signature)} bytes: it is not whole.")
        time, message = None, text.encode()
        if self.kind == COSIGNATURE:
            time = int.from_bytes(signature[:8], "big")
            message, signature = _cosigned(text, time), signature[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise NoteWrong(f"the signature of {self.name} ({self.key_id.hex()}) is not over this text.") from None
        if time is not None and time > LATEST_TIME:
            raise NoteWrong(f"the cosignature of {self.name} is of no possible time.")
        return time


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key that signs notes under a name. `seed` is the 32 bytes of an Ed25519 private key."""

    name: str
    seed: bytes
    kind: int = ED25519

    def __post_init__(self) -> None:
        if not is_name(self.name) or len(self.seed) != 32 or self.kind not in _SIGNATURE_BYTES:
            raise ValueError("a signer has a name without spaces or plus signs, 32 bytes of key, and a known kind")

    def __repr__(self) -> str:
        return f"Signer({self.name!r})"

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self.kind, self._key().public_key().public_bytes_raw())

    @property
    def vkey(self) -> str:
        """The public half as text."""
        return self.verifier.vkey

    def sign(self, text: str) -> str:
        """The note: `text` (which ends in a newline) with this signature.

        ValueError when the text cannot be a note's: no newline at its end, or a control character in it.
        """
        if not text.endswith("\n") or not _is_plain(text):
            raise ValueError("a note's text ends with a newline and holds no other control characters")
        return f"{text}\n{self._line(text, None)}"

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def _line(self, text: str, time: int | None) -> str:
        if (self.kind == COSIGNATURE) != (time is not None):
            raise ValueError("a witness signs with a time, and only a witness does")
        head = b"" if time is None else time.to_bytes(8, "big")
        message = text.encode() if time is None else _cosigned(text, time)
        return f"{_DASH}{self.name} {_base64(self.verifier.key_id + head + self._key().sign(message))}\n"


class Verified(NamedTuple):
    """A signature that was checked: by which key, and for a witness's when (POSIX seconds)."""

    verifier: Verifier
    time: int | None


class Opened(NamedTuple):
    """A note that was checked: its text and the signatures of keys that we know."""

    text: str
    signatures: tuple[Verified, ...]


def open_note(note: str | bytes, verifiers: Iterable[Verifier]) -> Opened:
    """The text of a note that at least one of `verifiers` signed.

    Raises NoteWrong when it is malformed, when none of them signed, or when a signature in the name and id of one
    of them does not verify. Signatures of other keys are ignored.
    """
    text, lines = _parse(note)
    known: dict[tuple[str, bytes], Verifier] = {}
    for verifier in verifiers:
        if known.setdefault((verifier.name, verifier.key_id), verifier) != verifier:
            raise NoteWrong(f"two different keys of {verifier.name} have one id: use one of them at a time.")
    checked: dict[Verifier, Verified] = {}
    for line in lines:
        if signer := known.get((line.name, line.key_id)):
            checked.setdefault(signer, Verified(signer, signer.verify(text, line.signature)))
    if not checked:
        raise NoteWrong(_unsigned(lines, known.values()))
    return Opened(text, tuple(checked.values()))


def cosign(note: str, signer: Signer, *, time: int | None = None) -> str:
    """The note with one more signature, `signer`'s. A witness (kind 0x04) signs with a `time` in POSIX seconds."""
    text, _ = _parse(note)
    return note + signer._line(text, time)


def _parse(note: str | bytes) -> tuple[str, Sequence[_Line]]:
    """A note in its parts, nothing verified yet. Raises NoteWrong."""
    try:
        whole = note.decode() if isinstance(note, bytes) else note
        whole.encode()
    except UnicodeError:
        raise NoteWrong("this is no signed note: it is not UTF-8 text.") from None
    if not _is_plain(whole):
        raise NoteWrong("this is no signed note: it holds control characters.")
    text, gap, tail = whole.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise NoteWrong("this is no signed note: signatures after an empty line are missing.")
    lines = tail[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoteWrong(f"this note has more than {MOST_SIGNATURES} signatures.")
    return text + "\n", [_read_line(line) for line in lines]


def _read_line(line: str) -> _Line:
    name, gap, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not gap or not is_name(name):
        raise NoteWrong("a signature line of the note is malformed.")
    try:
        raw = strict_base64(encoded)
    except ValueError:
        raise NoteWrong(f"the signature line of {name} is not base64.") from None
    if len(raw) < 5:
        raise NoteWrong(f"the signature line of {name} is too short.")
    return _Line(name, raw[:4], raw[4:])


def _unsigned(lines: Sequence[_Line], wanted: Iterable[Verifier]) -> str:
    found = ", ".join(f"{line.name} ({line.key_id.hex()})" for line in lines[:5])
    keys = ", ".join(f"{verifier.name} ({verifier.key_id.hex()})" for verifier in wanted)
    return f"none of the given keys signed this: it is signed by {found}; the keys given are {keys or 'none'}."


def _cosigned(text: str, time: int) -> bytes:
    """What a witness signs: the checkpoint under a header that no log's own signature can begin with."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def is_name(name: str) -> bool:
    """Whether a key may be called this: not empty, no spaces of any script, no plus sign, no control characters."""
    return bool(name) and "+" not in name and _is_plain(name) and not any(letter.isspace() for letter in name)


def _is_plain(text: str) -> bool:
    return not any(letter < " " and letter != "\n" for letter in text)


def strict_base64(text: str) -> bytes:
    """Decode the one way in which these bytes are written; any other spelling raises ValueError."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeError, binascii.Error) as error:
        raise ValueError("not base64") from error
    if _base64(raw) != text:
        raise ValueError("not the canonical base64 of these bytes")
    return raw


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
