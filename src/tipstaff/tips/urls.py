"""The room's addresses. A tip is named by its reference, which its source knows as well."""

from django.urls import path

from tipstaff.tips import views

app_name = "tips"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("envelopes/", views.envelopes, name="envelopes"),
    path("envelopes/<str:ref>/open/", views.open_again, name="open_again"),
    path("<str:ref>/", views.tip, name="tip"),
    path("<str:ref>/claim/", views.claim, name="claim"),
    path("<str:ref>/release/", views.release, name="release"),
    path("<str:ref>/hand-over/", views.hand_over, name="hand_over"),
    path("<str:ref>/reassign/", views.reassign, name="reassign"),
    path("<str:ref>/state/", views.set_state, name="set_state"),
    path("<str:ref>/urgency/", views.set_urgency, name="set_urgency"),
    path("<str:ref>/disposition/", views.dispose, name="dispose"),
    path("<str:ref>/note/", views.add_note, name="note"),
    path("<str:ref>/write/", views.write, name="write"),
    path("<str:ref>/messages/<int:number>/erase/", views.erase, name="erase"),
    path("<str:ref>/files/<int:number>/save/", views.save_file, name="save_file"),
    path("<str:ref>/files/<int:number>/view/", views.view_file, name="view_file"),
]
