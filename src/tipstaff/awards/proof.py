"""Whether it was the source: asked again of the signed bytes each time, never of a column that says so.

These are the only words about a source that a paymaster's page has: yes, or no.
"""

from tipstaff.awards.models import Heard, Payout, SourceClaim
from tipstaff.awards.states import ClaimState, Form, Verdict
from tipstaff.tips import queries as tips
from tipstaff.tips.queries import ClaimRow


def accepted(payout: Payout) -> bool:
    """Did the source of this payout accept it, with the key that only its receipt gives?"""
    claim = SourceClaim.objects.select_related("share").filter(ref=payout.claim).first()
    if claim is None or claim.state != ClaimState.ACCEPTED or claim.answered_on is None:
        return False
    return tips.claim_is_genuine(
        ClaimRow(
            number=claim.message or 0,
            tip=claim.share.tip,
            claim=claim.ref,
            challenge=bytes(claim.challenge),
            answer="accept",
            answers=claim.answers,
            reason="",
            genuine=True,
            day=claim.answered_on,
            signed_bytes=bytes(claim.signed),
            signature=bytes(claim.signature),
        )
    )


def answered_at_the_window(payout: Payout) -> bool:
    """Has the source signed the number that stands at the window now?"""
    if not payout.challenge:
        return False
    said = Heard.objects.filter(claim=payout.claim, verdict=Verdict.COLLECTED)
    return any(
        bytes(row.challenge) == bytes(payout.challenge) and tips.claim_is_genuine(_collecting(row))
        for row in said.order_by("-number")
    )


def needs_the_window(payout: Payout) -> bool:
    """Whether the key is asked for at the window. Cash by number is paid on the number alone: so its sheet says."""
    return payout.share.award.form != Form.CASH_BY_NUMBER


def _collecting(row: Heard) -> ClaimRow:
    return ClaimRow(
        number=row.number,
        tip=row.tip,
        claim=row.claim,
        challenge=bytes(row.challenge),
        answer=row.answer,
        answers={},
        reason="",
        genuine=True,
        day=row.day,
        signed_bytes=bytes(row.signed),
        signature=bytes(row.signature),
    )
