"""The addresses of the committee's pages, below the room's own."""

from django.urls import path

from tipstaff.awards.views.committee import items, meetings, members

ITEM = "committee/<slug:ref>/<int:place>"
urlpatterns = [
    path("committee/", meetings.meetings, name="committee"),
    path("committee/convene/<slug:compartment>/", meetings.convene, name="committee_convene"),
    path("committee/<slug:ref>/", meetings.meeting, name="committee_meeting"),
    path("committee/<slug:ref>/minutes/", meetings.minutes, name="committee_minutes"),
    path("committee/<slug:ref>/docket/", meetings.put_on_docket, name="committee_docket"),
    path("committee/<slug:ref>/open/", meetings.open_meeting, name="committee_open"),
    path("committee/<slug:ref>/close/", meetings.close_meeting, name="committee_close"),
    path(f"{ITEM}/", items.item, name="committee_item"),
    path(f"{ITEM}/packet/", items.packet, name="committee_packet"),
    path(f"{ITEM}/declare/", members.declare, name="committee_declare"),
    path(f"{ITEM}/open-scoring/", items.open_scoring, name="committee_open_scoring"),
    path(f"{ITEM}/scores/", members.scores, name="committee_scores"),
    path(f"{ITEM}/motion/", items.motion, name="committee_motion"),
    path(f"{ITEM}/vote/", members.vote, name="committee_vote"),
    path(f"{ITEM}/close-vote/", items.close_vote, name="committee_close_vote"),
    path(f"{ITEM}/defer/", items.defer, name="committee_defer"),
    path(f"{ITEM}/relist/", items.relist, name="committee_relist"),
]
