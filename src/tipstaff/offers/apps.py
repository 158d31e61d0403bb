"""The room of offers, as a Django app."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    """Offers live in the desk's own database."""

    name = "tipstaff.offers"
    label = "offers"
