"""What the rules ask about the committee: when the matter came to it, when it answered, who sat and how they voted."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from tipstaff.awards.models import Award, ClockPause, Motion, Step
from tipstaff.awards.states import Choice, ClockKind
from tipstaff.kernel.clock import day
from tipstaff.rulebook.facts import Committee

ANSWERS = ("recommend", "decline")


def last_step(steps: Sequence[Step], *moves: str) -> Step | None:
    """The newest of an award's steps that took one of these moves."""
    return next((step for step in reversed(steps) if step.move in moves), None)


def day_of(steps: Sequence[Step], *moves: str) -> date | None:
    """The day of the newest step that took one of these moves."""
    step = last_step(steps, *moves)
    return day(step.at) if step else None


def committee_of(award: Award, steps: Sequence[Step], members: frozenset[str]) -> Committee:
    """The committee's work on the award. The votes are those on the last motion, whatever it moved."""
    motion = Motion.objects.filter(item__award=award).order_by("-id").first()
    votes = Counter(motion.votes.values_list("choice", flat=True)) if motion else Counter[str]()
    causes = ClockPause.objects.filter(clock__award=award, clock__kind=ClockKind.COMMITTEE)
    return Committee(
        referred_on=day_of(steps, "docket"),
        answered_on=day_of(steps, *ANSWERS),
        good_cause=causes.order_by("-id").values_list("reason", flat=True).first() or "",
        members=tuple(sorted(members)),
        present=votes.total(),
        in_favour=votes[Choice.FOR],
        against=votes[Choice.AGAINST],
    )
