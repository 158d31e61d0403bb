"""What is done to the hatch. The door's verbs stand first, then the desk's.

Each is one short transaction on `hatch`. There is no actor here: nobody signs in at the hatch; on PostgreSQL
each site's database role decides what it may do (`roles.py`). `today` is a day because no finer time may be kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connections
from django.db.backends.utils import CursorWrapper

from tipstaff.footing.one_writer import writing
from tipstaff.hatch import log
from tipstaff.hatch.models import Envelope, Mailbox, Notice, Piece, PublicHead, SpentToken, Upload
from tipstaff.tlog.tree import Edge

MOST_SLOT_BYTES = 1 << 17

type SignHead = Callable[[int, bytes], str]
"""sign(size, root) gives the signed checkpoint note for a head of that size."""


class HeadMoved(Exception):
    """The log is not as long as the caller believed; look again and repeat."""


class NoticeTaken(Exception):
    """Another notice was published under this number: two desks, or one that was restored from a copy."""


class UploadGone(Exception):
    """A staged file that the tip names is not there any more; it has to be sent again."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A leaf and what proves it: its number, its path to the root (sibling first), the signed checkpoint."""

    leaf: int
    path: tuple[bytes, ...]
    checkpoint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What the door hands over in one go. All of it is kept, or nothing.

    `entry` is the SHA-256 of `body`, the sealed envelope; `mailbox` the 32-byte address that it belongs to, made
    anew when `opens_mailbox`; `token` and `seal` (32 bytes each) mark the form as sent; `uploads` are the 16-byte
    ids of the staged files that the envelope names.
    """

    entry: bytes
    body: bytes
    mailbox: bytes
    opens_mailbox: bool
    token: bytes
    seal: bytes
    uploads: Sequence[bytes] = ()


def accept(*, arrival: Arrival, sign: SignHead, today: date) -> Accepted | None:
    """Take an envelope: spent token, mailbox, envelope, staged files and log leaf in one durable commit.

    Returns None, and keeps nothing, when the form's token was spent before. Raises UploadGone.
    """
    with writing("hatch"), connections["hatch"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO hatch_spenttoken (digest, seal, day) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [arrival.token, arrival.seal, today],
        )
        if cursor.rowcount != 1:
            return None
        for upload in arrival.uploads:
            _adopt(cursor, upload, arrival.entry)
        edge = log.locked_edge(cursor)
        leaf = edge.size
        if arrival.opens_mailbox:
            cursor.execute(
                "INSERT INTO hatch_mailbox (address, leaf, slots, day) VALUES (%s, %s, %s, %s)",
                [arrival.mailbox, leaf, b"", today],
            )
        cursor.execute(
            "INSERT INTO hatch_envelope (entry, leaf, mailbox, body, day) VALUES (%s, %s, %s, %s, %s)",
            [arrival.entry, leaf, arrival.mailbox, arrival.body, today],
        )
        edge = log.append(cursor, edge, [arrival.entry])
        checkpoint = sign(edge.size, edge.root())
        log.save_edge(cursor, edge, checkpoint)
    return Accepted(leaf, edge.last_path(), checkpoint)


def _adopt(cursor: CursorWrapper, upload: bytes, entry: bytes) -> None:
    cursor.execute(
        "UPDATE hatch_upload SET envelope = %s WHERE id = %s AND envelope IS NULL", [entry, upload]
    )
    if cursor.rowcount != 1:
        raise UploadGone("a file that came with this was swept away before it was sent; send the files again")


def stage_piece(*, upload: bytes, number: int, body: bytes, today: date) -> None:
    """Keep one piece, at most 1 MiB, of a sealed file that is still coming; the first one begins the upload.

    `upload` is 16 random bytes. Nothing is open while bytes arrive: each piece is a transaction of its own.
    """
    with writing("hatch"), connections["hatch"].cursor() as cursor:
        if number == 0:
            cursor.execute(
                "INSERT INTO hatch_upload (id, envelope, day) VALUES (%s, NULL, %s)", [upload, today]
            )
        cursor.execute(
            "INSERT INTO hatch_piece (upload, number, body) VALUES (%s, %s, %s)", [upload, number, body]
        )


def put_notice(*, number: int, note: str, today: date) -> None:
    """Publish the signed notice `number`. Saying it twice changes nothing. Raises NoticeTaken."""
    with writing("hatch"):
        there, _ = Notice.objects.get_or_create(number=number, defaults={"note": note, "day": today})
        if there.note != note:
            raise NoticeTaken(f"notice {number} is published already and says something else")


def put_slots(*, mailbox: bytes, slots: bytes, today: date) -> None:
    """Write all the slots of one mailbox, whichever of them is new. A mailbox that was erased stays erased."""
    if len(slots) > MOST_SLOT_BYTES:
        raise ValueError(f"the slots of a mailbox take at most {MOST_SLOT_BYTES} bytes")
    with writing("hatch"):
        Mailbox.objects.filter(address=mailbox).update(slots=slots, day=today)


def erase_mailbox(*, mailbox: bytes) -> None:
    """Remove a mailbox with all that lies in it. The log's leaf stays."""
    with writing("hatch"):
        Mailbox.objects.filter(address=mailbox).delete()


def acknowledge(*, entries: Sequence[bytes]) -> None:
    """Remove the bodies and files of envelopes that the desk has recorded. Their leaves stay in the log."""
    with writing("hatch"):
        uploads = list(Upload.objects.filter(envelope__in=entries).values_list("id", flat=True))
        Piece.objects.filter(upload__in=uploads).delete()
        Upload.objects.filter(id__in=uploads).delete()
        Envelope.objects.filter(entry__in=entries).delete()


def append_covers(*, entries: Sequence[bytes], expected_size: int) -> Edge:
    """Append cover leaves (32-byte entries) to a log of exactly `expected_size`; returns the edge after them.

    Raises HeadMoved when a tip came in between: the covers' number was computed for another size.
    """
    with writing("hatch"), connections["hatch"].cursor() as cursor:
        edge = log.locked_edge(cursor)
        if edge.size != expected_size:
            raise HeadMoved(f"the log has {edge.size} leaves, not {expected_size}")
        edge = log.append(cursor, edge, entries)
        log.save_edge(cursor, edge, None)
    return edge


def put_public_head(*, size: int, root: bytes, note: str, today: date) -> None:
    """Publish the desk's signed head of `size` leaves. Saying it twice changes nothing."""
    with writing("hatch"):
        PublicHead.objects.get_or_create(size=size, defaults={"root": root, "note": note, "day": today})


def sweep(*, before: date) -> int:
    """Remove staged files that no tip adopted and tokens that have run out, both of days before `before`.

    Returns the number of abandoned files.
    """
    with writing("hatch"):
        abandoned = list(Upload.objects.filter(envelope=None, day__lt=before).values_list("id", flat=True))
        Piece.objects.filter(upload__in=abandoned).delete()
        Upload.objects.filter(id__in=abandoned).delete()
        SpentToken.objects.filter(day__lt=before).delete()
    return len(abandoned)
