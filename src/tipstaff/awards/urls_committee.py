"""The addresses of the committee pages, below the room's own."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
