"""The addresses of the awards pages at the desk."""

from django.urls import URLPattern

from tipstaff.awards import urls_committee

app_name = "awards"
urlpatterns: list[URLPattern] = [*urls_committee.urlpatterns]
