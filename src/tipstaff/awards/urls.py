"""The addresses of the awards pages at the desk."""

from django.urls import URLPattern

app_name = "awards"
urlpatterns: list[URLPattern] = []
