"""What an award, its claim by a source, its payout and a committee's item can be, and how they get there.

The diagrams in docs/states are written from these tables. The road is domain practice as the Department of State
describes it (nominated by an agency, endorsed by the chief of mission, reviewed by an interagency committee, decided by
the Secretary alone, with the Attorney General's concurrence where there is federal criminal jurisdiction).
"""

from enum import StrEnum

from tipstaff.kernel.machine import Machine, Move


class AwardState(StrEnum):
    """Where an award stands on the road from a confirmed outcome to a reward that is paid and reported."""

    DRAFTED = "drafted"
    NOMINATED = "nominated"
    WITHDRAWN = "withdrawn"
    ENDORSED = "endorsed"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    IN_COMMITTEE = "in-committee"
    DEFERRED = "deferred"
    RECOMMENDED = "recommended"
    DECLINED = "declined"
    CONCURRENCE_SOUGHT = "concurrence-sought"
    CONCURRED = "concurred"
    OBJECTED = "objected"
    APPROVED = "approved"
    DENIED = "denied"
    CERTIFIED = "certified"
    IN_NOTICE = "in-notice"
    NOTICE_OVER = "notice-over"
    PROTECTED = "protected"
    VOUCHERED = "vouchered"
    LAPSED = "lapsed"
    PAID = "paid"
    RECEIPT_HELD = "receipt-held"
    REPORTED = "reported"
    RECONSIDERED = "reconsidered"
    CLOSED = "closed"


S = AwardState
# Whatever the committee said, the Secretary may decide otherwise: its recommendation is not binding.
ADVISED = frozenset({S.RECOMMENDED, S.DECLINED})
AWARD = Machine(
    states=S,
    initial=S.DRAFTED,
    moves=(
        Move("nominate", frozenset({S.DRAFTED}), S.NOMINATED),
        Move("withdraw", frozenset({S.DRAFTED, S.NOMINATED}), S.WITHDRAWN),
        Move("return", frozenset({S.NOMINATED}), S.DRAFTED),
        Move("endorse", frozenset({S.NOMINATED}), S.ENDORSED),
        Move("find_eligible", frozenset({S.ENDORSED}), S.ELIGIBLE),
        Move("find_ineligible", frozenset({S.ENDORSED}), S.INELIGIBLE),
        Move("docket", frozenset({S.ELIGIBLE, S.RECONSIDERED}), S.IN_COMMITTEE),
        Move("defer", frozenset({S.IN_COMMITTEE}), S.DEFERRED),
        Move("resume", frozenset({S.DEFERRED}), S.IN_COMMITTEE),
        Move("recommend", frozenset({S.IN_COMMITTEE}), S.RECOMMENDED),
        Move("decline", frozenset({S.IN_COMMITTEE}), S.DECLINED),
        Move("seek_concurrence", ADVISED, S.CONCURRENCE_SOUGHT),
        Move("concur", frozenset({S.CONCURRENCE_SOUGHT}), S.CONCURRED),
        Move("object", frozenset({S.CONCURRENCE_SOUGHT}), S.OBJECTED),
        Move("approve", ADVISED | {S.CONCURRED}, S.APPROVED),
        Move("change", ADVISED | {S.CONCURRED}, S.APPROVED),
        Move("deny", ADVISED | {S.CONCURRED, S.OBJECTED}, S.DENIED),
        Move("certify", frozenset({S.APPROVED}), S.CERTIFIED),
        Move("give_notice", frozenset({S.CERTIFIED}), S.IN_NOTICE),
        Move("end_notice", frozenset({S.IN_NOTICE}), S.NOTICE_OVER),
        Move("plan_protection", frozenset({S.CERTIFIED, S.NOTICE_OVER}), S.PROTECTED),
        Move("issue_vouchers", frozenset({S.PROTECTED, S.LAPSED}), S.VOUCHERED),
        Move("lapse", frozenset({S.VOUCHERED}), S.LAPSED),
        Move("pay", frozenset({S.VOUCHERED}), S.PAID),
        Move("hold_receipt", frozenset({S.PAID}), S.RECEIPT_HELD),
        Move("report", frozenset({S.RECEIPT_HELD}), S.REPORTED),
        Move("reconsider", frozenset({S.DENIED, S.INELIGIBLE}), S.RECONSIDERED),
        Move("close", frozenset({S.REPORTED, S.DENIED, S.INELIGIBLE, S.LAPSED}), S.CLOSED),
    ),
)


class ItemState(StrEnum):
    """An award on a committee's docket: declared on, scored blindly, put to the vote.

    A motion that is not carried (a tie is not) leaves the item `lost`: another motion may be put, or it is deferred.
    """

    LISTED = "listed"
    SCORING = "scoring"
    VOTING = "voting"
    LOST = "lost"
    DECIDED = "decided"
    DEFERRED = "deferred"


