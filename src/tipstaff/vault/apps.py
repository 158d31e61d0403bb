"""The room of vault, as a Django app: it builds the process's one Holder from the settings."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from tipstaff.vault.holder import Holder


class VaultConfig(AppConfig):
    """The vault lies in the desk's own database, sealed; `vault.holder.current()` reads the Holder from here."""

    name = "tipstaff.vault"
    label = "vault"
    holder: Holder

    def ready(self) -> None:
        """Build the Holder, with nothing in it."""
        self.holder = Holder(Path(settings.DESK_FOLDER))
