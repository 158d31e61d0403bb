"""The demo's invented sources: each has a receipt, seals to the office, and answers with the receipt's key.

What they send is taken in as the door does it, with the door's key, on a day of the past: the cases of the demo have a
history. Nothing here opens anything but their own mailboxes.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from tipstaff.config.demo.story import InventedTip
from tipstaff.hatch import actions, queries
from tipstaff.hatch.notice import Notice, parse
from tipstaff.sealed.claims import RewardNotice, Voucher, window_challenge
from tipstaff.sealed.derive import claim_key, mailbox_address, reply_identity, tip_reference
from tipstaff.sealed.envelope import SLOT_SIZE, Claim, Message, Reply, Tip, open_slot, pack_envelope
from tipstaff.sealed.receipt import Receipt
from tipstaff.sealed.recipients import parse_recipient
from tipstaff.tlog.checkpoint import Checkpoint
from tipstaff.tlog.note import Signer, Verifier


class NothingInTheMailbox(Exception):
    """The source was told less than the demo's story says."""


@dataclass(frozen=True, slots=True)
class Door:
    """What of the door's folder the sources' envelopes need: the key that signs heads, the key that notices have."""

    log: Signer
    notices: Verifier

    @classmethod
    def of(cls, folder: Path) -> "Door":
        origin = (folder / "origin").read_text(encoding="utf-8").strip()
        return cls(
            Signer(origin, (folder / "log.seed").read_bytes()),
            Verifier.parse((folder / "notice.vkey").read_text(encoding="utf-8").strip()),
        )

    def notice(self) -> tuple[Notice, str]:
        """What is published now, and its SHA-256."""
        row = queries.latest_notice()
        assert row is not None, "the offers are published before anybody tells anything about them"
        return parse(row.note, self.notices), sha256(row.note.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody with a receipt."""

    door: Door
    receipt: Receipt = field(default_factory=Receipt.new)

    @property
    def ref(self) -> str:
        """The reference of the tip."""
        return tip_reference(mailbox_address(self.receipt))

    def tell(self, told: InventedTip, on: date) -> str:
        """Send the first words, about the offer that they name; the tip's reference."""
        notice, digest = self.door.notice()
        offer, said = notice.offer(told.fields.get("offer")), told.fields
        tip = Tip(
            mailbox=mailbox_address(self.receipt),
            reply=str(reply_identity(self.receipt).recipient()),
            claim=claim_key(self.receipt).public_key().public_bytes_raw(),
            notice=notice.number,
            notice_sha256=digest,
            offer=offer.ref if offer else None,
            offer_version=offer.version if offer else None,
            language=told.language,
            text=said["text"],
            people=said.get("people", ""),
            places=said.get("places", ""),
            dates=said.get("dates", ""),
            how=said.get("how", ""),
            may_ask="may_ask" in said,
            reward="reward" in said,
            files=(),
            day=on,
            sealed_by="door",
        )
        self._send(tip, notice, on)
        return self.ref

    def accept(self, answers: dict[str, str], on: date) -> None:
        """Say yes to the reward that the mailbox speaks of; `answers` to the questions, and no to what is left."""
        notice = self._found(RewardNotice)
        given = {question: answers.get(question, "no") for question in notice.questions}
        self._answer(Claim(notice.claim, notice.challenge, "accept", given, ""), on)

    def collect(self, number: str, on: date) -> None:
        """Sign at the window, with the number that the paymaster reads out."""
        voucher = self._found(Voucher)
        self._answer(
            Claim(voucher.claim, window_challenge(voucher.code, number), "collect", {}, ""),
            on,
        )

    def voucher(self) -> Voucher:
        """The voucher in the mailbox."""
        return self._found(Voucher)

    def _found[Item: (RewardNotice, Voucher)](self, kind: type[Item]) -> Item:
        for reply in sorted(self._replies(), key=lambda reply: -reply.number):
            for item in (reply.reward, reply.voucher):
                if isinstance(item, kind):
                    return item
        raise NothingInTheMailbox(f"The mailbox of {self.ref} holds no {kind.__name__}.")

    def _replies(self) -> Iterator[Reply]:
        row, identity = queries.mailbox(mailbox_address(self.receipt)), reply_identity(self.receipt)
        for start in range(0, len(row.slots) if row else 0, SLOT_SIZE):
            assert row is not None
            reply = open_slot(row.slots[start : start + SLOT_SIZE], identity)
            if reply is not None:
                yield reply

    def _answer(self, claim: Claim, on: date) -> None:
        notice, digest = self.door.notice()
        message = Message.signed(
            claim_key(self.receipt),
            mailbox=mailbox_address(self.receipt),
            notice=notice.number,
            notice_sha256=digest,
            text="",
            day=on,
            claim=claim,
        )
        self._send(message, notice, on)

    def _send(self, item: Tip | Message, notice: Notice, on: date) -> None:
        body = pack_envelope(item, [parse_recipient(text) for text in notice.recipients])
        arrival = actions.Arrival(
            entry=sha256(body).digest(),
            body=body,
            mailbox=item.mailbox,
            opens_mailbox=isinstance(item, Tip),
            token=os.urandom(32),
            seal=os.urandom(32),
        )
        actions.accept(arrival=arrival, sign=self._sign, today=on)

    def _sign(self, size: int, root: bytes) -> str:
        return Checkpoint(self.door.log.name, size, root).sign(self.door.log)
