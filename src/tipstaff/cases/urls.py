"""The addresses of the cases pages at the desk."""

from django.urls import URLPattern

app_name = "cases"
urlpatterns: list[URLPattern] = []
