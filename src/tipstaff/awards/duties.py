"""Who has acted on an award so far, and in which capacity."""

from collections import defaultdict
from collections.abc import Mapping

from tipstaff.awards.models import Award, Conflict, Count, HandOver, Motion, ScoreSheet, Step, Vote, Witness
from tipstaff.awards.states import Duty
from tipstaff.cases import queries as cases
from tipstaff.tips import queries as tips


def done_on(award: Award) -> Mapping[Duty, frozenset[str]]:
    """Each capacity, and the officers who acted in it: from the steps, from what members and payers did, and from
    the rooms below: who had the tips, and who attested what they gave."""
    done: dict[Duty, set[str]] = defaultdict(set)
    for duty, officer in Step.objects.filter(award=award).values_list("duty", "actor"):
        done[Duty(duty)].add(officer)
    sheets = ScoreSheet.objects.filter(item__award=award).values_list("officer", flat=True)
    votes = Vote.objects.filter(motion__item__award=award).values_list("officer", flat=True)
    declared = Conflict.objects.filter(item__award=award, conflicted=False).values_list("officer", flat=True)
    done[Duty.DELIBERATE].update(sheets, votes, declared)
    done[Duty.CONVENE].update(Motion.objects.filter(item__award=award).values_list("put_by", flat=True))
    counts = Count.objects.filter(motion__item__award=award)
    done[Duty.CONVENE].update(counts.values_list("closed_by", flat=True))
    paid = HandOver.objects.filter(payout__share__award=award)
    done[Duty.PAY].update(paid.values_list("paymaster", flat=True))
    seen = Witness.objects.filter(hand_over__payout__share__award=award)
    done[Duty.WITNESS].update(seen.values_list("officer", flat=True))
    _add_the_rooms_below(award, done)
    return {duty: frozenset(officers) for duty, officers in done.items()}


def _add_the_rooms_below(award: Award, done: dict[Duty, set[str]]) -> None:
    paid_for = set(award.shares.values_list("tip", flat=True))
    for source in tips.sources_of(paid_for).values():
        done[Duty.HANDLE].update(source.handlers)
    for given in cases.contributions_of(award.outcome):
        if given.tip in paid_for:
            done[Duty.INVESTIGATE].add(given.attested_by)
