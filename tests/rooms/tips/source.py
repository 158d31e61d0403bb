"""A source, and everything that happens to an envelope before the desk sees it. Invented, like all here."""

import os
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

from tests.offices import DAY, TestOffice
from tipstaff.door import keys
from tipstaff.hatch import actions, notice, queries
from tipstaff.hatch.actions import Accepted, Arrival
from tipstaff.sealed.age import seal
from tipstaff.sealed.derive import claim_key, mailbox_address, reply_identity, tip_reference
from tipstaff.sealed.envelope import SLOT_SIZE as SLOT
from tipstaff.sealed.envelope import Message, Reply, SealedFile, Tip, open_slot, pack_envelope
from tipstaff.sealed.padding import pad_to, padme
from tipstaff.sealed.receipt import Receipt
from tipstaff.sealed.recipients import HybridRecipient, parse_recipient
from tipstaff.tlog.checkpoint import Checkpoint

PIECE = 1 << 20


def put_in_hatch(
    body: bytes, mailbox: bytes, *, new: bool, uploads: list[bytes] | None = None, today: date = DAY
) -> Accepted:
    """Have the hatch accept a body, as the door does, and sign the head with the door's key."""
    door = keys.current().log

    def sign(size: int, root: bytes) -> str:
        return Checkpoint(door.name, size, root).sign(door)

    arrival = Arrival(
        entry=sha256(body).digest(),
        body=body,
        mailbox=mailbox,
        opens_mailbox=new,
        token=os.urandom(32),
        seal=os.urandom(32),
        uploads=uploads or [],
    )
    accepted = actions.accept(arrival=arrival, sign=sign, today=today)
    assert accepted is not None
    return accepted


@dataclass
class Source:
    """Somebody with a receipt, who seals to the office's keys."""

    office: TestOffice
    receipt: Receipt = field(default_factory=Receipt.new)
    day: date = DAY

    @property
    def mailbox(self) -> bytes:
        return mailbox_address(self.receipt)

    @property
    def ref(self) -> str:
        return tip_reference(self.mailbox)

    @property
    def recipients(self) -> list[Any]:
        return [parse_recipient(text) for text in self.office.notice.recipients]

    def digest(self) -> str:
        """The hash of the notice in force, as the door names it."""
        note = self.office.notice_signer.sign(notice.text(self.office.notice))
        return sha256(note.encode()).hexdigest()

    def sealed_tip(self, text: str = "Three boats at the old pier.", **changes: Any) -> Tip:
        tip = Tip(
            mailbox=self.mailbox,
            reply=str(reply_identity(self.receipt).recipient()),
            claim=claim_key(self.receipt).public_key().public_bytes_raw(),
            notice=self.office.notice.number,
            notice_sha256=self.digest(),
            offer=None,
            offer_version=None,
            language="es",
            text=text,
            people="",
            places="",
            dates="",
            how="saw",
            may_ask=True,
            reward=False,
            files=(),
            day=self.day,
            sealed_by="door",
        )
        return replace(tip, **changes)

    def tip(self, text: str = "Three boats at the old pier.", **changes: Any) -> Accepted:
        """Send a first tip."""
        uploads = [bytes.fromhex(file.upload) for file in changes.get("files", ())]
        body = pack_envelope(self.sealed_tip(text, **changes), self.recipients)
        return put_in_hatch(body, self.mailbox, new=True, uploads=uploads, today=self.day)

    def message(self, text: str, signer: "Source | None" = None) -> Accepted:
        """Send a later message; signed with another source's key when `signer` is one."""
        message = Message.signed(
            claim_key((signer or self).receipt),
            mailbox=self.mailbox,
            notice=self.office.notice.number,
            notice_sha256=self.digest(),
            text=text,
            day=self.day,
        )
        body = pack_envelope(message, self.recipients)
        return put_in_hatch(body, self.mailbox, new=False, today=self.day)

    def file(self, name: str, data: bytes, place: int = 0) -> SealedFile:
        """Stage a file in the hatch as the door does: padded, sealed, in pieces."""
        sealed = seal(pad_to(data, padme(len(data))), self.recipients)
        upload = os.urandom(16)
        for number, start in enumerate(range(0, len(sealed), PIECE)):
            actions.stage_piece(
                upload=upload, number=number, body=sealed[start : start + PIECE], today=self.day
            )
        return SealedFile(name, len(data), sha256(sealed).hexdigest(), upload.hex(), place)

    def slots(self) -> list[Reply | None]:
        """What the source finds in the mailbox: eight slots, None for those that nobody can open."""
        row = queries.mailbox(self.mailbox)
        assert row is not None
        identity = reply_identity(self.receipt)
        return [open_slot(row.slots[at : at + SLOT], identity) for at in range(0, len(row.slots), SLOT)]

    def replies(self) -> list[Reply]:
        """The slots that open, by number."""
        return sorted((reply for reply in self.slots() if reply), key=lambda reply: reply.number)


def stranger() -> HybridRecipient:
    """A recipient that no key of the office fits."""
    return reply_identity(Receipt.new()).recipient()
