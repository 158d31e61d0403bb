"""Opening an attached file: who, which, recorded; the bytes stream from the desk's sealed copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tipstaff.people.access import Actor
from tipstaff.tips import access, policy
from tipstaff.tips.consequences import recorded
from tipstaff.tips.models import Piece


@dataclass(frozen=True, slots=True)
class SealedCopy:
    """A sealed file at the desk: whose, which, how long without its padding, and a reader of its bytes."""

    tip: str
    number: int
    name: str
    size: int
    upload: bytes

    def pieces(self) -> Iterator[bytes]:
        """The sealed pieces in order, one in memory at a time."""
        number = 0
        while (
            body := Piece.objects.filter(upload=self.upload, number=number)
            .values_list("body", flat=True)
            .first()
        ):
            yield bytes(body)
            number += 1


@transaction.atomic(durable=True)
def open_file(*, ref: str, number: int, actor: Actor, now: datetime) -> SealedCopy:
    """The tip's `number`th file, still sealed, for an actor who may open it; recorded before a byte is shown.

    Raises NotVisible, NotAllowed, or Refused when the file never came or is not the one that the sender
    named.
    """
    tip = access.tip_for(actor, ref, to="tips.tip.open_file")
    file = access.attachment_of(tip, number)
    policy.may_open_file(file.doubt).or_raise()
    recorded(tip, "file_opened", actor, now, file=number, sha256=bytes(file.sha256).hex())
    return SealedCopy(tip.ref, number, file.name, file.size, bytes(file.upload or b""))
