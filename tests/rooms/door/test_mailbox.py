"""Coming back: the receipt opens the mailbox for one answer, and something more can be added."""

import pytest

from tests.offices import DAY, TestOffice, Visitor, hidden
from tipstaff.door import tokens
from tipstaff.door.views.mailbox import MAILBOX_PAGE_BYTES
from tipstaff.hatch import actions, queries
from tipstaff.sealed.derive import mailbox_address, reply_identity
from tipstaff.sealed.envelope import SLOTS, Message, Reply, filler_slot, open_envelope, pack_slot
from tipstaff.sealed.receipt import Receipt


def answer_from_the_desk(words: str, *replies: tuple[str, str | None, str]) -> None:
    """Fill the mailbox behind `words` as the desk does: replies (kind, state, text), the rest decoys."""
    receipt = Receipt.read(words)
    address = mailbox_address(receipt)
    slots = [
        pack_slot(Reply(address, number, kind, state, text, DAY), reply_identity(receipt).recipient())
        for number, (kind, state, text) in enumerate(replies, start=1)
    ]
    slots += [filler_slot() for _ in range(SLOTS - len(slots))]
    actions.put_slots(mailbox=address, slots=b"".join(slots), today=DAY)


def test_a_new_tip_is_shown_as_received(visitor: Visitor) -> None:
    receipt = visitor.tip("Three boats.")

    page = visitor.come_back(" ".join(receipt.words)).content.decode()

    assert receipt.reference in page
    assert "Received" in page
    assert "There is no message now" in page


@pytest.mark.parametrize("form", ["words", "numbers", "capitals", "lines"])
def test_a_receipt_is_read_in_many_writings(visitor: Visitor, form: str) -> None:
    receipt = visitor.tip("Three boats.")
    typed = {
        "words": " ".join(receipt.words),
        "numbers": ", ".join(receipt.numbers),
        "capitals": " ".join(receipt.words).upper(),
        "lines": "\n".join(f"{place}. {word}" for place, word in enumerate(receipt.words, start=1)),
    }[form]

    assert receipt.reference in visitor.come_back(typed).content.decode()


def test_words_noted_in_spanish_open_on_an_english_page(office: TestOffice) -> None:
    receipt = Visitor("es").tip("Tres lanchas.")

    assert receipt.reference in Visitor("en").come_back(" ".join(receipt.words)).content.decode()


def test_state_and_messages_of_the_desk_are_shown_with_days(visitor: Visitor) -> None:
    receipt = visitor.tip("Three boats.")
    answer_from_the_desk(
        " ".join(receipt.words),
        ("state", "being-read", ""),
        ("message", None, "Which pier do you mean?"),
        ("state", "more-wanted", ""),
    )

    page = visitor.come_back(" ".join(receipt.words)).content.decode()

    assert "More wanted" in page
    assert "Which pier do you mean?" in page
    assert "20 November 2026" in page


def test_a_reply_moved_to_another_mailbox_is_not_shown(visitor: Visitor) -> None:
    mine, other = (
        Receipt.read(" ".join(visitor.tip("mine").words)),
        Receipt.read(" ".join(visitor.tip("other").words)),
    )
    moved = pack_slot(
        Reply(mailbox_address(other), 1, "message", None, "For the other.", DAY),
        reply_identity(mine).recipient(),
    )
    slots = moved + b"".join(filler_slot() for _ in range(SLOTS - 1))
    actions.put_slots(mailbox=mailbox_address(mine), slots=slots, today=DAY)

    assert "For the other." not in visitor.come_back(" ".join(mine.words("en"))).content.decode()


def test_something_more_is_sealed_signed_and_logged(office: TestOffice, visitor: Visitor) -> None:
    receipt = visitor.tip("Three boats.")
    page = visitor.come_back(" ".join(receipt.words))

    answer = visitor.post(
        "/en/mailbox/",
        {"token": hidden(page, "token"), "lent": hidden(page, "lent"), "text": "The old pier.", "send": "1"},
        [("map.txt", b"a map")],
    )

    assert "We have what you added" in answer.content.decode()
    [first, second] = [open_envelope(row.body, office.keyring.identities) for row in queries.waiting(10)]
    assert isinstance(second, Message)
    assert (second.text, second.mailbox, len(second.files)) == ("The old pier.", first.mailbox, 1)
    second.verify(first.claim)  # type: ignore[union-attr]  # the first is the tip, which has the claim key
    assert queries.private_head().size == 2


def test_the_same_addition_sent_again_is_stored_once(visitor: Visitor) -> None:
    page = visitor.come_back(" ".join(visitor.tip("Three boats.").words))
    fields = {
        "token": hidden(page, "token"),
        "lent": hidden(page, "lent"),
        "text": "The old pier.",
        "send": "1",
    }

    for _ in range(5):
        assert "We have what you added" in visitor.post("/en/mailbox/", fields).content.decode()

    assert queries.count_waiting() == 2


def test_an_empty_addition_is_asked_for_again(visitor: Visitor) -> None:
    page = visitor.come_back(" ".join(visitor.tip("Three boats.").words))

    answer = visitor.post(
        "/en/mailbox/",
        {"token": hidden(page, "token"), "lent": hidden(page, "lent"), "text": " ", "send": "1"},
    )

    assert "One sentence is enough" in answer.content.decode()
    assert queries.count_waiting() == 1


def test_an_open_page_closes_after_some_minutes_and_keeps_the_text(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visitor.come_back(" ".join(visitor.tip("Three boats.").words))
    fields = {
        "token": hidden(page, "token"),
        "lent": hidden(page, "lent"),
        "text": "The old pier.",
        "send": "1",
    }
    monkeypatch.setattr(tokens, "lent", lambda text, secrets: None)

    answer = visitor.post("/en/mailbox/", fields)

    assert "open for a few minutes only" in answer.content.decode()
    assert "The old pier." in answer.content.decode()
    assert queries.count_waiting() == 1


UNREADABLE = [
    ("", "Type the twelve words"),
    ("abandon " * 11, "more or fewer"),
    ("abandon " * 11 + "zzzz", "Word 12 is not one"),
    ("abandon " * 12, "two have changed places"),
    ("abandon " * 60, "too long for a receipt"),
]


@pytest.mark.parametrize("typed, sentence", UNREADABLE)
def test_a_mistyped_receipt_is_said_before_anything_is_looked_up(
    visitor: Visitor, typed: str, sentence: str
) -> None:
    answer = visitor.come_back(typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_every_mailbox_page_has_one_length(visitor: Visitor) -> None:
    quiet, busy = visitor.tip("quiet"), visitor.tip("busy")
    answer_from_the_desk(" ".join(busy.words), ("state", "closed", ""), *[("message", None, "x" * 2000)] * 7)

    pages = [
        visitor.come_back(" ".join(words))
        for words in (quiet.words, busy.words, ["abandon"] * 11 + ["about"])
    ]

    assert {len(page.content) for page in pages} == {MAILBOX_PAGE_BYTES}
    assert MAILBOX_PAGE_BYTES < 50_000


def test_an_erased_mailbox_answers_like_one_that_never_was(visitor: Visitor) -> None:
    receipt = visitor.tip("Three boats.")
    actions.erase_mailbox(mailbox=mailbox_address(Receipt.read(" ".join(receipt.words))))

    gone, never = visitor.come_back(" ".join(receipt.words)), visitor.come_back("abandon " * 11 + "about")

    assert (gone.status_code, gone.content) == (never.status_code, never.content)
