"""The decider's page: the award in short, what the committee advised and why, and how far the money reaches."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from tipstaff.awards import facts
from tipstaff.awards.access import award_for
from tipstaff.awards.models import Award, Motion
from tipstaff.awards.queries.award import AwardPage, award_page
from tipstaff.awards.states import Choice
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor
from tipstaff.rulebook.policy import limits

DECIDE = "awards.award.decide"


@dataclass(frozen=True, slots=True)
class Advice:
    """The committee's last motion, how the votes fell, and each reason with its choice; no names."""

    recommend: bool
    text: str
    in_favour: int
    against: int
    abstained: int
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """`limits` are every cap that holds for this award, by name; `available` what the programme's year has left."""

    award: AwardPage
    advice: Advice | None
    limits: tuple[tuple[str, Money], ...]
    available: Money | None


def decision_page(actor: Actor, ref: str, today: date) -> DecisionPage:
    """What somebody needs who decides on the award `ref`. Raises NotVisible or NotAllowed."""
    award = award_for(actor, ref, to=DECIDE)
    known = facts.facts_of(award, today=today)
    return DecisionPage(
        award=award_page(actor, ref, today, to=DECIDE),
        advice=_advice(award),
        limits=tuple(limits(known, facts.sheet_of(award)).items()),
        available=known.payment.available,
    )


def _advice(award: Award) -> Advice | None:
    motion = Motion.objects.filter(item__award=award).order_by("-id").first()
    if motion is None or award.state in ("in-committee", "deferred"):
        return None
    votes = list(motion.votes.order_by("choice", "id").values_list("choice", "reason"))
    counted = Counter(choice for choice, _ in votes)
    return Advice(
        recommend=motion.recommend,
        text=motion.text,
        in_favour=counted[Choice.FOR],
        against=counted[Choice.AGAINST],
        abstained=counted[Choice.ABSTAIN],
        reasons=tuple(votes),
    )
