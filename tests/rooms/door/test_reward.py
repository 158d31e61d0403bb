"""A reward, seen by a source who has nothing but a receipt: told, asked, accepted, declined, reviewed."""

import re
from dataclasses import replace

import pytest

from tests.offices import hidden
from tests.rooms.door.rewarded import (
    ALL_NO,
    CASE,
    DECIDED,
    GONE,
    POSSIBLE,
    SOON,
    TODAY,
    VOUCHER,
    Source,
    checked,
)
from tipstaff.door import tokens
from tipstaff.door.reward import RewardForm
from tipstaff.sealed.claims import ANSWERS, QUESTIONS
from tipstaff.sealed.derive import mailbox_address
from tipstaff.sealed.envelope import RewardNotice, Voucher


def test_without_a_reward_nothing_is_said_of_one(source: Source) -> None:
    page = source.opens().content.decode()

    assert 'id="reward"' not in page
    assert 'id="voucher"' not in page


def test_the_source_is_told_what_it_means_and_asked_in_plain_words(source: Source) -> None:
    source.told(POSSIBLE, text="Your boats were found.")

    page = source.opens().content.decode()

    assert "You may be considered for a reward" in page
    assert "This is not a promise" in page
    assert "Your boats were found." in page
    assert page.count("<fieldset") == len(QUESTIONS)
    assert page.count('type="radio"') == len(QUESTIONS) * len(ANSWERS)
    assert checked(page) == {}
    assert "work for a government, a police force or an army" in page


def test_accepting_signs_the_challenge_with_the_receipts_key(source: Source) -> None:
    source.told(POSSIBLE)

    page = source.presses("accept", **ALL_NO | {"q-official": "unknown"})

    assert "you accept to be considered" in page
    [message] = source.said()
    message.verify(source.claim_public())
    assert message.claim is not None
    assert (message.claim.claim, message.claim.challenge, message.claim.answer) == (
        CASE,
        POSSIBLE.challenge,
        "accept",
    )
    assert message.claim.answers == dict.fromkeys(QUESTIONS, "no") | {"official": "unknown"}
    assert (message.text, message.files, message.mailbox) == ("", (), mailbox_address(source.receipt))


def test_declining_asks_for_nothing_and_tells_nothing(source: Source) -> None:
    source.told(POSSIBLE)

    page = source.presses("decline", **{"q-official": "yes"})

    assert "you do not want a reward" in page
    [message] = source.said()
    assert message.claim is not None
    assert (message.claim.answer, message.claim.answers) == ("decline", {})


def test_a_decision_can_be_reviewed(source: Source) -> None:
    source.told(DECIDED, text="It was known before.")

    page = source.opens().content.decode()
    assert "Something was decided" in page
    assert 'name="accept"' not in page

    assert "you ask for a review" in source.presses("review", reason="I said the pier, too.")
    [message] = source.said()
    assert message.claim is not None
    assert (message.claim.answer, message.claim.challenge) == ("review", DECIDED.challenge)
    assert message.claim.reason == "I said the pier, too."


def test_each_open_question_is_asked_again_and_the_others_stay_answered(source: Source) -> None:
    source.told(POSSIBLE)
    some = {"q-individual": "yes", "q-protection": "unknown"}

    page = source.presses("accept", **some, text="And the blue one.")

    assert page.count("You may also choose not to say") == 2 * (len(QUESTIONS) - 2)
    assert checked(page) == some
    assert "And the blue one." in page
    assert source.said() == []


@pytest.mark.parametrize(
    "reason, sentence",
    [
        (" \n", "what should be looked at again"),
        ("x" * 2_001, "1 characters too long"),
        ("abandon " * 11 + "about", "words or numbers of a receipt"),
    ],
)
def test_a_review_needs_a_reason_that_fits_and_gives_nothing_away(
    source: Source, reason: str, sentence: str
) -> None:
    source.told(DECIDED)

    page = source.presses("review", reason=reason)

    assert sentence in page
    assert reason.strip() in page
    assert source.said() == []


def test_the_same_form_sent_again_is_one_answer(source: Source) -> None:
    source.told(POSSIBLE)
    page = source.opens()

    for _ in range(3):
        assert "you accept to be considered" in source.presses("accept", page, **ALL_NO)

    assert len(source.said()) == 1


@pytest.mark.parametrize("second", ["accept", "decline"])
def test_a_second_answer_is_refused_with_a_sentence(source: Source, second: str) -> None:
    source.told(POSSIBLE)
    early = source.opens()
    source.presses("accept", **ALL_NO)

    page = source.presses(second, early, **ALL_NO | {"q-official": "yes"})

    assert "You have answered this notice before" in page
    assert len(source.said()) == 1
    later = source.opens().content.decode()
    assert "You have answered this notice. There is nothing more to do now." in later
    assert 'name="accept"' not in later


def test_a_new_notice_is_answered_anew(source: Source) -> None:
    source.told(POSSIBLE)
    source.presses("decline")
    source.told(replace(POSSIBLE, challenge=b"\x33" * 32))

    assert "you accept to be considered" in source.presses("accept", **ALL_NO)
    assert len(source.said()) == 2


