"""The addresses of the vault pages at the desk."""

from django.urls import URLPattern

app_name = "vault"
urlpatterns: list[URLPattern] = []
