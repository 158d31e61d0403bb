"""Envelopes: what goes in comes out, sizes tell only a bucket, and nothing else than agreed is believed."""

import json
import os
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.sealed.cast import CLAIM_PUBLIC, MAILBOX, NOTES, PHOTO, a_message, a_tip
from tipstaff.sealed import tar
from tipstaff.sealed.age import Altered, NotForThisKey, NotSealed, open_sealed, seal
from tipstaff.sealed.envelope import (
    LARGEST,
    LIMITS,
    BadEnvelope,
    Message,
    NotFromTheSource,
    SealedFile,
    Tip,
    open_envelope,
    pack_envelope,
    typed,
)
from tipstaff.sealed.items import written
from tipstaff.sealed.padding import bucket, pad_to
from tipstaff.sealed.recipients import HybridIdentity

HARBOUR, RIDGE = HybridIdentity.generate(), HybridIdentity.generate()
TO_HARBOUR = [HARBOUR.recipient(), HybridIdentity.generate().recipient()]

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=300)
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)


@st.composite
def file_lists(draw):
    count = draw(st.integers(0, LIMITS.FILES))
    places = draw(st.permutations(range(LIMITS.FILES)))[:count]
    return tuple(
        SealedFile(
            name=draw(texts.filter(bool).map(lambda text: text[: LIMITS.NAME_CHARACTERS])),
            size=draw(st.integers(0, LIMITS.TOTAL_BYTES // LIMITS.FILES)),
            sha256=draw(digests),
            upload=f"{place:032x}",
            place=place,
        )
        for place in places
    )


@st.composite
def tips(draw):
    offer = draw(st.none() | st.from_regex(r"[a-z0-9][a-z0-9-]{0,30}", fullmatch=True))
    return a_tip(
        offer=offer,
        offer_version=None if offer is None else draw(st.integers(1, 1 << 31)),
        notice=draw(st.integers(1, 1 << 31)),
        notice_sha256=draw(digests),
        language=draw(st.sampled_from(["en", "es", "ht", "zh-Hans", "pt-BR"])),
        text=draw(texts.filter(bool)),
        people=draw(texts),
        places=draw(texts),
        dates=draw(texts),
        how=draw(texts),
        may_ask=draw(st.booleans()),
        reward=draw(st.booleans()),
        files=draw(file_lists()),
        day=draw(st.dates()),
        sealed_by=draw(st.sampled_from(["door", "browser"])),
    )


@settings(max_examples=50)
@given(tips())
def test_a_tip_comes_out_as_it_went_in(tip):
    assert open_envelope(pack_envelope(tip, TO_HARBOUR), [HARBOUR]) == tip


@settings(max_examples=50)
@given(texts, file_lists(), st.dates())
def test_a_message_comes_out_signed(text, files, day):
    message = a_message(text=text or "?", files=files, day=day)
    opened = open_envelope(pack_envelope(message, TO_HARBOUR), [HARBOUR])
    assert isinstance(opened, Message)
    assert opened == message
    opened.verify(CLAIM_PUBLIC)


@pytest.mark.parametrize("item", [a_tip(), a_message()], ids=["tip", "message"])
def test_nobody_else_opens_it(item):
    with pytest.raises(NotForThisKey):
        open_envelope(pack_envelope(item, TO_HARBOUR), [RIDGE])


def test_one_character_and_a_thousand_make_envelopes_of_one_size():
    sizes = {len(pack_envelope(a_tip(text="x" * length, files=()), TO_HARBOUR)) for length in (1, 1000, 9000)}
    assert len(sizes) == 1


@pytest.mark.parametrize("length", [1, 10_000, 12_000, 30_000, LIMITS.TEXT_CHARACTERS])
def test_the_size_is_that_of_the_bucket(length):
    plain = open_sealed(pack_envelope(a_tip(text="é" * length), TO_HARBOUR), [HARBOUR])
    assert len(plain) == bucket(len(plain.rstrip(b"\0")))
    assert len(plain) == bucket(len(plain))


def test_the_fullest_tip_fits():
    worst, field = "\x01" * LIMITS.TEXT_CHARACTERS, "\x01" * LIMITS.FIELD_CHARACTERS
    files = tuple(
        SealedFile("\x01" * LIMITS.NAME_CHARACTERS, LIMITS.TOTAL_BYTES // 10, "f" * 64, f"{n:032x}", n)
        for n in range(LIMITS.FILES)
    )
    tip = a_tip(text=worst, people=field, places=field, dates=field, how=field, files=files, notice=1 << 31)
    assert open_envelope(pack_envelope(tip, TO_HARBOUR), [HARBOUR]) == tip


@given(st.text())
def test_only_line_ends_and_what_cannot_be_written_change(text):
    kept = typed(text)
    assert typed(kept) == kept
    assert kept == text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


@pytest.mark.parametrize(
    "text, kept",
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("  two spaces,\ttab, \u200bnothing\u200f\n\n", "  two spaces,\ttab, \u200bnothing\u200f\n\n"),
        ("e\u0301 and é", "e\u0301 and é"),
        ("nul \0 here", "nul \ufffd here"),
        ("half \ud83d a pair", "half \ufffd a pair"),
        ("whole \ud83d\ude00 pair", "whole \U0001f600 pair"),
    ],
)
def test_text_is_kept_as_typed(text, kept):
    tip = a_tip(text=text, people=text, files=(replace(PHOTO, name=text),))
    opened = open_envelope(pack_envelope(tip, TO_HARBOUR), [HARBOUR])
    assert isinstance(opened, Tip)
    assert (opened.text, opened.people, opened.files[0].name) == (kept, kept, kept)
    message = a_message(text=text)
    message.verify(CLAIM_PUBLIC)
    assert message.text == kept


def test_items_do_not_show_their_contents():
    for item in (a_tip(), a_message()):
        assert "lancha" not in repr(item)
        assert MAILBOX.hex() not in repr(item)


# What a stranger may seal to us.


def forged(item, name=None, **changes):
    """An envelope with the fields of `item`, changed or (with `...`) left out."""
    content = written(item) | changes
    content = {key: value for key, value in content.items() if value is not ...}
    name = name or ("tip.json" if isinstance(item, Tip) else "message.json")
    return sealed(name, json.dumps(content).encode())


def sealed(name, content):
    packed = tar.pack(name, content)
    return seal(pad_to(packed, bucket(len(packed))), TO_HARBOUR)


def refusal(envelope):
    with pytest.raises(BadEnvelope) as refused:
        open_envelope(envelope, [HARBOUR])
    return refused.value.reason


FILE = {"name": "a", "size": 1, "sha256": "a1" * 32, "upload": "b2" * 16, "place": 0}
WRONG: dict[str, list[Any]] = {
    "tipstaff": ["tipstaff/tip/v2", "tipstaff/message/v1", "", None, ...],
    "to": ["source", "Desk", "", None, ...],
    "mailbox": ["00" * 31, "00" * 33, "0G" * 32, "AB" * 32, 7, None, ...],
    "reply": ["", "age1pq1", "x" * 3000, "age1pq1" + "q" * 1952, a_tip().reply.upper(), None, ...],
    "claim": ["00" * 31, "zz" * 32, None, ...],
    "notice": [0, -1, "7", 7.0, True, 1 << 40, None, ...],
    "notice_sha256": ["5e" * 31, "5E" * 32, None, ...],
    "offer": ["", "with space", "x" * 65, "../offer", 5, None, ...],
    "offer_version": [0, "2", 2.5, True, None, ...],
    "language": ["", "e", "en_US", "x" * 50, None, ...],
    "text": ["", "x" * (LIMITS.TEXT_CHARACTERS + 1), "nul \0", "cr \r", "half \ud800", ["text"], None, ...],
    "people": ["x" * (LIMITS.FIELD_CHARACTERS + 1), "nul \0", None, ...],
    "places": ["x" * (LIMITS.FIELD_CHARACTERS + 1), None, ...],
    "dates": ["x" * (LIMITS.FIELD_CHARACTERS + 1), None, ...],
    "how": ["x" * (LIMITS.FIELD_CHARACTERS + 1), None, ...],
    "may_ask": ["true", 1, 0, None, ...],
    "reward": ["no", 0, None, ...],
    "files": [
        {},
        [[]],
        [{}],
        [FILE | {"more": 1}],
        [FILE | {"name": ""}],
        [FILE | {"name": "x" * 256}],
        [FILE | {"size": -1}],
        [FILE | {"size": LIMITS.TOTAL_BYTES + 1}],
        [FILE | {"place": 10}],
        [FILE | {"upload": "b2"}],
        [FILE | {"sha256": "a1"}],
        [FILE, FILE],
        [FILE, FILE | {"place": 1}],
        [FILE, FILE | {"upload": "b3" * 16}],
        [FILE | {"size": LIMITS.TOTAL_BYTES}, FILE | {"place": 1, "upload": "b3" * 16}],
        [FILE | {"place": n, "upload": f"{n:032x}"} for n in range(11)],
        None,
        ...,
    ],
    "day": ["2024-6-1", "20240611", "2024-02-30", "2024-W24-2", "2024-06-11T10:00", 0, None, ...],
    "sealed_by": ["desk", "", None, ...],
    "extra": ["anything", None],
}


@pytest.mark.parametrize("name, value", [(name, value) for name, values in WRONG.items() for value in values])
def test_a_tip_with_a_wrong_field_is_refused(name, value):
    reason = refusal(forged(a_tip(), **{name: value}))
    assert ("not agreed" if name == "extra" else name) in reason
    assert not isinstance(value, str) or len(value) < 8 or value not in reason


def test_every_field_of_a_tip_was_tried():
    assert set(WRONG) == {entry.name for entry in fields(Tip)} | {"tipstaff", "to", "extra"}


MESSAGE_WRONG: dict[str, list[Any]] = {
    "tipstaff": ["tipstaff/tip/v1", ...],
    "to": ["source", ...],
    "mailbox": ["00" * 31, ...],
    "notice": [0, ...],
    "notice_sha256": ["5e", ...],
    "text": ["x" * (LIMITS.TEXT_CHARACTERS + 1), None, ...],
    "files": [[{}], ...],
    "day": ["today", ...],
    "nonce": ["00" * 15, ...],
    "signature": ["00" * 63, ...],
    "claim": [{}, "CLM-4KQ7-M2XC-9TR8", ...],
    "extra": ["anything"],
}


@pytest.mark.parametrize(
    "name, value", [(name, value) for name, values in MESSAGE_WRONG.items() for value in values]
)
def test_a_message_with_a_wrong_field_is_refused(name, value):
    refusal(forged(a_message(), **{name: value}))


def test_every_field_of_a_message_was_tried():
    assert set(MESSAGE_WRONG) == {entry.name for entry in fields(Message)} | {"tipstaff", "to", "extra"}


def test_an_empty_message_is_refused():
    assert "text or a file" in refusal(forged(a_message(), text="", files=[]))


def test_a_file_may_come_without_words():
    message = a_message(text="", files=(NOTES,))
    assert open_envelope(pack_envelope(message, TO_HARBOUR), [HARBOUR]) == message


@pytest.mark.parametrize(
    "item, other", [(a_tip(), "message.json"), (a_message(), "tip.json")], ids=["tip", "message"]
)
def test_a_wrong_name_does_not_change_what_an_item_is(item, other):
    refusal(forged(item, name=other))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"{",
        b'{"text": NaN}',
        b'{"notice": 1e5}',
        b'{"notice": ' + b"9" * 10_000 + b"}",
        b"[" * 15_000,
        b"\xff\xfe",
        '{"text": "utf-16"}'.encode("utf-16"),
    ],
)
def test_what_is_no_agreed_json_is_refused(content):
    refusal(sealed("tip.json", content))


