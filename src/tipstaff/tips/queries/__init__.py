"""What pages and jobs read, one module for each page: frozen rows, already filtered for the actor."""

from tipstaff.tips.queries.account import (
    Accounted,
    accounted,
    count_closed,
    count_waiting,
    must_try,
    set_aside,
)
from tipstaff.tips.queries.hatch import HatchState, hatch_state
from tipstaff.tips.queries.page import must_open_file, tip_page
from tipstaff.tips.queries.queue import Filters, queue
from tipstaff.tips.queries.slots import NoSuchMailbox, slots_for
from tipstaff.tips.queries.work import work

__all__ = [
    "Accounted",
    "Filters",
    "HatchState",
    "NoSuchMailbox",
    "accounted",
    "count_closed",
    "count_waiting",
    "hatch_state",
    "must_open_file",
    "must_try",
    "queue",
    "set_aside",
    "slots_for",
    "tip_page",
    "work",
]
