"""docs/protocol.md is what the code does: its vectors, its sizes, its fields."""

import json
from dataclasses import fields

import pytest

from tests.unit.sealed.cast import ACCEPTED, REPLY, a_tip
from tests.unit.sealed.protocol_vectors import DOCUMENT, stated, vectors
from tipstaff.sealed import header
from tipstaff.sealed.age import open_sealed, seal
from tipstaff.sealed.claims import (
    ANSWERS,
    CODE_LETTERS,
    KINDS,
    PLACE_CHARACTERS,
    QUESTIONS,
    REASON_CHARACTERS,
)
from tipstaff.sealed.envelope import (
    LARGEST,
    LIMITS,
    NOTICE_TEXT_BYTES,
    SLOT_SIZE,
    SLOT_TEXT_BYTES,
    SLOTS,
    Claim,
    Message,
    Reply,
    RewardNotice,
    SealedFile,
    Tip,
    Voucher,
    open_slot,
    pack_envelope,
    pack_slot,
)
from tipstaff.sealed.fields import dump, load
from tipstaff.sealed.items import read_message, read_reply, read_tip
from tipstaff.sealed.padding import SMALLEST
from tipstaff.sealed.receipt import LONGEST, Receipt
from tipstaff.sealed.recipients import HybridIdentity

TEXT = DOCUMENT.read_text("utf-8")


def test_the_stated_vectors_are_the_ones_we_make():
    assert stated() == vectors(), (
        "python -m tests.unit.sealed.protocol_vectors writes them anew: a break of the protocol?"
    )


def test_the_stated_items_are_read():
    assert read_tip(load(stated()["tip"]["json"].encode())) == a_tip()
    message = read_message(load(stated()["message"]["json"].encode()))
    message.verify(a_tip().claim)
    answer = read_message(load(stated()["answer"]["json"].encode()))
    answer.verify(a_tip().claim)
    assert answer.claim == ACCEPTED


@pytest.mark.parametrize("known", ["reply", "reward", "voucher"])
def test_the_stated_reply_is_what_a_slot_holds(known):
    heading, _, text = stated()[known]["plain"].partition("\n")
    found = load(heading.encode())
    assert found.whole("bytes", 0, SLOT_TEXT_BYTES) == len(text.encode())
    reply = read_reply(found.with_text("text", text.encode()))
    slot = pack_slot(reply, REPLY.recipient())
    assert open_sealed(slot, [REPLY]).rstrip(b"\0").decode() == stated()[known]["plain"]
    assert open_slot(slot, REPLY) == reply


@pytest.mark.parametrize("known", stated()["receipts"], ids=lambda known: known["entropy"][:4])
def test_the_stated_receipts_are_read_in_every_spelling(known):
    for spelling in ("en", "es", "fr", "pt", "numbers"):
        assert Receipt.read(known[spelling], prefer=spelling).entropy.hex() == known["entropy"]


@pytest.mark.parametrize("kind", [Tip, Message, Reply, SealedFile, RewardNotice, Voucher, Claim])
def test_every_field_is_described(kind):
    for entry in fields(kind):
        assert f"`{entry.name}`" in TEXT or (kind is Reply and entry.name == "text")


@pytest.mark.parametrize(
    "number",
    [
        SLOT_SIZE,
        SLOT_TEXT_BYTES,
        NOTICE_TEXT_BYTES,
        PLACE_CHARACTERS,
        REASON_CHARACTERS,
        CODE_LETTERS,
        SMALLEST,
        LARGEST,
        LONGEST,
        header.LONGEST_HEADER,
        LIMITS.TEXT_CHARACTERS,
        LIMITS.FIELD_CHARACTERS,
        LIMITS.NAME_CHARACTERS,
        LIMITS.TOTAL_BYTES,
    ],
)
def test_every_size_is_stated(number):
    assert f"{number:,}" in TEXT


@pytest.mark.parametrize("word", [*QUESTIONS, *ANSWERS, *KINDS])
def test_every_question_and_answer_is_stated(word):
    assert f'`"{word}"`' in TEXT


def test_slots_and_files_are_stated():
    assert f"{SLOTS} slots of {SLOT_SIZE:,} bytes" in TEXT
    assert LIMITS.FILES == 10
    assert "at most ten" in TEXT


@pytest.mark.parametrize("recipients", [1, 2, 5])
def test_the_stated_sealed_size_is_right(recipients):
    keys = [HybridIdentity.generate().recipient() for _ in range(recipients)]
    assert len(seal(bytes(70_000), keys)) == 22 + 1557 * recipients + 48 + 16 + 70_000 + 2 * 16
    assert len(pack_envelope(a_tip(), keys)) == 22 + 1557 * recipients + 48 + 16 + SMALLEST + 16


def test_canonical_json_is_what_json_stringify_writes():
    """The escapes that ECMA-262's QuoteJSONString makes, and no others."""
    every = "".join(map(chr, range(0x80))) + "\u2028ñ😀/"
    written = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
    expected = "".join(written.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in every)
    assert dump({"b": every, "a": 1}).decode() == f'{{"a":1,"b":"{expected}"}}'
    assert json.loads(dump({"b": every})) == {"b": every}
