"""The outbox as a Django app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Named so that tables are `outbox_…`."""

    name = "tipstaff.outbox"
    label = "outbox"
