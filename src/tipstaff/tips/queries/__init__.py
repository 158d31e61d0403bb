"""What pages and jobs read, one module for each page: frozen rows, already filtered for the actor."""

from tipstaff.tips.queries.account import (
    Accounted,
    accounted,
    count_closed,
    count_waiting,
    must_try,
    set_aside,
)
from tipstaff.tips.queries.claims import ClaimRow, claim_is_genuine, claims_after
from tipstaff.tips.queries.facts import SeenTip, seen_tips
from tipstaff.tips.queries.hatch import HatchState, hatch_state
from tipstaff.tips.queries.page import must_open_file, tip_page
from tipstaff.tips.queries.queue import Filters, queue
from tipstaff.tips.queries.slots import NoSuchMailbox, slots_for
from tipstaff.tips.queries.sources import SourceFacts, sources_of
from tipstaff.tips.queries.work import work

__all__ = [
    "Accounted",
    "ClaimRow",
    "Filters",
    "HatchState",
    "NoSuchMailbox",
    "SeenTip",
    "SourceFacts",
    "accounted",
    "claim_is_genuine",
    "claims_after",
    "count_closed",
    "count_waiting",
    "hatch_state",
    "must_open_file",
    "must_try",
    "queue",
    "seen_tips",
    "set_aside",
    "slots_for",
    "sources_of",
    "tip_page",
    "work",
]
