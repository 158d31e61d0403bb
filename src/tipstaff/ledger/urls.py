"""The addresses of the ledger pages at the desk."""

from django.urls import URLPattern

app_name = "ledger"
urlpatterns: list[URLPattern] = []
