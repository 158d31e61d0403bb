"""The people and things of these tests. All are invented."""

from datetime import date
from typing import Any

from tipstaff.kernel.money import Money
from tipstaff.sealed.claims import QUESTIONS, window_challenge
from tipstaff.sealed.derive import claim_key, mailbox_address, reply_identity
from tipstaff.sealed.envelope import Claim, Message, Reply, RewardNotice, SealedFile, Tip, Voucher
from tipstaff.sealed.receipt import Receipt

RECEIPT = Receipt(bytes(range(16)))
MAILBOX = mailbox_address(RECEIPT)
REPLY = reply_identity(RECEIPT)
CLAIM = claim_key(RECEIPT)
CLAIM_PUBLIC = CLAIM.public_key().public_bytes_raw()
NOTICE = "5e" * 32
DAY = date(2024, 6, 11)

PHOTO = SealedFile(name="lancha azul.jpg", size=48_213, sha256="a1" * 32, upload="b2" * 16, place=0)
NOTES = SealedFile(name="notas.txt", size=0, sha256="c3" * 32, upload="d4" * 16, place=1)


def a_tip(**changes: Any) -> Tip:
    """A tip with something in every field; `changes` replace fields."""
    fields: dict[str, Any] = {
        "mailbox": MAILBOX,
        "reply": str(REPLY.recipient()),
        "claim": CLAIM_PUBLIC,
        "notice": 7,
        "notice_sha256": NOTICE,
        "offer": "darien-leaders",
        "offer_version": 2,
        "language": "es",
        "text": "Salen de noche desde la bahía: dos lanchas,\n«La Perla» y otra azul.",
        "people": "el de la camioneta gris",
        "places": "la gasolinera junto al puente",
        "dates": "cada viernes",
        "how": "lo vi yo",
        "may_ask": True,
        "reward": False,
        "files": (PHOTO, NOTES),
        "day": DAY,
        "sealed_by": "door",
    }
    return Tip(**fields | changes)


def a_message(**changes: Any) -> Message:
    """A signed message of the same source."""
    fields: dict[str, Any] = {
        "mailbox": MAILBOX,
        "notice": 7,
        "notice_sha256": NOTICE,
        "text": "Mañana salen otra vez.",
        "files": (PHOTO,),
        "day": DAY,
    }
    return Message.signed(CLAIM, **fields | changes)


CASE = "CLM-4KQ7-M2XC-9TR8"
CODE = "VCH-4KQ7-M2XC-9TRC-0A1B-2N"
ASKED = tuple(question for question in QUESTIONS if question not in ("on-duty", "convicted"))
POSSIBLE = RewardNotice(CASE, bytes(range(32)), ASKED, date(2024, 7, 11), None)
DECIDED = RewardNotice(CASE, bytes(range(32, 64)), (), date(2024, 6, 11), date(2024, 8, 11))
AMOUNT = Money(250_000_00, "USD")
VOUCHER = Voucher(CASE, CODE, AMOUNT, "Muelle viejo, ventanilla 3", date(2024, 9, 1), date(2024, 9, 30))
ACCEPTED = Claim(CASE, POSSIBLE.challenge, "accept", dict.fromkeys(ASKED, "no"), "")
DECLINED = Claim(CASE, POSSIBLE.challenge, "decline", {}, "")
REVIEWED = Claim(CASE, DECIDED.challenge, "review", {}, "Dije también el muelle.")
COLLECTED = Claim(CASE, window_challenge(CODE, "042917"), "collect", {}, "")


def a_reply(item: RewardNotice | Voucher, text: str = "") -> Reply:
    """The desk's reply that carries a notice or a voucher."""
    if isinstance(item, Voucher):
        return Reply(MAILBOX, 4, "voucher", None, text, DAY, None, item)
    return Reply(MAILBOX, 3, "reward", None, text, DAY, item)


def an_answer(claim: Claim, **changes: Any) -> Message:
    """The source's signed answer about a reward."""
    return a_message(text="", files=(), claim=claim, **changes)
