"""The addresses of the cases pages at the desk. A reference says what stands behind it: CAS, FND, OUT, CON."""

from django.urls import path, re_path

from tipstaff.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("open/", views.open_case, name="open"),
    path("outcomes/", views.outcomes, name="outcomes"),
    path("outcomes/<slug:ref>/", views.outcome, name="outcome"),
    path("outcomes/<slug:ref>/confirm/", views.confirm, name="confirm"),
    path("outcomes/<slug:ref>/correct/", views.correct_outcome, name="correct_outcome"),
    path("findings/<slug:ref>/", views.finding, name="finding"),
    path("findings/<slug:ref>/correct/", views.correct_finding, name="correct_finding"),
    path("contributions/<slug:ref>/", views.contribution, name="contribution"),
    path("contributions/<slug:ref>/correct/", views.correct_contribution, name="correct_contribution"),
    path("<slug:ref>/", views.case, name="case"),
    path("<slug:ref>/close/", views.close, name="close"),
    path("<slug:ref>/reopen/", views.reopen, name="reopen"),
    path("<slug:ref>/share/", views.share, name="share"),
    path("<slug:ref>/note/", views.add_note, name="note"),
    path("<slug:ref>/task/", views.add_task, name="task"),
    path("<slug:ref>/tasks/<int:number>/finish/", views.finish_task, name="finish_task"),
    path("<slug:ref>/finding/", views.state, name="state"),
    path("<slug:ref>/outcome/", views.record, name="record"),
    path("<slug:ref>/contribution/", views.attest, name="attest"),
    re_path(r"^(?P<ref>[\w-]+)/(?P<part>findings|outcomes|contributions)/$", views.part, name="part"),
]
