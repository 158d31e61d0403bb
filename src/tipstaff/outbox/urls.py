"""The outbox's addresses."""

from django.urls import path

from tipstaff.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.parcels, name="parcels"),
    path("<int:number>/retry/", views.retry, name="retry"),
]
