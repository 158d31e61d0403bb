"""The reward on a mailbox page: what is asked there, what was answered, and what stands in the way of sending it.

Pure: a mailbox's notice and voucher and what was posted go in, the page's parts and an answer to be signed come
out.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from tipstaff.door.forms import Problem
from tipstaff.sealed.claims import ANSWERS, QUESTIONS, REASON_CHARACTERS, WINDOW_DIGITS, window_challenge
from tipstaff.sealed.envelope import Claim, RewardNotice, Voucher
from tipstaff.sealed.receipt import contains_receipt

FIELD = "q-"
_MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class RewardForm:
    """What a source filled in, as typed: `given` by question id, the `reason` for a review, the window's `number`.

    `about` is the challenge of the notice that was on the page when it was filled in.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    number: str = ""
    about: str = ""

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> "RewardForm":
        given = {question: fields.get(FIELD + question, "") for question in QUESTIONS}
        return cls(
            given={question: answer for question, answer in given.items() if answer in ANSWERS},
            reason=fields.get("reason", "")[:_MOST_KEPT],
            number=fields.get("number", "")[:40],
            about=fields.get("about", "")[:64],
        )

    def kept(self) -> tuple[tuple[str, str], ...]:
        """The filled fields by their names, for a page that has to ask for something else first."""
        answered = [(FIELD + question, answer) for question, answer in self.given.items()]
        typed = (("reason", self.reason), ("number", self.number))
        return (*answered, *(each for each in typed if each[1]))

    def digits(self) -> str:
        """The number as the paymaster read it: spaces and dashes forgiven, digits of every script. Empty when it
        is not six digits."""
        plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in self.number if sign.isalnum())
        return plain if len(plain) == WINDOW_DIGITS and plain.isascii() and plain.isdigit() else ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question on the page: its id, its field, and the answer given so far."""

    id: str
    name: str
    given: str


@dataclass(frozen=True, slots=True)
class RewardPart:
    """The notice as the page shows it; `answered` and `reviewed`: the door has taken such an answer lately."""

    notice: RewardNotice
    text: str
    told_on: date
    questions: tuple[Question, ...]
    may_answer: bool
    may_review: bool
    answered: bool
    reviewed: bool

    @property
    def about(self) -> str:
        return self.notice.challenge.hex()


@dataclass(frozen=True, slots=True)
class VoucherPart:
    """The voucher as the page shows it; `window` is "early", "open" or "over" today."""

    voucher: Voucher
    text: str
    told_on: date
    window: str


def window_on(voucher: Voucher, today: date) -> str:
    if today < voucher.opens_on:
        return "early"
    return "over" if today > voucher.closes_on else "open"


def questions_of(notice: RewardNotice, form: RewardForm) -> tuple[Question, ...]:
    """The notice's questions, in the order in which they are always put."""
    asked = [question for question in QUESTIONS if question in notice.questions]
    return tuple(Question(each, FIELD + each, form.given.get(each, "")) for each in asked)


def notice_problems(answer: str, form: RewardForm, notice: RewardNotice | None, today: date) -> list[Problem]:
    """What stands in the way of accepting, declining, or asking for a review."""
    if notice is None:
        return [Problem("reward", "reward-gone")]
    if form.about != notice.challenge.hex():
        return [Problem("reward", "reward-changed")]
    if answer == "review":
        if notice.review_by is None or today > notice.review_by:
            return [Problem("reward", "review-late", (notice.review_by or today).isoformat())]
        return _reason_problems(form.reason)
    if today > notice.answer_by:
        return [Problem("reward", "answer-late", notice.answer_by.isoformat())]
    if answer == "decline":
        return []
    open_questions = [each.name for each in questions_of(notice, form) if not each.given]
    return [Problem(name, "question-open") for name in open_questions]


def window_problems(form: RewardForm, voucher: Voucher | None, today: date) -> list[Problem]:
    """What stands in the way of being paid now."""
    if voucher is None:
        return [Problem("voucher", "voucher-gone")]
    window = window_on(voucher, today)
    if window == "early":
        return [Problem("voucher", "window-early", voucher.opens_on.isoformat())]
    if window == "over":
        return [Problem("voucher", "window-over", voucher.closes_on.isoformat())]
    return [] if form.digits() else [Problem("number", "window-number")]


def answer_of(answer: str, form: RewardForm, notice: RewardNotice) -> Claim:
    """What is signed when there was no problem: only what was asked, and only by who accepts."""
    answers = {each.id: each.given for each in questions_of(notice, form)} if answer == "accept" else {}
    return Claim(
        notice.claim, notice.challenge, answer, answers, form.reason.strip() if answer == "review" else ""
    )


def presence_of(form: RewardForm, voucher: Voucher) -> Claim:
    """What is signed at the window."""
    return Claim(voucher.claim, window_challenge(voucher.code, form.digits()), "collect", {}, "")


def mark(answer: str, challenge: bytes) -> bytes:
    """What the door keeps of an answer for some days, so that it is given once: a digest of the notice's random
    bytes, which opens nothing and which only the desk and the source could make again."""
    kind = b"answer" if answer in ("accept", "decline") else answer.encode()
    return sha256(b"tipstaff/answered/v1\n" + kind + b"\n" + challenge).digest()


def _reason_problems(reason: str) -> list[Problem]:
    if not reason.strip():
        return [Problem("reason", "reason-empty")]
    if len(reason.strip()) > REASON_CHARACTERS:
        return [Problem("reason", "reason-too-long", f"{len(reason.strip()) - REASON_CHARACTERS:,}")]
    return [Problem("reason", "receipt-in-text")] if contains_receipt(reason) else []
