"""The room of ledger, as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The books lie in the desk's own database."""

    name = "tipstaff.ledger"
    label = "ledger"
