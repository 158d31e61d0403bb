"""What the verbs of a payment look at: the shares of an award, what each source said, and what was found about it."""

from collections.abc import Sequence
from datetime import date, timedelta

from tipstaff.awards import facts
from tipstaff.awards.deliberation import day_of
from tipstaff.awards.models import Award, Payout, Share, SourceClaim
from tipstaff.awards.policy.claim import SourceKnown
from tipstaff.awards.policy.payout import PayeeFacts, WindowFacts
from tipstaff.awards.settling import checks_of
from tipstaff.awards.states import ClaimState, PayoutState
from tipstaff.tips import queries as tips
from tipstaff.vault import queries as vault

LET_GO = frozenset({ClaimState.DECLINED, ClaimState.EXPIRED})
DONE = frozenset({PayoutState.PAID, PayoutState.RETURNED})


def known_sources(award: Award) -> dict[str, SourceKnown]:
    """By number, what stands for or against writing to each source."""
    shares = list(award.shares.order_by("id"))
    sources = tips.sources_of({share.tip for share in shares})
    asked = set(SourceClaim.objects.filter(share__award=award).values_list("share", flat=True))
    known = {}
    for share in shares:
        source = sources.get(share.tip)
        known[share.number] = SourceKnown(
            number=share.number,
            wants_reward=source is not None and source.wants_reward,
            may_ask=source is not None and source.may_ask,
            mailbox_known=source is not None and source.mailbox_known,
            asked=share.pk in asked,
        )
    return known


def last_claim(share: Share) -> SourceClaim | None:
    """The source's claim, in whatever state."""
    return share.claims.order_by("-id").first()


def payable_shares(award: Award) -> Sequence[Share]:
    """The shares with something to be paid. Who declined or did not answer in time is let go, and so is what was
    returned."""
    done = Payout.objects.unscoped("the award is held").filter(share__award=award, state__in=DONE)
    waiting = (
        award.shares.filter(approved_minor__gt=0).exclude(pk__in=done.values_list("share")).order_by("id")
    )
    found = []
    for share in waiting:
        claim = last_claim(share)
        if claim is None or claim.state not in LET_GO:
            found.append(share)
    return found


def payee_facts(share: Share) -> PayeeFacts:
    """What is asked about a source before it gets a voucher."""
    claim = last_claim(share)
    return PayeeFacts(
        number=share.number,
        claim=ClaimState(claim.state) if claim else None,
        checks=checks_of(share),
        in_danger=share.award.protection and claim is not None and claim.answers.get("protection") == "yes",
        sealed=bool(share.vault) and vault.identity_exists(share.vault),
    )


def window_facts(award: Award, *, place: str, opens_on: date, closes_on: date, today: date) -> WindowFacts:
    """Where and when a voucher would be paid, with the last day of the rule sheet."""
    days = facts.sheet_of(award).deadlines.unclaimed
    unclaimed = award.decided_on + timedelta(days=days) if days is not None and award.decided_on else None
    return WindowFacts(
        place=place, opens_on=opens_on, closes_on=closes_on, today=today, unclaimed_on=unclaimed
    )


def review_until(award: Award) -> date | None:
    """The last day on which another look at a refusal may be asked for; None where there is none."""
    refused_on = day_of(list(award.steps.order_by("id")), *facts.REFUSALS)
    days = facts.sheet_of(award).deadlines.reconsideration
    return refused_on + timedelta(days=days) if refused_on is not None and days is not None else None
