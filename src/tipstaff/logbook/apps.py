"""The logbook as a Django app."""

from django.apps import AppConfig


class LogbookConfig(AppConfig):
    """Named so that tables are `logbook_…`."""

    name = "tipstaff.logbook"
    label = "logbook"
