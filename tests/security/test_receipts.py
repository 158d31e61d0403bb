"""The receipt: never shown twice, never guessed, never tried at length, never let out in a text."""

import itertools
import math
from base64 import urlsafe_b64decode
from typing import Any

import pytest

from tests.offices import DAY, TestOffice, Visitor, hidden, written_down
from tests.security.work import counted
from tipstaff.door import submission, tokens
from tipstaff.door.ratchet import EPOCH_SECONDS, KEPT
from tipstaff.hatch import actions, queries
from tipstaff.hatch.columns import PUBLIC, SEALED
from tipstaff.sealed import derive
from tipstaff.sealed.derive import mailbox_address, reply_identity
from tipstaff.sealed.envelope import SLOTS, Reply, filler_slot, pack_slot
from tipstaff.sealed.receipt import LANGUAGES, LONGEST, Receipt, ReceiptUnreadable, word_list

NEVER_GIVEN = "abandon " * 11 + "about"


def answered(receipt: Receipt, replies: int) -> None:
    """Fill the mailbox as the desk does: so many replies, the rest decoys."""
    address, recipient = mailbox_address(receipt), reply_identity(receipt).recipient()
    slots = [
        pack_slot(Reply(address, n, "message", None, "x" * 2000, DAY), recipient)
        for n in range(1, replies + 1)
    ]
    slots += [filler_slot() for _ in range(SLOTS - replies)]
    actions.put_slots(mailbox=address, slots=b"".join(slots), today=DAY)


