"""What happens to offers by itself, called by the worker with its clock."""

from datetime import datetime

from tipstaff.kernel.clock import day
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.offers.actions import expire_offer
from tipstaff.offers.queries import running_offers_past
from tipstaff.people.access import system


def expire_due(now: datetime) -> list[str]:
    """Close every running offer whose last day (UTC) is over; returns their references.

    One transaction each, so that one offer in the way keeps no other open. Run twice, it does nothing more.
    """
    worker = system("worker")
    expired = []
    for ref in running_offers_past(day(now)):
        try:
            expire_offer(ref=ref, actor=worker, now=now)
        except MoveNotInTable:  # an officer closed it since the list was read
            continue
        expired.append(ref)
    return expired
