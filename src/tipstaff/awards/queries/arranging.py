"""What the clerk and the protector see of an award's payment: what each source said, what was found, its voucher."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tipstaff.awards import access
from tipstaff.awards.models import Award, Heard, PayeeCheck, Payout, Share, SourceClaim
from tipstaff.awards.policy import claim as policy
from tipstaff.awards.queries.shares import known_sources
from tipstaff.awards.states import AwardState, ClaimState, PayoutState, Verdict
from tipstaff.kernel.decision import Refusal
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor
from tipstaff.people.queries import names_of

CHECK = "awards.eligibility.check"
ARRANGE = "awards.payment.arrange"
REVIEW = "awards.award.reconsider"
IN_ORDER = frozenset({Verdict.ACCEPTED, Verdict.DECLINED, Verdict.REVIEW, Verdict.COLLECTED})


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check of a payee."""

    kind: str
    clear: bool
    source: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """One source's payout."""

    ref: str
    number: int
    state: str
    amount: Money
    paid: Money
    place: str
    opens_on: date
    closes_on: date
    may_reissue: bool
    may_return: bool


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source by number. `cannot`: why it is not written to; `answers`: question and answer, as given."""

    number: str
    cannot: tuple[Refusal, ...]
    claim: str
    state: str
    asked_on: date | None
    answer_by: date | None
    answered_on: date | None
    answers: tuple[tuple[str, str], ...]
    review_reason: str
    review_on: date | None
    may_ask_again: bool
    checks: tuple[CheckRow, ...]
    vault: str
    voucher: VoucherRow | None


@dataclass(frozen=True, slots=True)
class OddRow:
    """An answer that moved nothing, and why."""

    number: int
    claim: str
    answer: str
    verdict: str
    day: date


@dataclass(frozen=True, slots=True)
class Arranging:
    """Everything about an award's payment, and what this officer may do with it now."""

    ref: str
    state: str
    protection: bool
    sources: tuple[SourceRow, ...]
    odd: tuple[OddRow, ...]
    may_ask: bool
    may_check: bool
    may_issue: bool
    may_offer_review: bool
    may_arrange: bool


def arranging(actor: Actor, ref: str) -> Arranging:
    """The payment of the award `ref`. Raises NotVisible or NotAllowed. Its queries do not grow with the sources."""
    award = access.award_for(actor, ref, to=access.SEE)
    state = AwardState(award.state)
    clerk, protector = actor.may(CHECK, award.compartment), actor.may(ARRANGE, award.compartment)
    sources = _sources(award, clerk=clerk, protector=protector)
    return Arranging(
        ref=award.ref,
        state=award.state,
        protection=award.protection,
        sources=sources,
        odd=_odd(award),
        may_ask=clerk and state in policy.ASKABLE and any(not row.cannot for row in sources),
        may_check=(clerk or protector) and state in policy.CHECKED,
        may_issue=protector and state in (AwardState.PROTECTED, AwardState.LAPSED),
        may_offer_review=actor.may(REVIEW, award.compartment) and state in policy.REFUSED,
        may_arrange=protector,
    )


def _sources(award: Award, *, clerk: bool, protector: bool) -> tuple[SourceRow, ...]:
    shares = list(award.shares.order_by("id"))
    known = known_sources(award)
    claims = {
        claim.share_id: claim for claim in SourceClaim.objects.filter(share__award=award).order_by("id")
    }
    payouts = Payout.objects.unscoped("the award was just allowed").filter(share__award=award)
    vouchers = {payout.share_id: payout for payout in payouts}
    checks = _checks(award)
    askable = clerk and award.state in policy.ASKABLE
    rows = []
    for share in shares:
        claim, payout = claims.get(share.pk), vouchers.get(share.pk)
        rows.append(
            SourceRow(
                number=share.number,
                cannot=policy.may_write_to(known[share.number]).refusals,
                claim=claim.ref if claim else "",
                state=claim.state if claim else "",
                asked_on=claim.asked_on if claim else None,
                answer_by=claim.answer_by if claim else None,
                answered_on=claim.answered_on if claim else None,
                answers=tuple((claim.answers if claim else {}).items()),
                review_reason=claim.review_reason if claim else "",
                review_on=claim.review_on if claim else None,
                may_ask_again=askable
                and claim is not None
                and claim.state in (ClaimState.DECLINED, ClaimState.EXPIRED),
                checks=checks.get(share.pk, ()),
                vault=share.vault,
                voucher=_voucher(payout, award, protector) if payout else None,
            )
        )
    return tuple(rows)


def _checks(award: Award) -> Mapping[int, tuple[CheckRow, ...]]:
    checks = list(PayeeCheck.objects.filter(share__award=award).order_by("id"))
    names = names_of(sorted({check.actor for check in checks}))
    found: dict[int, tuple[CheckRow, ...]] = {}
    for check in checks:
        by = names.get(check.actor, check.actor)
        row = CheckRow(check.kind, check.clear, check.source, check.note, by, check.at)
        found[check.share_id] = (*found.get(check.share_id, ()), row)
    return found


def _voucher(payout: Payout, award: Award, protector: bool) -> VoucherRow:
    state = PayoutState(payout.state)
    left = state in (PayoutState.ISSUED, PayoutState.LAPSED, PayoutState.PART_PAID)
    return VoucherRow(
        ref=payout.ref,
        number=payout.number,
        state=payout.state,
        amount=Money(payout.amount_minor, payout.currency),
        paid=Money(payout.paid_minor, payout.currency),
        place=payout.place,
        opens_on=payout.opens_on,
        closes_on=payout.closes_on,
        may_reissue=protector and left and award.state == AwardState.VOUCHERED,
        may_return=protector and left,
    )


def _odd(award: Award) -> tuple[OddRow, ...]:
    """Answers from the award's mailboxes that moved nothing; also those about claims that nobody made."""
    tips: Iterable[str] = Share.objects.filter(award=award).values_list("tip", flat=True)
    rows = Heard.objects.filter(tip__in=list(tips)).exclude(verdict__in=IN_ORDER).order_by("number")
    return tuple(OddRow(row.number, row.claim, row.answer, row.verdict, row.day) for row in rows)
