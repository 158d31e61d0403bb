"""The verbs of the room, one module for each noun. Each verb is one transaction: fetch and lock, ask,
change, record."""

from tipstaff.tips.actions.claiming import claim, hand_over, reassign, release
from tipstaff.tips.actions.files import open_file
from tipstaff.tips.actions.intake import copy_pieces, take_in
from tipstaff.tips.actions.judging import add_note, dispose, set_state, set_urgency
from tipstaff.tips.actions.opening import settle
from tipstaff.tips.actions.talking import erase, mark_read, write

__all__ = [
    "add_note",
    "claim",
    "copy_pieces",
    "dispose",
    "erase",
    "hand_over",
    "mark_read",
    "open_file",
    "reassign",
    "release",
    "set_state",
    "set_urgency",
    "settle",
    "take_in",
    "write",
]
