"""The addresses of the rulebook pages at the desk."""

from django.urls import path

from tipstaff.rulebook import views

app_name = "rulebook"
urlpatterns = [
    path("", views.sheets, name="sheets"),
    path("<slug:ref>/", views.sheet, name="sheet"),
    path("<slug:ref>/approve/", views.approve, name="approve"),
    path("<slug:ref>/return/", views.send_back, name="return"),
]
