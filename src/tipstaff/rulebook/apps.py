"""The room of rulebook, as a Django app."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """Rule sheets lie in the desk's own database."""

    name = "tipstaff.rulebook"
    label = "rulebook"
