"""Opening at the desk: decrypt, unpack and parse envelopes; and the cellar's steps one by one."""

import time
from collections.abc import Callable
from datetime import date

from bench import machine
from tipstaff.sealed.derive import claim_key, mailbox_address, reply_identity
from tipstaff.sealed.envelope import Tip, open_envelope, pack_envelope
from tipstaff.sealed.receipt import Receipt, contains_receipt
from tipstaff.sealed.recipients import HybridIdentity

TARGET = 2000
TEXT = "seen at the old pier " * 50


def measure(runs: int) -> None:
    """Print the table."""
    desk = [HybridIdentity.generate(), HybridIdentity.generate()]
    recipients = [identity.recipient() for identity in desk]
    tip = a_tip()
    sealed = [pack_envelope(tip, recipients) for _ in range(200)]
    queue = iter(sealed * 1000)
    steps: list[tuple[str, Callable[[], object], int | None]] = [
        ("open an envelope: decrypt and parse", lambda: open_envelope(next(queue), desk), TARGET),
        ("… with the second of two identities", lambda: open_envelope(next(queue), desk[1:]), TARGET),
        ("seal a tip of 1 KB to two recipients", lambda: pack_envelope(tip, recipients), None),
        ("derive a receipt's keys and address", a_receipt, None),
        ("look for a receipt in 1 KB of text", lambda: contains_receipt(TEXT), None),
    ]
    rows = []
    for name, step, target in steps:
        rates = [rate(step) for _ in range(runs)]
        ratio = f"{machine.middle(rates) / target:.1f}" if target else ""
        rows.append([name, machine.spread(rates), f"{1000 / machine.middle(rates):.3f}", ratio])
    machine.show(
        f"Envelopes, medians of {runs} runs (least–greatest)", ("", "a second", "ms each", "× target"), rows
    )


def rate(step: Callable[[], object], seconds: float = 0.5) -> float:
    """How often `step` runs in a second of this process's CPU."""
    done, start = 0, time.process_time()
    while (spent := time.process_time() - start) < seconds:
        step()
        done += 1
    return done / spent


def a_receipt() -> bytes:
    """What the door derives for each tip."""
    receipt = Receipt.new()
    str(reply_identity(receipt).recipient())
    claim_key(receipt).public_key()
    return mailbox_address(receipt)


def a_tip() -> Tip:
    """An invented tip of 1 KB."""
    receipt = Receipt.new()
    return Tip(
        mailbox=mailbox_address(receipt), reply=str(reply_identity(receipt).recipient()),
        claim=claim_key(receipt).public_key().public_bytes_raw(), notice=1, notice_sha256="0" * 64,
        offer="HBR-1", offer_version=1, language="en", text=TEXT, people="", places="", dates="", how="saw",
        may_ask=True, reward=False, files=(), day=date(2026, 11, 20), sealed_by="door",
    )  # fmt: skip