def test_a_field_that_stands_there_twice_is_refused():
    once = json.dumps(written(a_tip()))
    assert open_envelope(sealed("tip.json", once.encode()), [HARBOUR]) == a_tip()
    assert "twice" in refusal(sealed("tip.json", (once[:-1] + ', "reward": true}').encode()))


@pytest.mark.parametrize(
    "size", [..., 16384 - 512, 16384 + 512, 3 * 8192], ids=["none", "less", "more", "half"]
)
def test_a_tip_that_is_not_padded_as_agreed_is_refused(size):
    packed = tar.pack("tip.json", json.dumps(written(a_tip())).encode())
    assert open_envelope(seal(pad_to(packed, 16384), TO_HARBOUR), [HARBOUR]) == a_tip()
    plain = packed if size is ... else pad_to(packed, size)
    assert "not padded" in refusal(seal(plain, TO_HARBOUR))


def test_a_tip_in_too_large_a_bucket_is_refused():
    packed = tar.pack("tip.json", json.dumps(written(a_tip())).encode())
    with pytest.raises(BadEnvelope):
        open_envelope(seal(pad_to(packed, 2 * LARGEST - 8192), TO_HARBOUR), [HARBOUR])
    with pytest.raises(BadEnvelope):
        open_envelope(seal(pad_to(packed, 2 * LARGEST), TO_HARBOUR), [HARBOUR])


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"a tip in plain words",
        bytes(16384),
        tar.pack("tip.json", b"{}"),
        pad_to(tar.pack("tip.json", b"{}"), 16384 + 512),
        pad_to(tar.pack("letter.txt", b"{}"), 16384),
        pad_to(tar.pack("tip.json", b"{}"), 2 * LARGEST - 100_000),
    ],
    ids=["nothing", "words", "zeros", "unpadded", "ill padded", "another name", "too large"],
)
def test_what_is_no_padded_tar_is_refused(plain):
    refusal(seal(plain, TO_HARBOUR))


