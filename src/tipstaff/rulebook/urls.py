"""The addresses of the rulebook pages at the desk."""

from django.urls import URLPattern

app_name = "rulebook"
urlpatterns: list[URLPattern] = []
