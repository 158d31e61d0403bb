"""What may be put to the vote, and when a vote is carried. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tipstaff.awards.policy.committee import LONGEST_REASON
from tipstaff.awards.states import Choice
from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A motion as the clerk puts it: to recommend `total`, split in `amounts` by source number, or to decline.

    `numbers` are the award's source numbers, `cap` the least of all the limits that hold for it, if there is one.
    """

    recommend: bool
    total: Money | None
    amounts: Mapping[str, Money]
    numbers: frozenset[str]
    currency: str
    cap: Money | None
    text: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on a motion."""

    in_favour: int
    against: int
    abstained: int

    @property
    def present(self) -> int:
        """Members who declared no conflict and voted; abstaining is voting."""
        return self.in_favour + self.against + self.abstained

    @property
    def carried(self) -> bool:
        """More for it than against. A tie is not carried."""
        return self.in_favour > self.against


def tally(choices: Iterable[Choice]) -> Tally:
    """Count the votes."""
    cast = list(choices)
    return Tally(cast.count(Choice.FOR), cast.count(Choice.AGAINST), cast.count(Choice.ABSTAIN))


def dissents(choice: Choice, *, carried: bool) -> bool:
    """Whether a vote went the other way than the committee. Abstaining is no dissent."""
    return choice == (Choice.AGAINST if carried else Choice.FOR)


def may_close(votes: Tally, quorum: int) -> Decision:
    """Whether enough members have voted for the vote to count."""
    if votes.present >= quorum:
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.committee.quorum",
                "{present} members without a conflict have voted; the rule sheet's quorum is {quorum}.",
                {"present": votes.present, "quorum": quorum},
            ),
        )
    )


def may_put(proposal: Proposal) -> Decision:
    """Whether a motion can be voted on: each source once, one currency, an exact sum, and no more than the cap."""
    refusals = []
    if not proposal.text.strip() or len(proposal.text) > LONGEST_REASON:
        refusals.append(
            Refusal(
                "awards.committee.motion-text",
                "Write the motion out, in at most {most} characters: members vote on these words.",
                {"most": LONGEST_REASON},
            )
        )
    if proposal.recommend:
        refusals += _amounts(proposal)
    elif proposal.amounts or proposal.total is not None:
        refusals.append(Refusal("awards.committee.motion-declines", "A motion to decline names no amounts."))
    return Decision(tuple(refusals))


def _amounts(proposal: Proposal) -> list[Refusal]:
    total, parts = proposal.total, list(proposal.amounts.values())
    if proposal.amounts.keys() != proposal.numbers:
        return [
            Refusal(
                "awards.committee.motion-sources",
                "Name an amount for each source of this award and for no other: {numbers}.",
                {"numbers": ", ".join(sorted(proposal.numbers))},
            )
        ]
    if total is None or total.minor <= 0 or any(part.minor < 0 for part in parts):
        return [
            Refusal(
                "awards.committee.motion-amount",
                "A motion to recommend names a total above nothing, and no share below nothing.",
            )
        ]
    others = sorted({amount.currency for amount in (total, *parts)} - {proposal.currency})
    if others:
        return [
            Refusal(
                "awards.committee.motion-currency",
                "An amount is in {other}; this award is in {currency}.",
                {"other": other, "currency": proposal.currency},
            )
            for other in others
        ]
    return [*_sum(total, parts), *_cap(total, proposal.cap)]


def _sum(total: Money, parts: list[Money]) -> list[Refusal]:
    together = Money(sum(part.minor for part in parts), total.currency)
    if together == total:
        return []
    return [
        Refusal(
            "awards.committee.motion-sums",
            "The shares come to {together}, and the motion recommends {total}: they must be the same.",
            {"together": together, "total": total},
        )
    ]


def _cap(total: Money, cap: Money | None) -> list[Refusal]:
    if cap is None or not total > cap:
        return []
    return [
        Refusal(
            "awards.committee.motion-cap",
            "{total} would pass the cap of {cap}.",
            {"total": total, "cap": cap},
        )
    ]