def test_an_enormous_envelope_is_refused_before_it_is_opened():
    with pytest.raises(BadEnvelope, match="larger than any"):
        open_envelope(bytes(3 * LARGEST), [HARBOUR])


def test_unsealed_and_damaged_envelopes_are_told_apart():
    envelope = pack_envelope(a_tip(), TO_HARBOUR)
    with pytest.raises(NotSealed):
        open_envelope(b"a tip in plain words", [HARBOUR])
    with pytest.raises(Altered):
        open_envelope(envelope[:-1] + bytes([envelope[-1] ^ 1]), [HARBOUR])


@pytest.mark.parametrize(
    "changes",
    [
        {"text": ""},
        {"text": "x" * (LIMITS.TEXT_CHARACTERS + 1)},
        {"how": "x" * (LIMITS.FIELD_CHARACTERS + 1)},
        {"mailbox": b"short"},
        {"offer": None},
        {"files": (PHOTO, PHOTO)},
        {"reply": "age1pq1abc"},
        {"sealed_by": "nobody"},
    ],
)
def test_what_would_not_be_opened_is_not_sealed(changes):
    with pytest.raises(BadEnvelope):
        pack_envelope(a_tip(**changes), TO_HARBOUR)


@pytest.mark.parametrize(
    "changes",
    [
        {"mailbox": bytes(32)},
        {"notice": 8},
        {"notice_sha256": "00" * 32},
        {"text": "Mañana no sale nadie."},
        {"files": ()},
        {"day": date(2024, 6, 12)},
        {"nonce": os.urandom(16)},
        {"signature": bytes(64)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_changed_message_is_not_from_the_source(changes):
    message = a_message()
    message.verify(CLAIM_PUBLIC)
    with pytest.raises(NotFromTheSource):
        replace(message, **changes).verify(CLAIM_PUBLIC)


@pytest.mark.parametrize("key", [bytes(32), b"short", os.urandom(32)])
def test_a_message_does_not_fit_another_key(key):
    with pytest.raises(NotFromTheSource):
        a_message().verify(key)


def test_the_same_words_twice_are_two_messages():
    assert a_message() != a_message()
