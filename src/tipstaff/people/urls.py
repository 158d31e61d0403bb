"""Addresses of the pages about officers."""

from django.urls import path

from tipstaff.people import views

app_name = "people"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("officer/<str:ref>/", views.officer, name="officer"),
    path("officer/<str:ref>/give/", views.give, name="give"),
    path("officer/<str:ref>/grants/<int:number>/confirm/", views.confirm, name="confirm"),
    path("officer/<str:ref>/grants/<int:number>/end/", views.end, name="end"),
]
