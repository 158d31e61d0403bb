"""The addresses of the offers' pages at the desk."""

from django.urls import path

from tipstaff.offers import views

app_name = "offers"
urlpatterns = [
    path("", views.offers, name="offers"),
    path("<slug:ref>/", views.offer, name="offer"),
    path("<slug:ref>/versions/<int:number>/", views.version, name="version"),
    path("<slug:ref>/draft/", views.draft, name="draft"),
    path("<slug:ref>/begin/", views.begin, name="begin"),
    path("<slug:ref>/drop/", views.drop, name="drop"),
    path("<slug:ref>/propose/", views.propose, name="propose"),
    path("<slug:ref>/return/", views.send_back, name="return"),
    path("<slug:ref>/approve/", views.approve, name="approve"),
    path("<slug:ref>/publish/", views.publish, name="publish"),
    path("<slug:ref>/suspend/", views.suspend, name="suspend"),
    path("<slug:ref>/resume/", views.resume, name="resume"),
    path("<slug:ref>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:ref>/satisfy/", views.satisfy, name="satisfy"),
]
