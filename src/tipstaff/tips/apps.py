"""The room of tips, for Django: it tells the outbox how a source's mailbox is composed."""

from django.apps import AppConfig


class TipsConfig(AppConfig):
    """Tables `tips_…` in the desk's database."""

    name = "tipstaff.tips"
    label = "tips"

    def ready(self) -> None:
        """Register the composer of reply slots. Who opens, and when, stands in config."""
        from tipstaff.outbox import kinds
        from tipstaff.tips.queries.slots import slots_for

        kinds.register_composer(slots_for)