def test_security_08_after_ten_minutes_nothing_shows_the_words_again(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has the sender's browser has the form, its token and every hidden field, and still not the words."""
    fields = {"token": visitor.token(), "text": "Three boats.", "send": "1"}
    receipt = written_down(visitor.post("/en/tip/", fields))
    opened = visitor.come_back(" ".join(receipt.words))
    kept = {"token": hidden(opened, "token"), "lent": hidden(opened, "lent"), "text": "", "send": "1"}

    assert not any(f">{word}<" in opened.content.decode() for word in receipt.words), (
        "the mailbox never shows them"
    )
    later = _Later(KEPT * EPOCH_SECONDS)
    for module in (submission, tokens):
        monkeypatch.setattr(module, "time", later, raising=False)
    monkeypatch.setattr("tipstaff.door.views.mailbox.time", later)
    for path, posted in (("/en/tip/", fields), ("/en/mailbox/", kept)):
        page = visitor.post(path, posted).content.decode()
        assert not any(f">{word}<" in page for word in receipt.words), path
        assert receipt.reference not in page, path


class _Later:
    """The clock, so many seconds on."""

    def __init__(self, seconds: float) -> None:
        import time

        self._now = time.time() + seconds

    def time(self) -> float:
        return self._now


def test_security_08_what_is_lent_to_a_page_is_not_the_receipt(visitor: Visitor) -> None:
    receipt = visitor.tip("Three boats.")
    first, second = (hidden(visitor.come_back(" ".join(receipt.words)), "lent") for _ in range(2))

    assert first != second
    for lent in (first, second):
        assert Receipt.read(" ".join(receipt.words)).entropy not in urlsafe_b64decode(lent)


def test_security_10_a_receipt_is_128_random_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = bytes(range(16))
    monkeypatch.setattr("tipstaff.sealed.receipt.os.urandom", lambda size: drawn[:size])

    assert Receipt.new().entropy == drawn, "the system's random source and nothing else"
    assert 12 * math.log2(len(word_list("en"))) - 4 == 128


def test_security_10_every_single_wrong_word_is_noticed_or_caught_by_the_checksum() -> None:
    """An unlisted word always; a listed one 15 times in 16: counted over every word in every place."""
    receipt = Receipt(bytes(range(16)))
    words = list(receipt.words("en"))
    passed = tried = 0
    for place, wrong in itertools.product(range(12), word_list("en")):
        if wrong != words[place]:
            tried += 1
            try:
                passed += Receipt.read(" ".join([*words[:place], wrong, *words[place + 1 :]])) != receipt
            except ReceiptUnreadable:
                continue

    assert tried == 12 * 2047
    assert passed / tried == pytest.approx(1 / 16, rel=0.15)


@pytest.mark.parametrize("language", LANGUAGES)
def test_security_10_every_slip_of_a_letter_makes_an_unlisted_word_or_another_listed_one(
    language: str,
) -> None:
    listed = set(word_list(language))
    assert len(listed) == 2048
    for word in sorted(listed)[:64]:
        for place in range(len(word)):
            slipped = word[:place] + "§" + word[place + 1 :]
            assert slipped not in listed


def test_security_10_the_hatch_keeps_nothing_to_guess_against_but_the_whole_receipt(
    office: TestOffice,
) -> None:
    """Of a receipt the hatch has only hashes over all its 128 bits: no part, no salted or slow hash of a part."""
    Visitor("en").tip("Three boats.")

    about_receipts = {name for name in PUBLIC | SEALED if "mailbox" in name or "token" in name}
    assert about_receipts == {
        "mailbox.address", "mailbox.leaf", "mailbox.day", "mailbox.slots", "envelope.mailbox",
        "spenttoken.digest", "spenttoken.seal", "spenttoken.day",
    }  # fmt: skip


def test_security_10_a_wrong_and_an_erased_receipt_answer_alike_and_cost_the_same(visitor: Visitor) -> None:
    erased, there = (Receipt.read(" ".join(visitor.tip("Three boats.").words)) for _ in range(2))
    answered(there, 3)
    actions.erase_mailbox(mailbox=mailbox_address(erased))

    with counted() as of_erased:
        gone = visitor.come_back(" ".join(erased.words("en")))
    with counted() as of_wrong:
        never = visitor.come_back(NEVER_GIVEN)

    assert of_erased == of_wrong
    assert of_wrong.decapsulations == SLOTS
    assert (gone.status_code, gone.content, gone.items()) == (
        never.status_code,
        never.content,
        never.items(),
    ) or (gone.content == never.content and dict(gone.items()) == dict(never.items()))


@pytest.mark.parametrize(
    "typed",
    ["abandon " * 51, "x" * 401, "1" * 5_000, "é" * 401, "abandon abandon " + " " * 400, "x" * 2_000_000],
)
def test_security_11_an_over_long_receipt_is_refused_before_anything_is_derived(
    visitor: Visitor, typed: str
) -> None:
    assert len(typed) > LONGEST
    with counted() as work:
        answer = visitor.come_back(typed)

    assert answer.status_code == 422
    assert "too long for a receipt" in answer.content.decode()
    assert (work.derivations, work.decapsulations) == (0, 0)
    assert not [statement for statement in work.statements if "mailbox" in statement]
    assert len(answer.content) < 50_000


def test_security_11_the_count_would_notice_a_derivation(visitor: Visitor) -> None:
    with counted() as work:
        visitor.come_back(NEVER_GIVEN)

    assert work.derivations > 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", ["text", "people", "places", "dates"])
def test_security_12_a_receipt_in_any_box_is_found_and_nothing_is_sent(
    visitor: Visitor, field: str, language: str
) -> None:
    receipt = Receipt.read(" ".join(visitor.tip("Three boats.").words))
    numbered = ", ".join(f"{place}. {word}" for place, word in enumerate(receipt.words(language), start=1))
    for spelled in (" ".join(receipt.words(language)).upper(), numbered, " ".join(receipt.numbers())):
        answer = visitor.send(**{"text": "I was here before.", field: f"My words are {spelled}. Read on."})  # type: ignore[arg-type]  # all are texts

        assert answer.status_code == 422
        assert "words or numbers of a receipt" in answer.content.decode()
    assert queries.count_waiting() == 1


def test_security_12_nor_is_it_taken_from_the_mailbox(visitor: Visitor) -> None:
    receipt = visitor.tip("Three boats.")
    opened = visitor.come_back(" ".join(receipt.words))
    fields = {"token": hidden(opened, "token"), "lent": hidden(opened, "lent"), "send": "1"}

    answer = visitor.post("/en/mailbox/", {**fields, "text": f"My receipt: {' '.join(receipt.words)}."})

    assert "words or numbers of a receipt" in answer.content.decode()
    assert queries.count_waiting() == 1


def test_security_31_fetching_answers_tells_nobody_how_many_there_are(visitor: Visitor) -> None:
    """One length, one number of derived keys and of opened pieces, whatever lies in the mailbox."""
    seen: set[Any] = set()
    for replies in (0, 1, SLOTS - 1, SLOTS):
        receipt = Receipt.read(" ".join(visitor.tip("Three boats.").words))
        answered(receipt, replies)
        with counted() as work:
            page = visitor.come_back(" ".join(receipt.words("en")))
        assert page.content.decode().count("x" * 2000) == replies
        seen.add((page.status_code, len(page.content), work.derivations, work.decapsulations))

    assert len(seen) == 1


def test_security_31_nor_does_a_mailbox_that_nobody_has_answered_yet(visitor: Visitor) -> None:
    fresh, full = (Receipt.read(" ".join(visitor.tip("Three boats.").words)) for _ in range(2))
    answered(full, SLOTS)

    pages = []
    for receipt in (fresh, full):
        with counted() as work:
            pages.append((len(visitor.come_back(" ".join(receipt.words("en"))).content), work.decapsulations))

    assert pages[0] == pages[1]


def test_security_31_a_reply_and_a_decoy_are_alike_in_the_hatch() -> None:
    receipt = Receipt.new()
    reply = pack_slot(Reply(derive.mailbox_address(receipt), 1, "message", None, "Come.", DAY),
                      reply_identity(receipt).recipient())  # fmt: skip

    assert len(reply) == len(filler_slot())
    assert reply.split(b"\n")[0] == filler_slot().split(b"\n")[0]
    assert len(reply.split(b"\n", 30)[1]) == len(filler_slot().split(b"\n", 30)[1])
