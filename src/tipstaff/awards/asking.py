"""What stands in a source's mailbox about an award, from the question to the end. Inside a verb's own transaction."""

from datetime import date, datetime, timedelta

from tipstaff.awards.models import Award, SourceClaim
from tipstaff.awards.queries.shares import review_until
from tipstaff.awards.states import ClaimState
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor
from tipstaff.sealed.claims import RewardNotice
from tipstaff.tips import actions as tips


def put_question(claim: SourceClaim, review_by: date | None, text: str, actor: Actor, now: datetime) -> None:
    """Put the question into the mailbox; with `review_by` it is over for yes and no."""
    answer_by = min(claim.answer_by, day(now) - timedelta(days=1)) if review_by else claim.answer_by
    notice = RewardNotice(claim.ref, bytes(claim.challenge), tuple(claim.questions), answer_by, review_by)
    tips.tell_reward(tip=claim.share.tip, notice=notice, text=text, actor=actor, now=now)


def end_questions(award: Award, *, refused: bool, actor: Actor, now: datetime) -> None:
    """Let no mailbox go on speaking of a reward that is not to be: the questions are taken back.

    After a refusal, whoever accepted is told instead until when a review can be asked for, where the rule sheet gives
    days for one.
    """
    until = review_until(award) if refused else None
    for claim in SourceClaim.objects.filter(share__award=award).select_related("share").order_by("id"):
        tips.take_back(tip=claim.share.tip, claim=claim.ref, kind="reward", actor=actor, now=now)
        if claim.state == ClaimState.ACCEPTED and until is not None and until >= day(now):
            put_question(claim, until, "", actor, now)
