"""What the worker looks for: the last answer heard, and rows whose days ran out."""

from datetime import date, timedelta

from django.db.models import Max

from tipstaff.awards.models import Award, Heard, Payout, SourceClaim
from tipstaff.awards.states import AwardState, ClaimState, PayoutState


def last_heard() -> int:
    """The number of the newest answer that was heard; 0 before the first."""
    return Heard.objects.aggregate(last=Max("number"))["last"] or 0


def claims_past(today: date) -> list[str]:
    """Questions whose last day was before yesterday: an answer of that day has been opened by now."""
    past = SourceClaim.objects.filter(state=ClaimState.ASKED, answer_by__lt=today - timedelta(days=1))
    return list(past.order_by("id").values_list("ref", flat=True))


def vouchers_past(today: date) -> list[str]:
    """Vouchers that nobody presented by their last day."""
    past = Payout.objects.unscoped("the worker ends them").filter(
        state=PayoutState.ISSUED, closes_on__lt=today
    )
    return list(past.order_by("id").values_list("ref", flat=True))


def in_notice() -> list[str]:
    """Awards whose committees were told of cryptocurrency."""
    waiting = Award.objects.unscoped("the worker asks each").filter(state=AwardState.IN_NOTICE)
    return list(waiting.order_by("id").values_list("ref", flat=True))
