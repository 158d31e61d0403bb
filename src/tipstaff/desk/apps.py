"""The desk's shell, for Django: templates, no tables."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the shell's templates."""

    name = "tipstaff.desk"
    label = "desk"