def test_the_newest_notice_and_voucher_count(source: Source) -> None:
    source.told(POSSIBLE, replace(POSSIBLE, challenge=b"\x33" * 32))

    assert f'name="about" value="{"33" * 32}"' in source.opens().content.decode()


LATE = [
    ("accept", replace(POSSIBLE, answer_by=GONE), "The last day to answer was"),
    ("decline", replace(POSSIBLE, answer_by=GONE), "The last day to answer was"),
    ("review", replace(DECIDED, review_by=GONE), "The last day to ask for a review was"),
    ("review", POSSIBLE, "The last day to ask for a review was"),
    ("collect", replace(VOUCHER, opens_on=SOON), "The window does not pay before"),
    ("collect", replace(VOUCHER, opens_on=GONE, closes_on=GONE), "The window’s last day was"),
]


@pytest.mark.parametrize("answer, item, sentence", LATE)
def test_outside_its_days_nothing_is_sent_and_everything_typed_stays(
    source: Source, answer: str, item: RewardNotice | Voucher, sentence: str
) -> None:
    source.told(item)

    page = source.presses(answer, number="042917", reason="The pier.", text="And the blue one.", **ALL_NO)

    assert f"{sentence} " in page
    assert "Nothing was sent" in page
    assert "And the blue one." in page
    assert source.said() == []


def test_the_last_day_itself_is_in_time(source: Source) -> None:
    source.told(replace(POSSIBLE, answer_by=TODAY), replace(VOUCHER, closes_on=TODAY))

    assert "you accept to be considered" in source.presses("accept", **ALL_NO)
    assert "Tell the paymaster" in source.presses("collect", number="042917")


def test_what_was_taken_back_in_between_is_not_answered(source: Source) -> None:
    source.told(POSSIBLE, VOUCHER)
    page = source.opens()
    source.told()

    assert "no question about a reward in your mailbox now" in source.presses("accept", page, **ALL_NO)
    assert "no voucher in your mailbox now" in source.presses("collect", page, number="042917")
    assert source.said() == []


def test_what_changed_in_between_is_read_again_first(source: Source) -> None:
    source.told(POSSIBLE)
    page = source.opens()
    source.told(replace(POSSIBLE, challenge=b"\x33" * 32, questions=("official",)))

    again = source.presses("accept", page, **ALL_NO)

    assert "has changed since this page was opened" in again
    assert checked(again) == {"q-official": "no"}
    assert source.said() == []


@pytest.mark.parametrize("token", ["", "forged"])
def test_a_form_that_is_not_ours_is_refused_and_keeps_its_answers(source: Source, token: str) -> None:
    source.told(POSSIBLE)

    page = source.presses("accept", **ALL_NO, token=token)

    assert "What you answered is still here" in page
    assert checked(page) == ALL_NO
    assert source.said() == []


def test_after_some_minutes_the_receipt_is_asked_for_and_the_answers_stay(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.told(POSSIBLE)
    page = source.opens()
    with monkeypatch.context() as later:
        later.setattr(tokens, "lent", lambda text, secrets: None)
        asked = source.presses("accept", page, **ALL_NO, text="And the blue one.")
    assert "open for a few minutes only" in asked
    kept = dict(re.findall(r'type="hidden" name="([\w-]+)" value="(\w+)"', asked))
    assert kept == ALL_NO

    words = " ".join(source.receipt.words("en"))
    back = source.visitor.post("/en/mailbox/", {"receipt": words, "text": "And the blue one.", **kept})

    assert checked(back.content.decode()) == ALL_NO
    assert "And the blue one." in back.content.decode()
    assert source.said() == []


def test_the_language_changes_and_the_answers_stay(source: Source) -> None:
    source.told(DECIDED, VOUCHER)
    page = source.opens()
    fields = {"token": hidden(page, "token"), "lent": hidden(page, "lent"), "language": "es"}

    spanish = source.visitor.post("/en/mailbox/", fields | {"reason": "The pier.", "number": "042"})

    assert "The pier." in spanish.content.decode()
    assert 'name="number" value="042"' in spanish.content.decode()
    assert '<html lang="es"' in spanish.content.decode()


def test_a_message_can_be_sent_beside_an_open_notice(source: Source) -> None:
    source.told(POSSIBLE)
    page = source.opens()
    fields = {
        "token": hidden(page, "token"),
        "lent": hidden(page, "lent"),
        "text": "The blue one.",
        "send": "1",
    }

    answer = source.visitor.post("/en/mailbox/", fields | ALL_NO).content.decode()

    assert "We have what you added" in answer
    assert checked(answer) == ALL_NO
    [message] = source.said()
    assert (message.text, message.claim) == ("The blue one.", None)


@pytest.mark.parametrize("answer", ["maybe", "Accept", "<b>"])
def test_an_answer_that_no_button_gives_sends_nothing(source: Source, answer: str) -> None:
    source.told(POSSIBLE, VOUCHER)

    page = source.presses(answer, number="042917", **ALL_NO)

    assert checked(page) == ALL_NO
    assert source.said() == []


def test_an_unknown_choice_is_no_answer() -> None:
    assert RewardForm.of({"q-official": "perhaps", "q-age": "yes"}).given == {}
