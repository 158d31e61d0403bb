"""The hatch as the desk finds it: whether it can be reached and believed, and how much waits there."""

from dataclasses import dataclass

from django.db import DatabaseError
from django.utils.translation import gettext as _

from tipstaff.custody.queries import NoPublicKeys, public_keys
from tipstaff.hatch import queries as hatch
from tipstaff.tips.checking import HatchNotBelieved, SignedHead, signed_head
from tipstaff.tlog.note import Verifier
from tipstaff.tlog.wrong import Wrong


@dataclass(frozen=True, slots=True)
class HatchState:
    """How many envelopes wait in the hatch (None when it cannot be asked), and what is wrong, as a
    sentence."""

    waiting: int | None
    trouble: str = ""


def believed_head() -> SignedHead:
    """The hatch's private head, signed by the door. Raises HatchNotBelieved or NoPublicKeys."""
    try:
        door = Verifier.parse(public_keys().door_vkey)
    except Wrong as wrong:
        raise HatchNotBelieved(str(wrong)) from None
    return signed_head(hatch.private_head().checkpoint, door, hatch.hash_reader())


def hatch_state() -> HatchState:
    """The hatch now. While nothing waits there is no head to check."""
    try:
        waiting = hatch.count_waiting()
        if waiting:
            believed_head()
    except DatabaseError:
        return HatchState(None, _("The hatch cannot be reached. Envelopes wait there until it can."))
    except (HatchNotBelieved, NoPublicKeys) as reason:
        return HatchState(waiting, str(reason))
    return HatchState(waiting)
