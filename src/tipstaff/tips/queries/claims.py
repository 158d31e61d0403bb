"""What sources answered about rewards, for the room that asked; and whether an answer is the source's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tipstaff.sealed.envelope import Claim, NotFromTheSource
from tipstaff.sealed.fields import BadField
from tipstaff.sealed.items import read_signed
from tipstaff.tips.answers import claim_of
from tipstaff.tips.models import Message, Tip
from tipstaff.tips.states import MessageKind


@dataclass(frozen=True, slots=True, repr=False)
class ClaimRow:
    """One answer. `number` counts from 1 over all tips, in the order in which they were opened; `claim`, `challenge`,
    `answer`, `answers` and `reason` as in `sealed.claims.Claim`; `genuine`: signed by the tip's source, about
    something that we sent to that source; `signed_bytes` and `signature`: what proves it again."""

    number: int
    tip: str
    claim: str
    challenge: bytes
    answer: str
    answers: Mapping[str, str]
    reason: str
    genuine: bool
    day: date
    signed_bytes: bytes
    signature: bytes


def claims_after(number: int, limit: int) -> tuple[ClaimRow, ...]:
    """The answers with greater numbers, at most `limit`, the oldest first.

    For the room that asked them, which says who may read which: every compartment's are given.
    """
    rows = Message.objects.filter(kind=MessageKind.CLAIM, claim_number__gt=number).order_by("claim_number")
    return tuple(_row(row) for row in rows.select_related("tip")[:limit])


def claim_is_genuine(row: ClaimRow) -> bool:
    """Whether the source of `row.tip`, and nobody else, signed exactly what `row` says. Asks the signature again."""
    tips = Tip.objects.unscoped("a yes or no, without a word of the tip")
    tip = tips.filter(ref=row.tip).only("claim", "mailbox").first()
    if tip is None:
        return False
    try:
        message = read_signed(row.signed_bytes, row.signature)
        message.verify(bytes(tip.claim))
    except (BadField, NotFromTheSource):
        return False
    said = Claim(row.claim, row.challenge, row.answer, dict(row.answers), row.reason)
    return message.mailbox == bytes(tip.mailbox) and message.claim == said


def _row(row: Message) -> ClaimRow:
    part = row.part or {}
    claim = claim_of(part)
    return ClaimRow(
        number=row.claim_number or 0,
        tip=row.tip.ref,
        claim=claim.claim,
        challenge=claim.challenge,
        answer=claim.answer,
        answers=claim.answers,
        reason=claim.reason,
        genuine=not row.doubt,
        day=row.day,
        signed_bytes=part["signed"].encode(),
        signature=bytes.fromhex(part["signature"]),
    )
