"""Addresses of the record."""

from django.urls import path

from tipstaff.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.index, name="index"),
    path("check/", views.check, name="check"),
    path("check/run/", views.verify, name="verify"),
]
