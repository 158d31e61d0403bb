"""Twenty power cuts under load: every receipt that was shown opens an envelope, and there is no half of anything.

A sender whose answer was lost sends the same form again, as a person does; within ten minutes the same words come
back. So in the end receipts and envelopes are the same set, exactly.
"""

import http.client
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from tests.offices import Receipt, written_down
from tests.servers import Door
from tipstaff.hatch import queries
from tipstaff.sealed.derive import mailbox_address
from tipstaff.sealed.envelope import Tip, open_envelope
from tipstaff.sealed.receipt import Receipt as Words
from tipstaff.tlog.note import Verifier
from tipstaff.tlog.verify import Trust, verify_proof

KILLS = 20
SENDERS = 4
PATIENCE = 60.0
FILE = b"an invented photo " * 5_000


@dataclass
class Crowd:
    """Senders who go on until they are told to stop; each finishes what it has begun."""

    door: Door
    stop: threading.Event = field(default_factory=threading.Event)
    receipts: list[Receipt] = field(default_factory=list)
    repeated: int = 0

    def send(self, number: int) -> None:
        while not self.stop.is_set():
            token = self._until_answered(lambda: self.door.visitor().token())
            fields = {"token": token, "text": f"Sender {number} saw boats.", "send": "1"}
            files = [("pier.jpg", FILE)] if number == 0 else []
            answer = self._until_answered(lambda: self.door.visitor().post("/en/tip/", fields, files))  # noqa: B023  called at once
            self.receipts.append(written_down(answer))

    def wait_for_receipts(self, more: int) -> None:
        """Until this many more have been shown: so the kill comes while the next ones are on their way."""
        wanted, until = len(self.receipts) + more, time.monotonic() + PATIENCE
        while len(self.receipts) < wanted:
            assert time.monotonic() < until, f"the door answers nobody: {self.door.said}"
            time.sleep(0.002)

    def _until_answered[T](self, ask: Callable[[], T]) -> T:
        while True:
            try:
                return ask()
            except (OSError, http.client.HTTPException):
                self.repeated += 1
                time.sleep(0.02)


def test_twenty_kills_under_load(door_server: Door) -> None:
    crowd = Crowd(door_server)
    senders = [threading.Thread(target=crowd.send, args=(number,)) for number in range(SENDERS)]
    for sender in senders:
        sender.start()
    for _ in range(KILLS):
        crowd.wait_for_receipts(random.randint(1, 5))
        time.sleep(random.uniform(0, 0.05))
        door_server.kill()
        door_server.start()
    crowd.stop.set()
    for sender in senders:
        sender.join()

    assert crowd.repeated >= KILLS, "the kills hit requests that were under way"
    with door_server.hatch():
        same_set(door_server, crowd.receipts)
        no_orphans(door_server)
        proofs_hold(door_server, crowd.receipts)


def same_set(door: Door, receipts: list[Receipt]) -> None:
    """Receipts that were shown = envelopes that open, and each envelope's files are whole."""
    opened: set[bytes] = set()
    for row in queries.waiting(10**6):
        tip = open_envelope(row.body, door.office.keyring.identities)
        assert isinstance(tip, Tip)
        assert tip.mailbox == row.mailbox
        opened.add(tip.mailbox)
        for file in tip.files:
            sealed = b"".join(queries.pieces(bytes.fromhex(file.upload)))
            assert sha256(sealed).hexdigest() == file.sha256
    shown = {mailbox_address(Words.read(" ".join(receipt.words))) for receipt in receipts}

    assert opened == shown
    assert len(receipts) >= KILLS


def no_orphans(door: Door) -> None:
    """Envelopes, leaves, mailboxes and spent tokens are as many as the log says; no file hangs on nothing."""
    [(size,)] = door.rows("SELECT size FROM hatch_loghead")
    for table in ("hatch_envelope", "hatch_leaf", "hatch_mailbox", "hatch_spenttoken"):
        assert door.rows(f"SELECT count(*) FROM {table}") == [(size,)], table
    entries = {row.leaf: row.entry for row in queries.waiting(10**6)}
    assert [entries[number] for number in range(size)] == queries.leaves(0, size)
    hanging = "SELECT count(*) FROM hatch_upload WHERE envelope NOT IN (SELECT entry FROM hatch_envelope)"
    assert door.rows(hanging) == [(0,)]


def proofs_hold(door: Door, receipts: list[Receipt]) -> None:
    trust = Trust.of(Verifier.parse(door.office.notice.log.door))
    places = {verify_proof(receipt.proof, trust).index for receipt in receipts}

    assert places == set(range(len(receipts))), "one leaf for each receipt"
