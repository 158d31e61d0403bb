"""The room of vault, as a Django app."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The vault lies in the desk's own database, sealed."""

    name = "tipstaff.vault"
    label = "vault"
