"""Reply slots: all of one length, none to be told from another but by its reader."""

import json
import math
import os
from collections import Counter
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.sealed.cast import MAILBOX, REPLY
from tipstaff.sealed.age import Altered, NotSealed, seal, stanzas_of
from tipstaff.sealed.envelope import (
    SLOT_SIZE,
    SLOT_TEXT_BYTES,
    BadEnvelope,
    Reply,
    filler_slot,
    open_slot,
    pack_slot,
)
from tipstaff.sealed.header import decode, encode
from tipstaff.sealed.items import written
from tipstaff.sealed.padding import pad_to
from tipstaff.sealed.recipients import HybridIdentity

QUESTION = Reply(MAILBOX, 2, "message", None, "¿De qué color era la lancha?", date(2024, 6, 12))
NEWS = Reply(MAILBOX, 1, "state", "passed_on", "", date(2024, 6, 12))
CLEO = HybridIdentity.generate()

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=600)


@settings(max_examples=50)
@given(
    st.integers(1, 1 << 31),
    st.none() | st.sampled_from(["received", "being_read", "closed"]),
    texts,
    st.dates(),
)
def test_a_reply_comes_out_as_it_went_in(number, state, text, day):
    reply = Reply(MAILBOX, number, "state" if state else "message", state, text, day)
    slot = pack_slot(reply, REPLY.recipient())
    assert len(slot) == SLOT_SIZE
    assert open_slot(slot, REPLY) == reply


@pytest.mark.parametrize("character", ["x", "\n", '"', "\x01", "ñ", "語", "😀"])
def test_the_longest_text_fits_whatever_it_is_made_of(character):
    text = character * (SLOT_TEXT_BYTES // len(character.encode()))
    reply = Reply(MAILBOX, 1 << 31, "state", "s" * 32, text, date.max)
    slot = pack_slot(reply, REPLY.recipient())
    assert len(slot) == SLOT_SIZE
    assert open_slot(slot, REPLY) == reply
    with pytest.raises(BadEnvelope):
        pack_slot(replace(reply, text=text + character * 2), REPLY.recipient())


def test_others_and_fillers_are_not_for_us():
    assert open_slot(pack_slot(QUESTION, CLEO.recipient()), REPLY) is None
    assert open_slot(filler_slot(), REPLY) is None


def test_a_filler_has_the_shape_of_a_reply():
    real, filler = pack_slot(NEWS, REPLY.recipient()), filler_slot()
    assert len(filler) == len(real) == SLOT_SIZE
    shapes = [
        [(s.kind, [len(a) for a in s.args], len(s.body)) for s in stanzas_of(slot)] for slot in (real, filler)
    ]
    assert shapes[0] == shapes[1]
    assert filler_slot() != filler


def test_a_fillers_bytes_are_spread_like_a_replys():
    """Random bytes would be caught: an ML-KEM ciphertext's ten-bit numbers are not equally frequent.

    3,329 values are rounded to 1,024: one number in four stands for four of them, the others for three. The
    share of those frequent numbers tells random bytes (25 %) from ciphertexts (31 %).
    """

    def share(slots):
        numbers = Counter(n for slot in slots for n in _ten_bits(_enc(slot)[:960]))
        frequent = [n for n in range(1024) if sum(_rounds_to(v) == n for v in _near(n)) == 4]
        return sum(numbers[n] for n in frequent) / numbers.total()

    real = share([pack_slot(NEWS, REPLY.recipient()) for _ in range(40)])
    filled = share([filler_slot() for _ in range(40)])
    random = share([b"-> mlkem768x25519 " + encode(os.urandom(1120)) + b"\n" for _ in range(40)])
    assert math.isclose(real, 0.3076, abs_tol=0.015)
    assert math.isclose(filled, 0.3076, abs_tol=0.015)
    assert math.isclose(random, 0.25, abs_tol=0.015)


def _rounds_to(value):
    return round(1024 * value / 3329) % 1024


def _near(number):
    centre = round(number * 3329 / 1024)
    return [value % 3329 for value in range(centre - 4, centre + 5)]


def _enc(slot):
    share = slot[slot.index(b"-> ") :].split(b"\n")[0].split(b" ")[2]
    return decode(share)


def _ten_bits(raw):
    number = int.from_bytes(raw, "little")
    return [number >> 10 * place & 1023 for place in range(len(raw) * 8 // 10)]


@pytest.mark.parametrize("slot", [b"", bytes(SLOT_SIZE - 1), bytes(SLOT_SIZE + 1)])
def test_a_slot_of_another_length_is_refused(slot):
    with pytest.raises(BadEnvelope, match=str(SLOT_SIZE)):
        open_slot(slot, REPLY)


def test_a_damaged_slot_is_not_taken_for_a_filler():
    slot = pack_slot(QUESTION, REPLY.recipient())
    with pytest.raises(Altered):
        open_slot(slot[:-1] + bytes([slot[-1] ^ 1]), REPLY)
    with pytest.raises(NotSealed):
        open_slot(bytes(SLOT_SIZE), REPLY)


def forged(reply=QUESTION, tail=b"", **changes):
    heading = written(reply)
    text = heading.pop("text").encode()
    heading = {
        key: value for key, value in (heading | {"bytes": len(text)} | changes).items() if value is not ...
    }
    plain = json.dumps(heading).encode() + b"\n" + text
    return seal(pad_to(plain, 3072 - len(tail)) + tail, [REPLY.recipient()])


WRONG: dict[str, list[Any]] = {
    "tipstaff": ["tipstaff/tip/v1", None, ...],
    "to": ["desk", None, ...],
    "mailbox": ["00", None, ...],
    "number": [0, "1", True, 1.5, None, ...],
    "kind": ["tip", None, ...],
    "state": ["closed", ...],
    "text": ["twice"],
    "day": ["2024-6-12", None, ...],
    "reward": [{}, "", ...],
    "voucher": [{}, "", ...],
    "bytes": [-1, SLOT_TEXT_BYTES + 1, 5, None, ...],
    "extra": [1],
}


@pytest.mark.parametrize("name, value", [(name, value) for name, values in WRONG.items() for value in values])
def test_a_reply_with_a_wrong_field_is_refused(name, value):
    with pytest.raises(BadEnvelope):
        open_slot(forged(**{name: value}), REPLY)


def test_every_field_of_a_reply_was_tried():
    assert set(WRONG) == {entry.name for entry in fields(Reply)} | {"tipstaff", "to", "bytes", "extra"}


@pytest.mark.parametrize("state", ["", "Closed", "two words", "x" * 33, None, ...])
def test_a_new_state_has_a_plain_name(state):
    with pytest.raises(BadEnvelope):
        open_slot(forged(NEWS, state=state), REPLY)


def test_nothing_hides_behind_the_text():
    assert open_slot(forged(), REPLY) == QUESTION
    for slot in (forged(tail=b"x"), forged(bytes=5)):
        with pytest.raises(BadEnvelope, match="padded"):
            open_slot(slot, REPLY)


def test_a_text_that_is_cut_inside_a_letter_is_refused():
    text = "ñ"
    heading = {k: v for k, v in written(QUESTION).items() if k != "text"} | {"bytes": 1}
    plain = json.dumps(heading).encode() + b"\n" + text.encode()[:1]
    with pytest.raises(BadEnvelope, match="UTF-8"):
        open_slot(seal(pad_to(plain, 3072), [REPLY.recipient()]), REPLY)


def test_a_reply_does_not_show_its_contents():
    assert "lancha" not in repr(QUESTION)
