"""Signed notes: c2sp.org/signed-note.

A note is text and, after an empty line, one line for each signature. Signatures of keys that we were not
given are ignored; one that bears the name and id of a key that we were given, and is not that key's, spoils
the note.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tipstaff.tlog.base64 import decode
from tipstaff.tlog.keys import (
    COSIGNATURE,
    ED25519,
    KeyWrong,
    SignatureWrong,
    Signer,
    Verifier,
    is_name,
    is_plain,
)
from tipstaff.tlog.wrong import Wrong

__all__ = [
    "COSIGNATURE",
    "ED25519",
    "KeyWrong",
    "NoteWrong",
    "Opened",
    "Signer",
    "Verified",
    "Verifier",
    "cosign",
    "open_note",
]

MOST_SIGNATURES = 100
_DASH = "\N{EM DASH} "


class NoteWrong(Wrong):
    """A note is malformed, or not signed as it should be."""


class Verified(NamedTuple):
    """A signature that was checked: by which key, and for a witness's when (POSIX seconds)."""

    verifier: Verifier
    time: int | None


class Opened(NamedTuple):
    """A note that was checked: its text and the signatures of keys that we know."""

    text: str
    signatures: tuple[Verified, ...]


class _Line(NamedTuple):
    name: str
    key_id: bytes
    signature: bytes


def open_note(note: str | bytes, verifiers: Iterable[Verifier]) -> Opened:
    """The text of a note that at least one of `verifiers` signed.

    Raises NoteWrong when it is malformed, when none of them signed, or when a signature in the name and id
    of one of them is not theirs.
    """
    text, lines = _parse(note)
    known: dict[tuple[str, bytes], Verifier] = {}
    for verifier in verifiers:
        if known.setdefault((verifier.name, verifier.key_id), verifier) != verifier:
            raise NoteWrong(f"two different keys of {verifier.name} have one id: use one of them at a time.")
    checked: dict[Verifier, Verified] = {}
    for line in lines:
        if signer := known.get((line.name, line.key_id)):
            try:
                time = signer.verify(text, line.signature)
            except SignatureWrong as wrong:
                raise NoteWrong(str(wrong)) from None
            checked.setdefault(signer, Verified(signer, time))
    if not checked:
        raise NoteWrong(_unsigned(lines, known.values()))
    return Opened(text, tuple(checked.values()))


def cosign(note: str, signer: Signer, *, time: int | None = None) -> str:
    """The note with one more signature. A witness (kind 0x04) signs with a `time` in POSIX seconds.

    Raises NoteWrong when `note` is none; what stands in it already is not verified.
    """
    text, _ = _parse(note)
    return note + signer.line(text, time)


def _parse(note: str | bytes) -> tuple[str, Sequence[_Line]]:
    """A note in its parts, nothing verified yet. Raises NoteWrong."""
    try:
        whole = note.decode() if isinstance(note, bytes) else note
    except UnicodeError:
        raise NoteWrong("this is no signed note: it is not UTF-8 text.") from None
    if not is_plain(whole):
        raise NoteWrong("this is no signed note: it holds control characters.")
    text, gap, tail = whole.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise NoteWrong("this is no signed note: it does not end with signature lines after an empty line.")
    lines = tail[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoteWrong(f"this note has more than {MOST_SIGNATURES} signatures.")
    return text + "\n", [_read_line(line) for line in lines]


def _read_line(line: str) -> _Line:
    name, gap, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not gap or not is_name(name):
        raise NoteWrong("a signature line of the note is malformed.")
    try:
        raw = decode(encoded)
    except ValueError:
        raise NoteWrong(f"the signature line of {name} is not base64.") from None
    if len(raw) < 5:
        raise NoteWrong(f"the signature line of {name} is too short.")
    return _Line(name, raw[:4], raw[4:])


def _unsigned(lines: Sequence[_Line], wanted: Iterable[Verifier]) -> str:
    found = ", ".join(f"{line.name} ({line.key_id.hex()})" for line in lines[:5])
    keys = ", ".join(f"{each.name} ({each.key_id.hex()})" for each in wanted) or "none"
    return f"none of the given keys signed this. It is signed by {found}; the keys given are {keys}."
