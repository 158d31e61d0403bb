"""A reward as the source meets it: the notice that one is possible, the source's answer, and the voucher.

The notice carries 32 random bytes. Whoever signs them with the claim key, which only the receipt gives, has
written the tip: a reward needs no name. At the window the bytes to be signed are made of the voucher's code
and of a number that the paymaster reads out, so that an answer made elsewhere or earlier is worth nothing there.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from tipstaff.kernel import reference
from tipstaff.kernel.money import Money
from tipstaff.sealed.fields import BadField, Fields

# Everything that a source can be asked: a rule sheet asks some of it, by these names, and the door has the words.
QUESTIONS = ("individual", "official", "on-duty", "took-part", "convicted", "paid-elsewhere", "protection")
ANSWERS = ("yes", "no", "unknown")
KINDS = ("accept", "decline", "review", "collect")
REASON_CHARACTERS = 2_000
PLACE_CHARACTERS = 250
# 17 letters of 31 values are 84 bits: a code that nobody can guess at a window, or at all of them.
CODE_LETTERS = 17
WINDOW_DIGITS = 6
_SHORTEST, _LONGEST = 8, 32
_MOST_MINOR = (1 << 53) - 1
_WINDOW = b"tipstaff/v1/window\n"


@dataclass(frozen=True, slots=True, repr=False)
class RewardNotice:
    """The source may be considered for a reward. `claim`: its reference, `CLM-…`; `challenge`: 32 bytes to be
    signed; `questions`: some of QUESTIONS; `answer_by`: the last day for yes or no, past where only a review can be
    asked for; `review_by`: the last day for that, None while nothing was decided."""

    claim: str
    challenge: bytes
    questions: tuple[str, ...]
    answer_by: date
    review_by: date | None


@dataclass(frozen=True, slots=True, repr=False)
class Voucher:
    """What is paid out, once, to whoever brings `code` and signs at the window; `opens_on` and `closes_on`: its
    first and last day; `place`: the window, for people."""

    claim: str
    code: str
    amount: Money
    place: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """What the source says to a notice or at the window. `answer`: one of KINDS; `answers`: to each question
    asked, one of ANSWERS, only where `answer` is "accept"; `reason`: only with "review"; `challenge`: the
    notice's, or for "collect" `window_challenge`."""

    claim: str
    challenge: bytes
    answer: str
    answers: dict[str, str]
    reason: str


def new_code() -> str:
    """A voucher's code: it can be read out, and one wrong letter is noticed."""
    return reference.new("VCH", CODE_LETTERS)


def window_challenge(code: str, number: str) -> bytes:
    """What is signed at the window for the voucher `code`, when the paymaster has read out `number`."""
    return sha256(_WINDOW + code.encode() + b"\n" + number.encode()).digest()


def read_notice(found: Fields) -> RewardNotice:
    """Raises BadField when a field is not as `docs/protocol.md` says."""
    return RewardNotice(
        claim=_claim(found),
        challenge=bytes.fromhex(found.hex("challenge", 32)),
        questions=found.choice("questions", QUESTIONS),
        answer_by=found.day("answer_by"),
        review_by=None if found.none("review_by") else found.day("review_by"),
    )


def read_voucher(found: Fields) -> Voucher:
    """Raises BadField when a field is not as `docs/protocol.md` says."""
    voucher = Voucher(
        claim=_claim(found),
        code=_reference(found, "code", "VCH", CODE_LETTERS + 1),
        amount=found.inner("amount", _money),
        place=found.text("place", PLACE_CHARACTERS, 1),
        opens_on=found.day("opens_on"),
        closes_on=found.day("closes_on"),
    )
    if voucher.closes_on < voucher.opens_on:
        raise BadField("a voucher's last day comes after its first")
    return voucher


def read_claim(found: Fields) -> Claim:
    """Raises BadField when a field is not as `docs/protocol.md` says."""
    claim = Claim(
        claim=_claim(found),
        challenge=bytes.fromhex(found.hex("challenge", 32)),
        answer=found.one_of("answer", *KINDS),
        answers=found.inner("answers", _answers),
        reason=found.text("reason", REASON_CHARACTERS),
    )
    if claim.answers and claim.answer != "accept":
        raise BadField("only who accepts answers the questions")
    if bool(claim.reason.strip()) != (claim.answer == "review"):
        raise BadField("a review has a reason, and nothing else has one")
    return claim


def _answers(found: Fields) -> dict[str, str]:
    return {question: found.one_of(question, *ANSWERS) for question in QUESTIONS if question in found}


def _money(found: Fields) -> Money:
    return Money(found.whole("minor", 1, _MOST_MINOR), found.letters("currency", 3))


def _claim(found: Fields) -> str:
    return _reference(found, "claim", "CLM", _SHORTEST)


def _reference(found: Fields, name: str, prefix: str, shortest: int) -> str:
    """A reference with `prefix` and at least `shortest` letters, exactly as we write it."""
    text = found.text(name, _LONGEST)
    try:
        good = reference.read(text) == text and text.startswith(f"{prefix}-")
    except reference.BadReference:
        good = False
    if not good or len(text.replace("-", "")) < len(prefix) + shortest:
        raise BadField(f"the field {name} has to be a reference {prefix}-… of at least {shortest} letters")
    return text
