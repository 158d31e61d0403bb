"""What both sites read from the hatch: frozen rows and plain bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connections

from tipstaff.hatch import log
from tipstaff.hatch.models import Envelope, LogHead, Notice, Piece, PublicHead, Upload
from tipstaff.tlog import tiles
from tipstaff.tlog.tree import HASH, TILE_WIDTH, Edge, HashReader


@dataclass(frozen=True, slots=True)
class NoticeRow:
    number: int
    note: str


@dataclass(frozen=True, slots=True)
class EnvelopeRow:
    """A sealed envelope that waits: `entry` and `mailbox` are 32 bytes, `body` the age file."""

    entry: bytes
    leaf: int
    day: date
    mailbox: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class MailboxRow:
    """`slots` is empty until the desk has taken the tip in."""

    leaf: int
    slots: bytes


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The log now; `checkpoint` is the newest note the door has signed, for `size` leaves or fewer."""

    size: int
    edge: Edge
    checkpoint: str


@dataclass(frozen=True, slots=True)
class PublicHeadRow:
    size: int
    root: bytes
    note: str
    day: date


def latest_notice() -> NoticeRow | None:
    """The notice with the highest number, or None while nothing was published. Its signature is not checked here."""
    row = Notice.objects.order_by("-number").values_list("number", "note").first()
    return NoticeRow(*row) if row else None


def newest_notices(limit: int) -> list[NoticeRow]:
    """The notices with the highest numbers, highest first. Their signatures are not checked here."""
    rows = Notice.objects.order_by("-number").values_list("number", "note")[:limit]
    return [NoticeRow(*row) for row in rows]


def newest_number() -> int:
    """The highest notice number, 0 while there is none: one short read, to see whether anything is new."""
    with connections["hatch"].cursor() as cursor:
        cursor.execute("SELECT max(number) FROM hatch_notice")
        return int(cursor.fetchone()[0] or 0)


def waiting(limit: int) -> list[EnvelopeRow]:
    """The oldest envelopes that the desk has not acknowledged, at most `limit`, in the log's order."""
    rows = Envelope.objects.order_by("leaf").values_list("entry", "leaf", "day", "mailbox", "body")[:limit]
    return [
        EnvelopeRow(bytes(entry), leaf, day, bytes(box), bytes(body)) for entry, leaf, day, box, body in rows
    ]


def count_waiting() -> int:
    """How many envelopes wait for the desk."""
    return Envelope.objects.count()


def waiting_leaves() -> dict[int, bytes]:
    """Leaf number -> entry, of all envelopes that wait, without their bodies."""
    return {leaf: bytes(entry) for leaf, entry in Envelope.objects.values_list("leaf", "entry")}


def uploads_of(entry: bytes) -> list[bytes]:
    """The ids of the sealed files that the envelope `entry` adopted."""
    return [bytes(id) for id in Upload.objects.filter(envelope=entry).values_list("id", flat=True)]


def pieces(upload: bytes) -> Iterator[bytes]:
    """The pieces of one sealed file in order, one in memory at a time."""
    for body in (
        Piece.objects.filter(upload=upload).order_by("number").values_list("body", flat=True).iterator(1)
    ):
        yield bytes(body)


def mailbox(address: bytes) -> MailboxRow | None:
    """One mailbox by its address. One query, found or not."""
    with connections["hatch"].cursor() as cursor:
        cursor.execute("SELECT leaf, slots FROM hatch_mailbox WHERE address = %s", [address])
        row = cursor.fetchone()
    return MailboxRow(row[0], bytes(row[1])) if row else None


def spent_seal(token: bytes) -> bytes | None:
    """The seal of a form that was sent, by the digest of its token, or None."""
    with connections["hatch"].cursor() as cursor:
        cursor.execute("SELECT seal FROM hatch_spenttoken WHERE digest = %s", [token])
        row = cursor.fetchone()
    return bytes(row[0]) if row else None


def private_head() -> HeadRow:
    """The log as it stands now."""
    row = LogHead.objects.values_list("size", "edge", "checkpoint").get()
    return HeadRow(row[0], Edge.from_bytes(bytes(row[1])) if row[1] else Edge(), row[2])


def public_head() -> PublicHeadRow | None:
    """The newest head that the desk has signed, or None before the first."""
    row = PublicHead.objects.order_by("-size").values_list("size", "root", "note", "day").first()
    return PublicHeadRow(row[0], bytes(row[1]), row[2], row[3]) if row else None


def leaves(start: int, stop: int) -> list[bytes]:
    """The 32-byte entries of the leaves `start` up to, not including, `stop`."""
    return log.entries(start, stop)


def inclusion(leaf: int, size: int) -> tuple[bytes, ...]:
    """The proof that `leaf` stands in the log's first `size` leaves, its sibling first."""
    return log.inclusion(leaf, size)


def hash_reader() -> HashReader:
    """A reader over the hatch's tiles for `tlog.tree`'s proofs."""
    return log.read_tile


def log_file(path: str) -> bytes | None:
    """A file of the public log (C2SP tlog-tiles) by its path, or None: also for what lies beyond the public head."""
    head = public_head()
    if head is None:
        return None
    if path == tiles.CHECKPOINT:
        return head.note.encode()
    try:
        wanted = tiles.parse_tile_path(path)
    except tiles.PathWrong:
        return None
    span = TILE_WIDTH ** (wanted.level or 0)
    available = head.size // span - wanted.number * TILE_WIDTH
    # A partial tile is served only while it is the newest; a full one has only its full form.
    if available <= 0 or wanted.width != min(available, TILE_WIDTH):
        return None
    if wanted.level is None:
        start = wanted.number * TILE_WIDTH
        return tiles.encode_bundle(log.entries(start, start + wanted.width))
    hashes = log.read_tile(wanted.level, wanted.number, wanted.width)
    return hashes if len(hashes) == wanted.width * HASH else None
