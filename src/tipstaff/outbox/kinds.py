"""What kinds of parcel there are, and what delivering each of them means.

Delivering must be idempotent: after a crash between the delivery and its mark the same parcel goes again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tipstaff.footing import journal
from tipstaff.hatch import actions as hatch
from tipstaff.sealed.keyfile import Keyring
from tipstaff.tlog.note import Signer

NOTICE_KEY = "notice"
HEAD_KEY = "head"


class NeedsKeys(Exception):
    """This parcel has to be signed, and the desk's keys are locked: it waits, and that is no failure."""


class UnknownKind(Exception):
    """No deliverer is registered for this kind of parcel."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a deliverer is given."""

    key: str
    body: str


type Deliverer = Callable[[Content, Keyring | None, date], None]
type Composer = Callable[[bytes], bytes]


def deliver_notice(content: Content, keyring: Keyring | None, today: date) -> None:
    """Sign the notice's text and lay it in the hatch; its second line is its number."""
    if keyring is None:
        raise NeedsKeys
    note = Signer(keyring.names.notice, keyring.notice).sign(content.body)
    hatch.put_notice(number=int(content.body.split("\n", 2)[1]), note=note, today=today)


def deliver_head(content: Content, keyring: Keyring | None, today: date) -> None:
    """Lay a public head, signed already, in the hatch; `body` is size, root and note, one after another."""
    size, root, note = content.body.split("\n", 2)
    hatch.put_public_head(size=int(size), root=bytes.fromhex(root), note=note, today=today)


def deliver_erase(content: Content, keyring: Keyring | None, today: date) -> None:
    """Erase a mailbox, named by its address in hexadecimal, and what the journal has of it. Raises JournalHeld."""
    hatch.erase_mailbox(mailbox=bytes.fromhex(content.key))
    journal.empty("hatch")


def deliver_tidy(content: Content, keyring: Keyring | None, today: date) -> None:
    """After something was erased: leave no copy of it in either database's journal. Raises JournalHeld."""
    journal.empty("hatch")
    journal.empty("default")


def slots_deliverer(compose: Composer) -> Deliverer:
    """The deliverer of slots: every slot of the mailbox is composed anew and written, every time."""

    def deliver_slots(content: Content, keyring: Keyring | None, today: date) -> None:
        mailbox = bytes.fromhex(content.key)
        hatch.put_slots(mailbox=mailbox, slots=compose(mailbox), today=today)

    return deliver_slots


_DELIVERERS: dict[str, Deliverer] = {
    "notice": deliver_notice,
    "head": deliver_head,
    "erase": deliver_erase,
    "tidy": deliver_tidy,
}


def register_composer(compose: Composer) -> None:
    """Called once, when tips' app is ready: `compose(mailbox address)` returns the mailbox's whole slots."""
    _DELIVERERS["slots"] = slots_deliverer(compose)


def deliverer(kind: str) -> Deliverer:
    """How `kind` is delivered. Raises UnknownKind."""
    try:
        return _DELIVERERS[kind]
    except KeyError:
        raise UnknownKind(kind) from None
