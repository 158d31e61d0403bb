"""The room of awards, as a Django app."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """Awards live in the desk's own database."""

    name = "tipstaff.awards"
    label = "awards"
