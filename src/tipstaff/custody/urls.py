"""Custody's addresses."""

from django.urls import path

from tipstaff.custody import views

app_name = "custody"
urlpatterns = [
    path("", views.keys, name="keys"),
    path("unlock/", views.unlock, name="unlock"),
    path("lock/", views.lock, name="lock"),
]
