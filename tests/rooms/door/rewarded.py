"""A source with a receipt whose mailbox speaks of a reward. Invented, like all here."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone

from tests.offices import DAY, TestOffice, Visitor, hidden
from tipstaff.hatch import actions, queries
from tipstaff.kernel import reference
from tipstaff.kernel.clock import day
from tipstaff.kernel.money import Money
from tipstaff.sealed.claims import QUESTIONS, new_code
from tipstaff.sealed.derive import claim_key, mailbox_address, reply_identity
from tipstaff.sealed.envelope import (
    SLOTS,
    Message,
    Reply,
    RewardNotice,
    Voucher,
    filler_slot,
    open_envelope,
    pack_slot,
)
from tipstaff.sealed.receipt import Receipt

TODAY = day(timezone.now())
SOON, LATER, GONE = TODAY + timedelta(days=20), TODAY + timedelta(days=60), TODAY - timedelta(days=1)
CASE = reference.new("CLM")
POSSIBLE = RewardNotice(CASE, b"\x11" * 32, QUESTIONS, SOON, None)
DECIDED = RewardNotice(CASE, b"\x22" * 32, (), GONE, LATER)
VOUCHER = Voucher(CASE, new_code(), Money(250_000_00, "USD"), "Old pier, window 3", TODAY, SOON)
ALL_NO = {f"q-{question}": "no" for question in QUESTIONS}


@dataclass
class Source:
    """Somebody with a receipt, who opens the mailbox and presses its buttons."""

    office: TestOffice
    visitor: Visitor
    receipt: Receipt

    def told(self, *items: RewardNotice | Voucher, text: str = "", messages: int = 0) -> None:
        """Fill the mailbox as the desk does."""
        address = mailbox_address(self.receipt)
        replies = [Reply(address, 1, "state", "passed-on", "", DAY)]
        replies += [Reply(address, 2 + n, "message", None, "x" * 2_500, DAY) for n in range(messages)]
        for number, item in enumerate(items, start=10):
            kind = "voucher" if isinstance(item, Voucher) else "reward"
            replies.append(replace(Reply(address, number, kind, None, text, DAY), **{kind: item}))
        slots = [pack_slot(reply, reply_identity(self.receipt).recipient()) for reply in replies]
        slots += [filler_slot() for _ in range(SLOTS - len(slots))]
        actions.put_slots(mailbox=address, slots=b"".join(slots), today=DAY)

    def opens(self) -> HttpResponse:
        return self.visitor.come_back(" ".join(self.receipt.words(self.visitor.language)))

    def presses(self, answer: str, page: HttpResponse | None = None, **fields: str) -> str:
        """Press one of the reward's buttons on `page`, or on the mailbox opened now; the answer's page."""
        page = page or self.opens()
        about = re.search(r'name="about" value="(\w+)"', page.content.decode())
        sent = {"token": hidden(page, "token"), "lent": hidden(page, "lent")}
        sent |= {"about": about[1]} if about else {}
        return self.visitor.post("/en/mailbox/", sent | fields | {answer: "1"}).content.decode()

    def said(self) -> list[Message]:
        """What has arrived from this source, opened, without the tip."""
        items = [open_envelope(row.body, self.office.keyring.identities) for row in queries.waiting(20)]
        return [item for item in items if isinstance(item, Message)]

    def claim_public(self) -> bytes:
        return claim_key(self.receipt).public_key().public_bytes_raw()


def checked(page: str) -> dict[str, str]:
    """The radio buttons that are pressed, by name."""
    return dict(re.findall(r'type="radio" name="([\w-]+)" value="(\w+)" checked', page))
