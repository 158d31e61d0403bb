"""The room of cases, as a Django app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases live in the desk's own database."""

    name = "tipstaff.cases"
    label = "cases"
