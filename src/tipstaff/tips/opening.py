"""Opening sealed envelopes with the desk's identities, no database in sight. No Django."""

from collections.abc import Sequence
from dataclasses import dataclass

from tipstaff.sealed.age import Altered, NotForThisKey, NotSealed
from tipstaff.sealed.envelope import BadEnvelope, Message, Tip, open_envelope
from tipstaff.sealed.recipients import Identity
from tipstaff.tips.states import SetAside

LONGEST_DETAIL = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one envelope (`envelope`: the desk's number of it): an item, or why there is none."""

    envelope: int
    item: Tip | Message | None
    reason: SetAside | None = None
    detail: str = ""


def open_one(envelope: int, mailbox: bytes, body: bytes, identities: Sequence[Identity]) -> Outcome:
    """Open one envelope and check what binds it to its mailbox. Never raises for what a stranger sealed."""
    try:
        item = open_envelope(body, identities)
    except NotForThisKey:
        return Outcome(envelope, None, SetAside.NOT_FOR_US)
    except Altered as wrong:
        return Outcome(envelope, None, SetAside.DAMAGED, _detail(wrong))
    except NotSealed as wrong:
        return Outcome(envelope, None, SetAside.NOT_SEALED, _detail(wrong))
    except BadEnvelope as wrong:
        return Outcome(envelope, None, SetAside.BAD_CONTENTS, _detail(wrong))
    if item.mailbox != mailbox:
        return Outcome(envelope, None, SetAside.OTHER_MAILBOX)
    return Outcome(envelope, item)


def _detail(wrong: Exception) -> str:
    return str(wrong)[:LONGEST_DETAIL]
