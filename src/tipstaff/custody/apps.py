"""Custody as a Django app: it builds the process's one Holder from the settings."""

from datetime import timedelta
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from tipstaff.custody.holder import Holder


class CustodyConfig(AppConfig):
    """Holds the Holder; `custody.holder.current()` reads it from here."""

    name = "tipstaff.custody"
    label = "custody"
    holder: Holder
    folder: Path

    def ready(self) -> None:
        """Build the Holder, locked."""
        self.folder = Path(settings.DESK_FOLDER)
        idle = timedelta(seconds=settings.KEYS_IDLE_SECONDS)
        self.holder = Holder(self.folder / "desk.key", idle=idle)
