"""At the window: the voucher is shown whole, and the receipt signs the number that the paymaster reads out."""

import re
from dataclasses import replace

import pytest

from tests.offices import hidden
from tests.rooms.door.rewarded import ALL_NO, CASE, DECIDED, LATER, POSSIBLE, VOUCHER, Source, checked
from tipstaff.door.views.mailbox import MAILBOX_PAGE_BYTES
from tipstaff.sealed.claims import window_challenge


def test_the_voucher_is_shown_with_all_that_is_needed(source: Source) -> None:
    source.told(VOUCHER)

    page = source.opens().content.decode()

    assert VOUCHER.code in page
    assert "Victor Charlie Hotel – " in page
    assert "$250,000" in page
    assert "Old pier, window 3" in page
    assert "Without your receipt the window cannot pay" in page
    assert "If you cannot come in these days" in page


@pytest.mark.parametrize("typed", ["042917", " 042 917", "042-917", "٠٤٢٩١٧"])
def test_at_the_window_the_receipt_signs_voucher_and_number(source: Source, typed: str) -> None:
    source.told(POSSIBLE, VOUCHER)

    assert "Tell the paymaster" in source.presses("collect", number=typed)

    [message] = source.said()
    message.verify(source.claim_public())
    assert message.claim is not None
    assert (message.claim.answer, message.claim.claim) == ("collect", CASE)
    assert message.claim.challenge == window_challenge(VOUCHER.code, "042917")


@pytest.mark.parametrize("typed", ["", "4291", "0429177", "O42917", "½42917", "0429²7"])
def test_a_wrong_number_is_asked_for_again(source: Source, typed: str) -> None:
    source.told(VOUCHER)

    page = source.presses("collect", number=typed)

    assert "The number has six digits" in page
    assert f'name="number" value="{typed}"' in page
    assert source.said() == []


def test_another_number_can_be_sent_after_a_mistake(source: Source) -> None:
    source.told(VOUCHER)
    for number in ("111111", "222222"):
        assert "Tell the paymaster" in source.presses("collect", number=number)

    assert "You have sent this number before" in source.presses("collect", number="222222")
    assert len(source.said()) == 2


def test_enter_in_the_number_sends_nothing(source: Source) -> None:
    """A browser presses a form's first button: it only shows the page again."""
    source.told(POSSIBLE, VOUCHER)
    page = source.opens()
    first = re.search(r'<button[^>]*name="(\w+)" value="(\w+)"', page.content.decode())
    assert first is not None
    fields = {"token": hidden(page, "token"), "lent": hidden(page, "lent"), first[1]: first[2]}

    again = source.visitor.post("/en/mailbox/", fields | {"number": "042917"} | ALL_NO)

    assert checked(again.content.decode()) == ALL_NO
    assert source.said() == []


def test_every_mailbox_page_has_one_length_with_and_without_a_reward(source: Source) -> None:
    lengths = {len(source.opens().content)}
    for items, messages in (((POSSIBLE,), 0), ((VOUCHER,), 0), ((DECIDED,), 6), ((POSSIBLE, VOUCHER), 5)):
        source.told(*items, text="x" * 1_000, messages=messages)
        lengths.add(len(source.opens().content))
    full = (replace(POSSIBLE, review_by=LATER), replace(VOUCHER, place="x" * 250))
    source.told(*full, text="x" * 1_000, messages=5)
    lengths |= {len(source.opens().content), len(source.presses("accept").encode())}
    lengths.add(len(source.presses("collect", number="1").encode()))
    lengths.add(len(source.presses("accept", **ALL_NO).encode()))

    assert lengths == {MAILBOX_PAGE_BYTES}
