"""The room of cases, as a Django app: it shows what became of a tip on the tip's own page."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases live in the desk's own database."""

    name = "tipstaff.cases"
    label = "cases"

    def ready(self) -> None:
        """Hang the chain at the foot of every tip's page."""
        from tipstaff.cases.panel import tip_panel
        from tipstaff.tips import panels

        panels.register(tip_panel)
