"""The addresses of the papers pages, below the room's own."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
