"""The verbs of this room, one transaction each: fetch and lock, move, ask policy, save, record, announce."""

from tipstaff.offers.actions.drafting import begin_amendment, drop_amendment, propose_offer, save_draft
from tipstaff.offers.actions.life import (
    expire_offer,
    renew_notice,
    resume_offer,
    satisfy_offer,
    suspend_offer,
    withdraw_offer,
)
from tipstaff.offers.actions.programme import Loaded, load_programme
from tipstaff.offers.actions.second import approve_offer, publish_offer, return_offer

__all__ = [
    "Loaded",
    "approve_offer",
    "begin_amendment",
    "drop_amendment",
    "expire_offer",
    "load_programme",
    "propose_offer",
    "publish_offer",
    "renew_notice",
    "resume_offer",
    "return_offer",
    "satisfy_offer",
    "save_draft",
    "suspend_offer",
    "withdraw_offer",
]
