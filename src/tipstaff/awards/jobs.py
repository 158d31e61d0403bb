"""What happens to awards by itself, called by the worker with its clock: answers come in, days run out.

One transaction each, so that one award in the way keeps no other waiting. Run twice, nothing more happens.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from tipstaff.awards.actions import claiming, finishing, vouchers
from tipstaff.awards.queries import due
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.people.access import Actor, system
from tipstaff.tips.queries import claims_after

BATCH = 100


def take_answers(now: datetime) -> dict[str, int]:
    """Hear every answer that was opened since the last time; how many of each verdict there were."""
    worker, heard = system("worker"), dict[str, int]()
    while rows := claims_after(due.last_heard(), BATCH):
        for row in rows:
            verdict = claiming.hear_answer(answer=row, actor=worker, now=now)
            heard[verdict] = heard.get(verdict, 0) + 1
    return heard


def expire_claims(now: datetime) -> list[str]:
    """End every question that was not answered in time."""
    return _each(
        due.claims_past(day(now)), lambda ref, who: claiming.expire_claim(ref=ref, actor=who, now=now)
    )


def lapse_vouchers(now: datetime) -> list[str]:
    """End every voucher that was not presented in time."""
    return _each(
        due.vouchers_past(day(now)), lambda ref, who: vouchers.lapse_voucher(ref=ref, actor=who, now=now)
    )


def end_notices(now: datetime) -> list[str]:
    """Go on with every award whose notice of cryptocurrency is over."""
    return _each(due.in_notice(), lambda ref, who: finishing.end_notice(ref=ref, actor=who, now=now))


def _each(refs: Iterable[str], act: Callable[[str, Actor], object]) -> list[str]:
    worker, done = system("worker"), []
    for ref in refs:
        try:
            act(ref, worker)
        except (MoveNotInTable, Refused):  # moved since the list was read, or its day is still to come
            continue
        done.append(ref)
    return done
