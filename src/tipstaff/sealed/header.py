"""The textual header of an age file: its grammar, read and written strictly.

Source: the age v1 specification (age-encryption.org/v1), "Header" and "ABNF definition of file header".
Whatever does not match the grammar byte for byte is refused: a lenient reader would let two programs
see two different headers in the same file.
"""

import re
from base64 import b64encode
from binascii import Error as NotBase64
from binascii import a2b_base64
from collections.abc import Callable
from typing import NamedTuple

VERSION = b"age-encryption.org/v1"
# 256 KiB are about 160 hybrid recipients; without a limit one endless line would fill the memory.
LONGEST_HEADER = 1 << 18
_COLUMNS = 64
_VISIBLE = bytes(range(0x21, 0x7F))  # VCHAR of RFC 5234
_MAC_LINE = re.compile(rb"--- ([A-Za-z0-9+/]{43})")


class SealError(Exception):
    """What all refusals of this package have in common; `str()` is a sentence without secrets."""


class NotSealed(SealError, ValueError):
    """These bytes are not a well-formed age file (or armour, or stanza)."""


class NotForThisKey(SealError):
    """A well-formed file, sealed to keys that are not at hand."""


class Altered(SealError):
    """Sealed for a key at hand, but something in it was changed or cut off since."""


class Stanza(NamedTuple):
    """One recipient's part of the header: the file key, wrapped. `args` are those after `kind`."""

    kind: str
    args: tuple[str, ...]
    body: bytes


class Header(NamedTuple):
    """A parsed header: its stanzas, the bytes under the MAC (up to and with `---`) and the MAC (32 bytes)."""

    stanzas: tuple[Stanza, ...]
    authenticated: bytes
    mac: bytes


class Source:
    """Lines and blocks from `read(n)`, which may give fewer bytes than asked for and gives b"" at the end."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._ahead = b""
        self._left = LONGEST_HEADER

    def line(self) -> bytes:
        """The next line without its LF. Raises NotSealed at the end, or when the header grows too long."""
        start = 0
        while (end := self._ahead.find(b"\n", start)) < 0:
            start = len(self._ahead)
            more = self._read(4096) if start <= self._left else b""
            if not more:
                raise NotSealed("the header ends in the middle of a line: this is no whole age file")
            self._ahead += more
        line, self._ahead = self._ahead[:end], self._ahead[end + 1 :]
        self._left -= end + 1
        if self._left < 0:
            raise NotSealed(f"the header is longer than {LONGEST_HEADER} bytes")
        return line

    def take(self, size: int) -> bytes:
        """The next `size` bytes; fewer only when the source has ended."""
        taken, self._ahead = self._ahead[:size], self._ahead[size:]
        if len(taken) == size:
            return taken
        parts, missing = [taken], size - len(taken)
        while missing and (part := self._read(missing)):
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)


def encode(raw: bytes) -> bytes:
    """Standard base64 without padding characters, as the header uses it throughout."""
    return b64encode(raw).rstrip(b"=")


def decode(text: bytes) -> bytes:
    """The bytes behind canonical unpadded base64. Raises NotSealed for anything else."""
    try:
        raw = a2b_base64(text + b"=" * (-len(text) % 4), strict_mode=True)
    except NotBase64:
        raise NotSealed("a part of the header is not base64") from None
    # Encoding again is the whole test: leftover bits and `=` both give another text than the one we read.
    if encode(raw) != text:
        raise NotSealed("a part of the header is not canonical base64")
    return raw


def read_header(source: Source) -> Header:
    """The header at the start of `source`, which then stands at the payload's nonce. Raises NotSealed."""
    line = source.line()
    if line != VERSION:
        raise NotSealed("the first line is not that of an age v1 file")
    lines, stanzas = [line], []
    while (line := source.line()).startswith(b"-> "):
        stanzas.append(_read_stanza(source, line, lines))
    end = _MAC_LINE.fullmatch(line)
    if end is None:
        raise NotSealed("a line of the header is neither a stanza nor the closing line")
    if not stanzas:
        raise NotSealed("the header names no recipient")
    if len(stanzas) > 1 and any(stanza.kind == "scrypt" for stanza in stanzas):
        raise NotSealed("a passphrase stanza must stand alone in its header")
    return Header(tuple(stanzas), b"\n".join([*lines, b"---"]), decode(end[1]))


def write_header(stanzas: tuple[Stanza, ...]) -> bytes:
    """The header up to and with `---`: what the MAC is taken over. Raises ValueError for an unlawful set."""
    if not stanzas:
        raise ValueError("an age file needs at least one recipient")
    if len(stanzas) > 1 and any(stanza.kind == "scrypt" for stanza in stanzas):
        raise ValueError("a passphrase cannot share a file with other recipients")
    parts = [VERSION]
    for kind, args, body in stanzas:
        parts.append(" ".join(("->", kind, *args)).encode("ascii"))
        text = encode(body)
        # The last line must be shorter than 64 columns, so a body that fills its lines gets an empty one.
        parts.extend(text[i : i + _COLUMNS] for i in range(0, len(text) + 1, _COLUMNS))
    return b"\n".join([*parts, b"---"])


def _read_stanza(source: Source, line: bytes, lines: list[bytes]) -> Stanza:
    """The stanza that `line` begins; its raw lines are added to `lines`."""
    words = line[3:].split(b" ")
    if not all(words) or any(word.translate(None, _VISIBLE) for word in words):
        raise NotSealed("a stanza's first line holds an empty word or a character that is not allowed")
    lines.append(line)
    first = len(lines)
    while True:
        line = source.line()
        if len(line) > _COLUMNS:
            raise NotSealed("a line of a stanza is longer than 64 columns")
        lines.append(line)
        if len(line) < _COLUMNS:
            break
    kind, *args = (word.decode("ascii") for word in words)
    return Stanza(kind, tuple(args), decode(b"".join(lines[first:])))
