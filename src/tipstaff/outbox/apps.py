"""The outbox as a Django app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Named so that tables are `outbox_…`."""

    name = "tipstaff.outbox"
    label = "outbox"

    def ready(self) -> None:
        """Tell custody how many envelopes wait: this is the lowest room that stands above both."""
        from tipstaff.custody import holder  # only here: apps must be loaded before
        from tipstaff.hatch import queries  # as above: it imports tables

        holder.current().count_waiting = queries.count_waiting
