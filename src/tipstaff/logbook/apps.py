"""The logbook as a Django app."""

from django.apps import AppConfig


class LogbookConfig(AppConfig):
    """Named so that tables are `logbook_…`."""

    name = "tipstaff.logbook"
    label = "logbook"

    def ready(self) -> None:
        """Tell custody how many envelopes wait for the keys: this room stands above both."""
        from tipstaff.custody import holder  # only here: apps must be loaded before
        from tipstaff.hatch import queries as hatch
        from tipstaff.tips import queries as tips

        holder.tells_waiting(hatch.count_waiting)
        holder.tells_waiting(tips.count_waiting)
