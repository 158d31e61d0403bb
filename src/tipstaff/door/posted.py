"""A posted form, read as it streams in: fields into memory, files sealed piece by piece into the hatch.

Nothing readable touches a disk, and no transaction is open while bytes arrive. Files come after the hidden fields
and the text in the form, so that by the first file byte it is known whether the form is genuine.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from django.http import HttpRequest
from django.http.request import UnreadablePostError
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from tipstaff.door.staging import FileFault, StagedFile, Staging
from tipstaff.sealed.envelope import LIMITS, typed

MOST_FIELD_BYTES = 4 << 20
MOST_FIELDS_BYTES = 8 << 20
# A larger body is not even read to the end: who sends it does not wait for an answer.
MOST_BODY_BYTES = 2 << 30
_READ = 1 << 16
_MOST_SEGMENTS = 64


@dataclass(slots=True)
class Posted:
    """What came: `fields` by name (the last value wins), `files` that were sealed and staged, and what went wrong.

    `named` lists every file that was chosen, so that it can be asked for again by name. `whole` is False when the
    post broke off. `content` is the SHA-256 of all that a person filled in, files included.
    """

    fields: dict[str, str] = field(default_factory=dict)
    files: list[StagedFile] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)
    whole: bool = True
    content: bytes = b""


class Genuine(Protocol):
    """Given the fields so far, the staging that files may go to, or None: then they are read and let go."""

    def __call__(self, fields: dict[str, str]) -> Staging | None: ...


def read(request: HttpRequest, genuine: Genuine) -> Posted:
    """Read the request's body. Never raises for what a sender did: a broken post is a Posted that is not whole."""
    posted = Posted()
    kind, options = parse_options_header(request.headers.get("Content-Type", ""))
    boundary = options.get("boundary", "")
    if kind != "multipart/form-data" or not boundary or len(boundary) > 200:
        posted.whole = False
        return posted
    reader = _Reader(posted, genuine, _announced(request))
    parser = PushMultipartParser(boundary, max_segment_count=_MOST_SEGMENTS)
    try:
        with parser:
            for chunk in _chunks(request):
                for event in parser.parse(chunk):
                    reader.take(event)
    except (MultipartError, UnreadablePostError, OSError):
        posted.whole = False
    posted.content = reader.digest()
    return posted


def _chunks(request: HttpRequest) -> Iterator[bytes]:
    left = MOST_BODY_BYTES
    while left > 0 and (chunk := request.read(min(_READ, left))):
        left -= len(chunk)
        yield chunk


class _Reader:
    """Takes a parser's events, one part after the other."""

    def __init__(self, posted: Posted, genuine: Genuine, announced: int) -> None:
        self._posted = posted
        self._genuine = genuine
        self._staging: Staging | None = None
        self._asked = False
        self._sink: Callable[[bytes], None] = _drop
        self._done: Callable[[], None] = _nothing
        self._fields_left = MOST_FIELDS_BYTES
        # A body that is too long as a whole is not staged at all: its text is kept, its files are let go by.
        too_long = announced > LIMITS.TOTAL_BYTES + MOST_FIELDS_BYTES
        self._files_left = -1 if too_long else LIMITS.TOTAL_BYTES

    def take(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        if isinstance(event, MultipartSegment):
            self._begin(event)
        elif event is None:
            self._done()
            self._sink, self._done = _drop, _nothing
        else:
            self._sink(bytes(event))

    def digest(self) -> bytes:
        digest = sha256()
        for name in sorted(self._posted.fields.keys() - {"token"}):
            value = self._posted.fields[name].encode()
            digest.update(b"%s\0%d\0%s" % (name.encode(), len(value), value))
        for file in self._posted.files:
            digest.update(b"%s\0%s" % (file.name.encode(), file.plain_digest))
        return digest.digest()

    def _begin(self, segment: MultipartSegment) -> None:
        self._sink, self._done = _drop, _nothing
        if segment.filename is None:
            self._begin_field(segment.name or "")
        elif segment.filename:
            self._begin_file(segment.filename)

    def _begin_field(self, name: str) -> None:
        parts: list[bytes] = []

        def sink(data: bytes) -> None:
            self._fields_left -= len(data)
            if self._fields_left >= 0:
                parts.append(data)

        def done() -> None:
            # A browser sends CRLF for every line end in a text; it is one character for a person.
            self._posted.fields[name] = typed(b"".join(parts).decode("utf-8", "replace"))

        self._sink, self._done = sink, done

    def _begin_file(self, name: str) -> None:
        posted = self._posted
        name = _plain_name(name)
        posted.named.append(name)
        if not self._asked:
            self._asked, self._staging = True, self._genuine(posted.fields)
        if self._staging is None:
            return
        if len(posted.named) > LIMITS.FILES:
            posted.faults.append(FileFault("too-many", name))
            return
        if self._files_left < 0:
            self._too_big(name)
            return
        staged = self._staging.begin(name, len(posted.named) - 1)

        def sink(data: bytes) -> None:
            self._files_left -= len(data)
            if self._files_left >= 0:
                staged.take(data)

        def done() -> None:
            if self._files_left < 0:
                self._too_big(name)
            elif not staged.size:
                posted.faults.append(FileFault("empty", name))
            else:
                posted.files.append(staged.finish())

        self._sink, self._done = sink, done

    def _too_big(self, name: str) -> None:
        # Said once, for the file with which it became too much.
        if not any(fault.kind == "too-big" for fault in self._posted.faults):
            self._posted.faults.append(FileFault("too-big", name))


def _announced(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _plain_name(name: str) -> str:
    """The last part of a file's name, without control characters, at most 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(character for character in last if character.isprintable())[-120:] or "file"


def _drop(data: bytes) -> None:
    """Let the bytes of a part that is not wanted go by."""


def _nothing() -> None:
    """The end of a part that was let go by."""