# What keeps a meeting from being closed.
UNFINISHED = frozenset({ItemState.LISTED, ItemState.SCORING, ItemState.VOTING, ItemState.LOST})
ITEM = Machine(
    states=ItemState,
    initial=ItemState.LISTED,
    moves=(
        Move("open_scoring", frozenset({ItemState.LISTED}), ItemState.SCORING),
        Move("put_to_vote", frozenset({ItemState.SCORING, ItemState.LOST}), ItemState.VOTING),
        Move("close_vote", frozenset({ItemState.VOTING}), ItemState.DECIDED),
        Move("lose_vote", frozenset({ItemState.VOTING}), ItemState.LOST),
        Move("defer", UNFINISHED, ItemState.DEFERRED),
        Move("relist", frozenset({ItemState.DEFERRED}), ItemState.LISTED),
    ),
)


class MeetingState(StrEnum):
    """A meeting of the committee."""

    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"


MEETING = Machine(
    states=MeetingState,
    initial=MeetingState.PLANNED,
    moves=(
        Move("open", frozenset({MeetingState.PLANNED}), MeetingState.OPEN),
        Move("close", frozenset({MeetingState.OPEN}), MeetingState.HELD),
    ),
)


class ClaimState(StrEnum):
    """What a source has said to a possible reward, in the mailbox and with the key of the receipt."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"


CLAIM = Machine(
    states=ClaimState,
    initial=ClaimState.ASKED,
    moves=(
        Move("accept", frozenset({ClaimState.ASKED}), ClaimState.ACCEPTED),
        Move("decline", frozenset({ClaimState.ASKED}), ClaimState.DECLINED),
        Move("expire", frozenset({ClaimState.ASKED}), ClaimState.EXPIRED),
        Move("ask_again", frozenset({ClaimState.DECLINED, ClaimState.EXPIRED}), ClaimState.ASKED),
    ),
)


class Verdict(StrEnum):
    """What became of an answer that came through a mailbox; only the first four moved something."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVIEW = "review"
    COLLECTED = "collected"
    UNKNOWN_CLAIM = "unknown-claim"
    NOT_GENUINE = "not-genuine"
    WRONG_CHALLENGE = "wrong-challenge"
    ANSWERED_TWICE = "answered-twice"
    TOO_LATE = "too-late"


class PayoutState(StrEnum):
    """One source's share on its way into a hand: a voucher, a window, two witnesses."""

    ISSUED = "issued"
    PRESENTED = "presented"
    PAID = "paid"
    PART_PAID = "part-paid"
    LAPSED = "lapsed"
    RETURNED = "returned"


P = PayoutState
PAYOUT = Machine(
    states=P,
    initial=P.ISSUED,
    moves=(
        Move("present", frozenset({P.ISSUED}), P.PRESENTED),
        Move("cancel", frozenset({P.PRESENTED}), P.ISSUED),
        Move("hand_over", frozenset({P.PRESENTED}), P.PAID),
        Move("hand_over_part", frozenset({P.PRESENTED}), P.PART_PAID),
        Move("lapse", frozenset({P.ISSUED}), P.LAPSED),
        Move("reissue", frozenset({P.LAPSED, P.PART_PAID, P.ISSUED}), P.ISSUED),
        Move("return", frozenset({P.LAPSED, P.ISSUED, P.PART_PAID}), P.RETURNED),
    ),
)


class DelegationState(StrEnum):
    """The Secretary's power lent to a delegate, from a day to a day; a second officer confirms it."""

    GIVEN = "given"
    CONFIRMED = "confirmed"
    ENDED = "ended"


DELEGATION = Machine(
    states=DelegationState,
    initial=DelegationState.GIVEN,
    moves=(
        Move("confirm", frozenset({DelegationState.GIVEN}), DelegationState.CONFIRMED),
        Move("end", frozenset({DelegationState.GIVEN, DelegationState.CONFIRMED}), DelegationState.ENDED),
    ),
)


class Form(StrEnum):
    """In what a reward is paid: R9, 22 U.S.C. 2708(e)(6)."""

    MONEY = "money"
    ITEM = "item"
    CRYPTO = "crypto"
    CASH_BY_NUMBER = "cash-by-number"


class Duty(StrEnum):
    """In what capacity an officer acts on an award; no officer acts on one award in two of them."""

    HANDLE = "handle"
    INVESTIGATE = "investigate"
    NOMINATE = "nominate"
    ENDORSE = "endorse"
    CONVENE = "convene"
    DELIBERATE = "deliberate"
    CONCUR = "concur"
    DECIDE = "decide"
    PROTECT = "protect"
    PAY = "pay"
    WITNESS = "witness"


class Answer(StrEnum):
    """What a source answered to a question that the statute asks."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Choice(StrEnum):
    """A committee member's vote."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class ClockKind(StrEnum):
    """What the law or a rule sheet sets a day for."""

    COMMITTEE = "committee"
    PAYMENT_REPORT = "payment-report"
    ANNUAL_REPORT = "annual-report"
    CRYPTO_NOTICE = "crypto-notice"
    AUTHORIZATION_REPORT = "authorization-report"
    COLLECTION = "collection"
    ANSWER = "answer"
