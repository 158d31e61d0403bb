"""The logbook's addresses."""

from django.urls import path

from tipstaff.logbook import views

app_name = "logbook"
urlpatterns = [
    path("", views.log, name="log"),
    path("leaves/", views.leaves, name="leaves"),
]
