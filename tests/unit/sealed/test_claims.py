"""A reward without a name: what the notice, the answer and the voucher hold, and what is refused of them."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.sealed.cast import (
    ACCEPTED,
    CASE,
    CLAIM_PUBLIC,
    CODE,
    COLLECTED,
    DECIDED,
    DECLINED,
    MAILBOX,
    POSSIBLE,
    REPLY,
    REVIEWED,
    VOUCHER,
    a_message,
    a_reply,
    an_answer,
)
from tests.unit.sealed.test_envelope import HARBOUR, TO_HARBOUR, refusal
from tests.unit.sealed.test_envelope import forged as forged_message
from tests.unit.sealed.test_slots import forged as forged_slot
from tipstaff.kernel import reference
from tipstaff.kernel.money import Money
from tipstaff.sealed.claims import ANSWERS, PLACE_CHARACTERS, QUESTIONS, new_code, window_challenge
from tipstaff.sealed.envelope import (
    NOTICE_TEXT_BYTES,
    SLOT_SIZE,
    BadEnvelope,
    Claim,
    Message,
    NotFromTheSource,
    Reply,
    RewardNotice,
    Voucher,
    checked,
    open_envelope,
    open_slot,
    pack_envelope,
    pack_slot,
)
from tipstaff.sealed.items import plain

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=200)
claims = st.builds(reference.new, st.just("CLM"), st.integers(7, 20))
challenges = st.binary(min_size=32, max_size=32)
some_questions = st.permutations(QUESTIONS).flatmap(
    lambda order: st.integers(0, len(order)).map(lambda count: tuple(order[:count]))
)
notices = st.builds(RewardNotice, claims, challenges, some_questions, st.dates(), st.none() | st.dates())
days = st.tuples(st.dates(), st.dates()).map(sorted)
vouchers = st.builds(
    lambda claim, minor, currency, place, days: Voucher(
        claim, new_code(), Money(minor, currency), place, days[0], days[1]
    ),
    claims,
    st.integers(1, (1 << 53) - 1),
    st.sampled_from(["USD", "XAF", "COP"]),
    texts.filter(bool),
    days,
)
answers = st.one_of(
    st.builds(
        Claim,
        claims,
        challenges,
        st.just("accept"),
        st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from(ANSWERS)),
        st.just(""),
    ),
    st.builds(Claim, claims, challenges, st.sampled_from(["decline", "collect"]), st.just({}), st.just("")),
    st.builds(
        Claim, claims, challenges, st.just("review"), st.just({}), texts.filter(lambda text: text.strip())
    ),
)


@settings(max_examples=50)
@given(notices | vouchers, texts)
def test_notices_and_vouchers_come_out_as_they_went_in(item, text):
    reply = a_reply(item, text)
    slot = pack_slot(reply, REPLY.recipient())
    assert len(slot) == SLOT_SIZE
    assert open_slot(slot, REPLY) == reply


@settings(max_examples=50)
@given(answers)
def test_an_answer_comes_out_signed(claim):
    message = an_answer(claim)
    opened = open_envelope(pack_envelope(message, TO_HARBOUR), [HARBOUR])
    assert opened == message
    opened.verify(CLAIM_PUBLIC)


@pytest.mark.parametrize("character", ["x", "\n", '"', "\x01", "ñ", "語", "😀"])
def test_the_fullest_voucher_fits_whatever_it_is_made_of(character):
    full = replace(
        VOUCHER,
        claim=reference.new("CLM", 20),
        code=reference.new("VCH", 20),
        amount=Money((1 << 53) - 1, "USD"),
        place=character * PLACE_CHARACTERS,
    )
    text = character * (NOTICE_TEXT_BYTES // len(character.encode()))
    reply = replace(a_reply(full, text), number=1 << 31)
    assert open_slot(pack_slot(reply, REPLY.recipient()), REPLY) == reply
    for longer in (replace(reply, text=text + character * 2), replace(a_reply(full), text="x" * 1001)):
        with pytest.raises(BadEnvelope):
            pack_slot(longer, REPLY.recipient())


@pytest.mark.parametrize("claim", [ACCEPTED, DECLINED, REVIEWED, COLLECTED], ids=lambda claim: claim.answer)
@pytest.mark.parametrize(
    "changes",
    [
        {"claim": "CLM-4KQ7-M2XC-9TR9"},
        {"challenge": DECIDED.challenge[::-1]},
        {"answer": "another"},
        {"answers": {"official": "yes"}},
        {"reason": "Otra cosa."},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_no_part_of_an_answer_can_be_changed(claim, changes):
    message = an_answer(claim)
    message.verify(CLAIM_PUBLIC)
    with pytest.raises(NotFromTheSource):
        replace(message, claim=replace(claim, **changes)).verify(CLAIM_PUBLIC)


@pytest.mark.parametrize(
    "changes",
    [{"mailbox": bytes(32)}, {"claim": None}, {"claim": DECLINED}, {"claim": REVIEWED}],
    ids=["mailbox", "taken out", "decline", "review"],
)
def test_an_answer_moved_elsewhere_is_not_the_sources(changes):
    with pytest.raises(NotFromTheSource):
        replace(an_answer(ACCEPTED), **changes).verify(CLAIM_PUBLIC)


def test_a_message_cannot_be_made_into_an_answer():
    with pytest.raises(NotFromTheSource):
        replace(a_message(), text="", files=(), claim=ACCEPTED).verify(CLAIM_PUBLIC)


@given(st.from_regex(r"\d{6}", fullmatch=True), st.from_regex(r"\d{6}", fullmatch=True))
def test_the_window_is_bound_to_voucher_and_number(number, other):
    here = window_challenge(CODE, number)
    assert len(here) == 32
    assert (here == window_challenge(CODE, other)) == (number == other)
    assert here != window_challenge(new_code(), number)


def test_a_code_cannot_be_guessed_and_every_wrong_letter_is_noticed():
    code = new_code()
    letters = code.replace("-", "")
    assert len(letters) == 3 + 17 + 1
    assert reference.read(code.lower().replace("-", " ", 1).replace("vch ", "vch-")) == code
    for place, letter in enumerate(code):
        if place > 3 and letter != "-":
            wrong = code[:place] + ("7" if letter != "7" else "8") + code[place + 1 :]
            with pytest.raises(reference.BadReference):
                reference.read(wrong)


NOTICE_WRONG: dict[str, list[Any]] = {
    "claim": [
        "",
        "CLM-",
        "TIP-4KQ7-M2XC-9TR8",
        "CLM-4KQ7-M2XC-9TR9",
        "clm-4kq7-m2xc-9tr8",
        CODE,
        7,
        None,
        ...,
    ],
    "challenge": ["00" * 31, "0G" * 32, None, ...],
    "questions": [["official", "official"], ["age"], "official", [[]], [None], {}, None, ...],
    "answer_by": ["tomorrow", "2024-7-11", None, ...],
    "review_by": ["", "2024-7-11", 0, ...],
    "extra": [1],
}
VOUCHER_WRONG: dict[str, list[Any]] = {
    "claim": ["", CODE, None, ...],
    "code": ["", CASE, CODE[:-1], CODE[:-1] + "M", CODE.lower(), reference.new("VCH", 16), None, ...],
    "amount": [
        {},
        {"minor": 0, "currency": "USD"},
        {"minor": 1 << 53, "currency": "USD"},
        {"minor": 1.5, "currency": "USD"},
        {"minor": 1, "currency": "usd"},
        {"minor": 1, "currency": "DOLLARS"},
        {"minor": 1, "currency": "USD", "more": 1},
        100,
        None,
        ...,
    ],
    "place": ["", "x" * (PLACE_CHARACTERS + 1), "nul \0", None, ...],
    "opens_on": ["2024-10-01", "soon", None, ...],
    "closes_on": ["2024-08-31", "late", None, ...],
    "extra": [1],
}
CLAIM_WRONG: dict[str, list[Any]] = {
    "claim": ["", CODE, None, ...],
    "challenge": ["00" * 33, None, ...],
    "answer": ["", "maybe", "decline", "collect", "review", None, ...],
    "answers": [{"official": "perhaps"}, {"age": "yes"}, {"official": True}, [], None, ...],
    "reason": ["something", "x" * 2_001, None, ...],
    "extra": [1],
}


def cases(wrong: dict[str, list[Any]]) -> list[tuple[str, Any]]:
    return [(name, value) for name, values in wrong.items() for value in values]


def changed(item: Any, name: str, value: Any) -> dict[str, Any]:
    return {key: each for key, each in (plain(item) | {name: value}).items() if each is not ...}


@pytest.mark.parametrize("name, value", cases(NOTICE_WRONG))
def test_a_notice_with_a_wrong_field_is_refused(name, value):
    with pytest.raises(BadEnvelope):
        open_slot(forged_slot(a_reply(POSSIBLE), reward=changed(POSSIBLE, name, value)), REPLY)


@pytest.mark.parametrize("name, value", cases(VOUCHER_WRONG))
def test_a_voucher_with_a_wrong_field_is_refused(name, value):
    with pytest.raises(BadEnvelope):
        open_slot(forged_slot(a_reply(VOUCHER), voucher=changed(VOUCHER, name, value)), REPLY)


@pytest.mark.parametrize("name, value", cases(CLAIM_WRONG))
def test_an_answer_with_a_wrong_field_is_refused(name, value):
    refusal(forged_message(an_answer(ACCEPTED), claim=changed(ACCEPTED, name, value)))


@pytest.mark.parametrize(
    "kind, wrong", [(RewardNotice, NOTICE_WRONG), (Voucher, VOUCHER_WRONG), (Claim, CLAIM_WRONG)]
)
def test_every_field_was_tried(kind, wrong):
    assert set(wrong) == {entry.name for entry in fields(kind)} | {"extra"}


@pytest.mark.parametrize(
    "claim",
    [
        replace(DECLINED, answers={"official": "no"}),
        replace(COLLECTED, answers={"official": "no"}),
        replace(REVIEWED, answers={"official": "no"}),
        replace(REVIEWED, reason=""),
        replace(REVIEWED, reason=" \n "),
        replace(DECLINED, reason="Tengo miedo."),
    ],
)
def test_an_answer_says_nothing_that_was_not_asked(claim):
    refusal(forged_message(an_answer(claim)))
    with pytest.raises(BadEnvelope):
        pack_envelope(an_answer(claim), TO_HARBOUR)


def test_an_answer_comes_alone():
    for changes in ({"text": "Y otra cosa."}, {"files": (a_message().files[0],)}):
        message = replace(an_answer(ACCEPTED), **changes)
        assert "alone" in refusal(forged_message(message))


@pytest.mark.parametrize("kind", ["state", "message", "reward", "voucher"])
def test_each_reply_carries_its_own_part_and_no_other(kind):
    parts = {"state": "closed", "reward": POSSIBLE, "voucher": VOUCHER}
    for name, part in parts.items():
        bare = Reply(MAILBOX, 1, kind, None, "", date(2024, 6, 12))
        if kind in parts:
            bare = replace(bare, **{kind: parts[kind]})
            assert open_slot(pack_slot(bare, REPLY.recipient()), REPLY) == bare
        wrong = replace(bare, **{name: None if name == kind else part})
        with pytest.raises(BadEnvelope):
            checked(wrong)
        with pytest.raises(BadEnvelope):
            open_slot(forged_slot(wrong), REPLY)


def test_what_was_typed_is_kept_but_for_line_ends():
    reply = a_reply(replace(VOUCHER, place="Muelle\r\nviejo"))
    assert checked(reply).voucher == replace(VOUCHER, place="Muelle\nviejo")
    message = an_answer(replace(REVIEWED, reason="uno\r\ndos"))
    assert message.claim == replace(REVIEWED, reason="uno\ndos")
    message.verify(CLAIM_PUBLIC)


@pytest.mark.parametrize("item", [POSSIBLE, VOUCHER, ACCEPTED, a_reply(VOUCHER), an_answer(REVIEWED)])
def test_nothing_about_a_reward_shows_its_contents(item: Any):
    assert not any(word in repr(item) for word in (CASE, CODE, "25000000", "Muelle", "official", "muelle"))
    assert not isinstance(item, Message) or item.claim is not None
