"""The addresses of the payments pages, below the room's own."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
