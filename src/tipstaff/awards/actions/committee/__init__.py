"""The verbs of the committee: a clerk calls and records, members declare, score and vote."""

from tipstaff.awards.actions.committee.docket import defer, docket, open_scoring, relist
from tipstaff.awards.actions.committee.meetings import close_meeting, convene_meeting, open_meeting
from tipstaff.awards.actions.committee.members import cast_vote, declare, save_scores, submit_scores
from tipstaff.awards.actions.committee.voting import close_vote, put_motion

__all__ = [
    "cast_vote",
    "close_meeting",
    "close_vote",
    "convene_meeting",
    "declare",
    "defer",
    "docket",
    "open_meeting",
    "open_scoring",
    "put_motion",
    "relist",
    "save_scores",
    "submit_scores",
]
