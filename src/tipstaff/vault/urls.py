"""The addresses of the vault's pages at the desk. No address ever holds more than a reference."""

from django.urls import path

from tipstaff.vault import views

app_name = "vault"
urlpatterns = [
    path("", views.identities, name="identities"),
    path("seal/", views.seal, name="seal"),
    path("requests/<str:ref>/", views.agree, name="agree"),
    path("requests/<str:ref>/open/", views.open_identity, name="open"),
    path("requests/<str:ref>/destroy/", views.destroy_identity, name="destroy"),
    path("<str:ref>/", views.identity, name="identity"),
    path("<str:ref>/ask/", views.ask_to_open, name="ask_to_open"),
    path("<str:ref>/ask-to-destroy/", views.ask_to_destroy, name="ask_to_destroy"),
]
